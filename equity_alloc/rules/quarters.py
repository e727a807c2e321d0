"""Schools in quarters of need: by the share of a student group, from the least needy to the neediest."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import UnknownNeed
from equity_alloc.domain.money import Cents
from equity_alloc.domain.number import count_words
from equity_alloc.rules.ratio import pupils_of
from equity_alloc.rules.setting import setting
from equity_alloc.rules.weighted_sum import group_name, refuse_everybody

#: Fewer schools have no quarters.
FEWEST = 4


def weight_setting() -> Any:
    """Return the field of the extra share of the base that a pupil of the group counts for."""
    return setting(
        Decimal(0),
        label="Extra weight of the group",
        unit="share",
        least="0",
        most="3",
        step="0.05",
        hint="25 % counts a pupil of the group as one and a quarter, so that more need is due more. 0 % counts heads.",
    )


def quarters_of(district: District, group: str) -> tuple[tuple[School, ...], ...]:
    """Return the schools with pupils in quarters by the share of a group, the least needy first.

    Schools of one share are never parted, so a quarter may be larger than the others, or empty.

    Raises
    ------
    UnknownCode, UnknownNeed, ProtectedAttribute
        If there is no such group, a count is unknown, the group is for audit only, there are too few schools, or the
        share is the same at the first and the last quarter.
    """
    refuse_everybody(group)
    schools = [school for school in district.schools if school.enrollment]
    share = {school.code: Fraction(pupils_of(district, school, group), school.enrollment) for school in schools}
    if len(schools) < FEWEST:
        raise UnknownNeed(f"{count_words(len(schools), 'school')} with pupils have no quarters. Take the rule out.")
    ordered = sorted(share.values())
    found: list[list[School]] = [[] for _ in range(FEWEST)]
    for school in schools:
        below = sum(1 for other in ordered if other < share[school.code])
        found[below * FEWEST // len(schools)].append(school)
    top = max(place for place, members in enumerate(found) if members)
    if top == 0:
        name = group_name(district, group)
        raise UnknownNeed(f"Shares of {name} differ too little between schools for quarters. Take the rule out.")
    # Where many schools share the highest share, they are the neediest quarter, wherever they begin.
    found[FEWEST - 1], found[top] = found[top], found[FEWEST - 1]
    return tuple(tuple(members) for members in found)


def weighted(district: District, school: School, group: str, weight: Decimal) -> Fraction:
    """Return a school's pupils, those of the group counted with their extra weight."""
    return school.enrollment + Fraction(weight) * pupils_of(district, school, group)


def last_year_of(district: District, schools: tuple[School, ...]) -> Cents:
    """Return the core dollars that some schools had last year, at this year's prices."""
    return sum(district.counted_dollars(district.today, school.code) for school in schools)
