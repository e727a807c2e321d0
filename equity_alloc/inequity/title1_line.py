"""The cliff test of Title I-A: schools beside the line between served and not served, and what the next child is worth there."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from equity_alloc.domain.district import District, Fund, School
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.federal import Serving
from equity_alloc.domain.money import Cents
from equity_alloc.inequity.thresholds import NEAR, Near, Threshold, chance_of, just_short, yearly_change
from equity_alloc.rules.title1_shares import TITLE_ONE, serve
from equity_alloc.scenario import Scenario


def title_one_line(district: District, scenario: Scenario) -> tuple[Threshold, ...]:
    """Return the line of each fund that is shared out as Title I-A, where schools stand close to it.

    Parameters
    ----------
    district : District
    scenario : Scenario

    Notes
    -----
    A school is close where low-income children of three in a hundred of its pupils, more or fewer, change whether it is served. The
    fund is shared out again for each, under the whole law, so that what moves with the line is in it. Where the
    district marks which schools are served no child moves the line, and where a count is unknown nothing is told.
    """
    effective = scenario.apply(district)
    if effective.federal.serving is Serving.AS_MARKED:
        return ()
    noise = yearly_change(effective)
    found = []
    for fund in effective.funds:
        if fund.shared_by == TITLE_ONE:
            near = sorted(_beside(effective, fund, noise), key=lambda each: (abs(each.pupils), each.school))
            if near:
                found.append(Threshold(0, "", tuple(near), just_short(effective, near), fund.code))
    return tuple(found)


def _beside(district: District, fund: Fund, noise: float) -> Iterator[Near]:
    here = _shares(district, fund)
    if here is None:
        return
    for school in district.schools:
        children = school.low_income
        if not school.enrollment or children is None:
            continue
        sign = -1 if school.code in here else 1
        room = children if sign < 0 else school.enrollment - children
        crossing = _crossing(district, fund, school, sign, min(room, int(NEAR * school.enrollment)))
        if crossing is not None:
            k, there = crossing
            jump = there.get(school.code, 0) - here.get(school.code, 0)
            yield Near(school.code, sign * k, jump, chance_of(k, noise * children))


def _crossing(
    district: District, fund: Fund, school: School, sign: int, reach: int
) -> tuple[int, dict[str, Cents]] | None:
    """Return the fewest children that change whether a school is served, and the shares then; None where none within reach do."""

    def crossed(k: int) -> dict[str, Cents] | None:
        shares = _shares(_moved(district, school, sign * k), fund)
        return shares if shares is not None and (school.code in shares) == (sign > 0) else None

    there = crossed(reach) if reach > 0 else None
    if there is None:
        return None
    low, high = 0, reach
    while high - low > 1:
        middle = (low + high) // 2
        now = crossed(middle)
        low, high, there = (middle, high, there) if now is None else (low, middle, now)
    return high, there


def _shares(district: District, fund: Fund) -> dict[str, Cents] | None:
    """Return what each served school gets; None where the fund cannot be shared out."""
    try:
        return serve(district, fund).shares
    except EquityAllocError:
        return None


def _moved(district: District, school: School, children: int) -> District:
    """Return the district with low-income children more or fewer at one school."""
    moved = dataclasses.replace(school, low_income=(school.low_income or 0) + children)
    schools = tuple(moved if each.code == school.code else each for each in district.schools)
    return dataclasses.replace(district, schools=schools)
