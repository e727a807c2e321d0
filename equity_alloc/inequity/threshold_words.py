"""The cliff test as sentences and table cells."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.domain.district import District
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_percent
from equity_alloc.inequity.drivers import LOW_INCOME
from equity_alloc.inequity.thresholds import NEAR, Near, Threshold
from equity_alloc.rules.ratio import pupils_words

HEADINGS = (
    "Rule",
    "What it is called",
    "Counts",
    "Schools close",
    "Largest jump",
    "Crossed in a year",
    "The nearest",
    "Just short of it",
)
#: What stands in public in the place of the nearest school, where the threshold counts a student group.
HIDDEN_NEAR = "left out: it would tell a count"


def threshold_cells(
    found: Sequence[Threshold], district: District, titles: Sequence[str], *, public: bool = False
) -> tuple[tuple[str, ...], ...]:
    """Return a row of text for each rule with thresholds near some school.

    Parameters
    ----------
    found : sequence of Threshold
    district : District
    titles : sequence of str
        What each rule of the scenario is called here.
    public : bool
        Leave out what would tell counts of a student group at a school.
    """
    return tuple(
        (
            str(each.number) if each.number else "",
            f"Served by {district.fund_of[each.fund].title}" if each.fund else titles[each.number - 1],
            LOW_INCOME.lower() if each.fund else pupils_words(district, each.counted),
            str(each.schools),
            print_dollars(each.at_stake),
            f"{each.flips:.1f}",
            HIDDEN_NEAR if public and each.counted in district.group_of else near_words(each.near[0], district),
            "" if public else over_words(each),
        )
        for each in found
    )


def near_words(near: Near, district: District) -> str:
    """Return how far the nearest school is from crossing, and what that is worth."""
    way = "more" if near.pupils > 0 else "fewer"
    n = abs(near.pupils)
    worth = f"{print_dollars(abs(near.jump))} {'more' if near.jump > 0 else 'less'}"
    return f"{district.school_of[near.school].name}: {n} pupil{'' if n == 1 else 's'} {way}, {worth}"


def over_words(each: Threshold) -> str:
    """Return which group is most over-represented just short of the threshold."""
    if not any(near.pupils > 0 for near in each.near):
        return "no school is just short of it"
    if not each.over:
        return "no group more than elsewhere"
    title, here, all_ = each.over[0]
    return f"{title}: {print_percent(here, 0)} there, {print_percent(all_, 0)} in the district"


def how_tested() -> str:
    """Return what the test does."""
    return (
        f"A school is close where {print_percent(float(NEAR), 0)} of the pupils counted, more or fewer, change what it is owed; for "
        "Title I-A, where children of that share of its pupils change whether it is served. The jump is at average cost. Crossed in a year: how many of these thresholds pupils cross by coming and going as they do here, on "
        "average. A ramp in the place of a step would move the same money without a jump."
    )
