"""A gap in plain words: what, who, how sure, how many, and what allocation can move."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.domain.number import print_percent
from equity_alloc.inequity.group_gap import Area, Certainty, GroupGap
from equity_alloc.inequity.limits import false_discovery_rate, least_cases, least_pupils, least_schools
from equity_alloc.inequity.resource_gaps import DOLLARS


def value_words(gap: GroupGap, value: float) -> str:
    """Return a value or a difference in the unit of the gap.

    Dollars without cents, posts with two decimals, shares in percent.
    """
    sign = "-" if value < 0 else ""
    if gap.unit == DOLLARS:
        return f"{sign}${abs(value):,.0f}"
    return f"{value:.2f}" if gap.area is Area.RESOURCES else f"{value * 100:.1f} %"


def gap_words(gap: GroupGap) -> str:
    """Return the whole gap in a few sentences; nothing of the rates where too few pupils are compared."""
    if gap.certainty is Certainty.TOO_FEW:
        return f"Too few pupils to say: {too_few_words()}"
    of = f" {gap.unit}" if gap.area is Area.RESOURCES else " of the group"
    compared = f"{value_words(gap, gap.value)}{of}, {value_words(gap, gap.other)} of everybody else."
    return " ".join([compared, sure_words(gap), *_shrunk(gap), *_touched(gap), movable_words(gap), *_trend(gap)])


def sure_words(gap: GroupGap) -> str:
    """Return how sure the difference is."""
    if gap.certainty is Certainty.COUNTED:
        return f"Between schools of one kind {size_words(gap)}."
    if gap.interval is None:
        return too_few_words()
    low, high = sorted(abs(end) * 100 for end in gap.interval)
    spans_zero = gap.interval[0] < 0 < gap.interval[1]
    ends = f"{gap.interval[0] * 100:+.1f} to {gap.interval[1] * 100:+.1f}" if spans_zero else f"{low:.1f} to {high:.1f}"
    alone = (
        " Looked at alone it would pass for more than chance; among all comparisons it does not."
        if gap.certainty is Certainty.MAY_BE_CHANCE and gap.stands_out_alone
        else ""
    )
    return f"{gap.certainty.value.capitalize()}: {ends} points apart (95 % interval).{alone}"


def alone_words(gap: GroupGap) -> str:
    """Return what its own interval says, as if nothing else were compared; "" where none is told."""
    if gap.stands_out_alone is None:
        return ""
    return (Certainty.STANDS_OUT if gap.stands_out_alone else Certainty.MAY_BE_CHANCE).value


def size_words(gap: GroupGap) -> str:
    """Return how large the difference is beside what the others have.

    Compared like with like: see `GroupGap.size`.
    """
    way = "less" if gap.like_for_like < 0 else "more"
    if gap.worth is not None:
        amount = f"${abs(gap.worth):,.0f}" if abs(gap.worth) >= 0.5 else "less than $1"
        at_cost = "" if gap.unit == DOLLARS else "at average cost "
        return f"{at_cost}{amount} {way} per weighted pupil"
    if gap.size == float("inf"):
        return "The others have none"
    return f"{gap.size * 100:.0f} % {way}"


def movable_words(gap: GroupGap) -> str:
    """Return what part of the difference lies between schools."""
    if gap.area is Area.RESOURCES:
        return "It lies between schools, where an allocation can move it."
    if gap.movable >= 0.995:
        return "All of it lies between schools."
    if gap.movable < 0.005:
        return "None of it lies between schools: pupils of one school fare differently, and money for schools alone will not close it."
    return (
        f"{gap.movable * 100:.0f} % of it lies between schools, the rest inside them, where money for schools alone "
        "will not close it."
    )


def too_few_words() -> str:
    """Return when a difference is told at all."""
    return (
        f"a difference is told from {least_pupils().value} pupils and {least_cases().value} for whom it is bad, in the group, "
        "and as many pupils outside it."
    )


def chance_words(n_compared: int) -> str:
    """Return what "more than chance" means here."""
    return (
        f"{n_compared} comparisons were made together; of those marked as more than chance, at most "
        f"{false_discovery_rate() * 100:.0f} % are expected to be chance after all."
    )


def likely_words(probability: float) -> str:
    """Return a probability in words; never certain, never impossible.

    Examples
    --------
    >>> likely_words(0.734), likely_words(0.0002), likely_words(0.9991)
    ('73 % likely', 'less than 1 % likely', 'more than 99 % likely')
    """
    if probability < 0.01:
        return "less than 1 % likely"
    return "more than 99 % likely" if probability > 0.99 else f"{probability * 100:.0f} % likely"


def cluster_words(gaps: Sequence[GroupGap]) -> str:
    """Return how intervals mind that pupils of one school have much in common; "" where no interval is told."""
    told = [gap for gap in gaps if gap.interval is not None]
    if not told:
        return ""
    few = sum(1 for gap in told if gap.n_schools < int(least_schools().value))
    widest = max((gap.design_effect for gap in told), default=1.0)
    words = (
        "Pupils of one school have much in common, so intervals count whole schools and not only pupils"
        f"{f': the most clustered gap says as much as {print_percent(1 / widest, 0)} of its pupils drawn one by one would' if widest > 1.005 else ''}."
    )
    if few:
        words += (
            f" {few} {'rest' if few > 1 else 'rests'} on fewer than {least_schools().value} schools, from which that cannot be "
            "told: there the interval counts pupils alone and is too narrow."
        )
    return words


def _shrunk(gap: GroupGap) -> list[str]:
    if gap.shrunk is None:
        return []
    way = "more" if gap.shrunk.line > 1 else "less"
    drawn = f"Allowing for chance, about {gap.shrunk.ratio:.2f} times the others' rate"
    return [f"{drawn}; that it is really {way} than {gap.shrunk.line:g} times is {likely_words(gap.shrunk.beyond)}."]


def change_words(gap: GroupGap) -> str:
    """Return how the gap changed since the first year told; "" where it cannot be told.

    In points of the group's rate less that of everybody else.
    """
    trend = gap.trend
    if trend is None or trend.change is None or trend.interval is None:
        return ""
    first, last = trend.told[0].difference or 0.0, trend.told[-1].difference or 0.0
    way = "narrower" if abs(last) < abs(first) else "wider"
    size = f"{abs(abs(last) - abs(first)) * 100:.1f} points {way}" if first * last >= 0 else "the other way round"
    low, high = trend.interval
    sure = "may be chance" if low <= 0 <= high else "more than chance, taken by itself"
    return (
        f"{size} since {trend.since}, {sure} (change {trend.change * 100:+.1f}, "
        f"95 % interval {low * 100:+.1f} to {high * 100:+.1f})"
    )


def years_words(gaps: Sequence[GroupGap]) -> str:
    """Return that gaps over the years cannot be told, where the counts are of one year; else "" or how they are told."""
    counted = [gap for gap in gaps if gap.chance is not None]
    if not counted:
        return ""
    if any(gap.trend is not None for gap in counted):
        return "Over the years a gap is told on the schools counted in every year of it."
    return "Counts are of one year, so no change over the years is told; rows of earlier years on the sheet Outcomes would tell it."


def _trend(gap: GroupGap) -> list[str]:
    if gap.trend is None:
        return []
    changed = change_words(gap)
    if not changed:
        return ["How it changed over the years is not told: too few pupils at the schools counted in every year."]
    years = ", ".join(f"{each.year} {(each.difference or 0.0) * 100:+.1f}" for each in gap.trend.told)
    return [f"Over the years, in points: {years}. That is {changed}."]


def _touched(gap: GroupGap) -> list[str]:
    if gap.touched is None or not gap.is_adverse:
        return []
    count = round(gap.touched)
    if count == 0:
        return []
    way = "more" if gap.more_is_better else "fewer"
    pupil = "pupil" if count == 1 else "pupils"
    return [f"At the others' rate it would hold for {count:,} {pupil} {way} of the group's {gap.pupils:,}."]
