"""The facts of a district, as formulas may see them: no count that is for audit only."""

from __future__ import annotations

import math
from fractions import Fraction

from equity_alloc.domain.district import District, GroupUse, School, Staffing
from equity_alloc.domain.money import Cents
from equity_alloc.formulas.facts import ENROLLMENT, GRADE, Count, DistrictFacts, SchoolFacts

LAST_YEAR_ENROLLMENT = "enrollment last year"
#: How a formula names the schools that Title I-A serves.
TITLE_ONE = "Title I"


def facts_of(district: District) -> DistrictFacts:
    """Return what formulas may know of a district.

    A school is flagged "served by" every fund that names its schools, "Title I" where Title I-A serves it, and with
    the flags of the district that are need drivers. Last year is what the school's posts and lines of counted funds
    come to at this year's prices. The actual cost of a post at a school is the mean over its posts, by FTE, where the
    cost of all of them is known.

    Parameters
    ----------
    district : District

    Returns
    -------
    DistrictFacts

    Examples
    --------
    >>> school = School("1", "One", "elementary", 400, groups=(("poor", 100),))
    >>> facts_of(District("D", "2025-26", (school,))).schools[0].counts
    (('enrollment', 400), ('enrollment last year', None))
    """
    drivers = tuple(group.code for group in district.groups if group.use is GroupUse.NEED)
    named = {fund.code: set(fund.schools) for fund in district.funds if fund.schools and "*" not in fund.schools}
    flags = {flag.code for flag in district.flags if flag.use is GroupUse.NEED}
    tells_title_one = any(school.title_one is not None for school in district.schools)
    had_something = bool(district.staffing or district.spending)
    costs = _actual_costs(district)
    schools = []
    for school in district.schools:
        said = {code: holds for code, holds in school.flags if code in flags}
        if tells_title_one:
            said[TITLE_ONE] = None if school.title_one is None else school.title_one.is_served
        said |= {f"served by {fund}": school.code in named[fund] for fund in named}
        schools.append(
            SchoolFacts(
                school.code,
                school.name,
                school.kind,
                _counts(school, drivers),
                tuple(sorted(flag for flag, holds in said.items() if holds)),
                district.counted_dollars(district.today, school.code) if had_something else None,
                costs.get(school.code, ()),
                tuple(sorted(flag for flag, holds in said.items() if holds is None)),
            )
        )
    return DistrictFacts(
        district.name,
        district.year,
        tuple(schools),
        tuple((position.code, position.cost) for position in district.positions),
        tuple(group.code for group in district.groups if group.use is GroupUse.AUDIT)
        + tuple(flag.code for flag in district.flags if flag.use is GroupUse.AUDIT),
    )


def _actual_costs(district: District) -> dict[str, tuple[tuple[str, Cents], ...]]:
    """Return the mean actual cost of a full-time post by school and position, half a cent up."""
    rows: dict[tuple[str, str], list[Staffing]] = {}
    for row in district.staffing:
        if row.fte:
            rows.setdefault((row.school, row.position), []).append(row)
    found: dict[str, tuple[tuple[str, Cents], ...]] = {}
    for (school, position), posts in sorted(rows.items()):
        pay = [row.fte * row.actual for row in posts if row.actual is not None]
        if len(pay) == len(posts):
            mean = Fraction(sum(pay), sum(row.fte for row in posts))
            found[school] = (*found.get(school, ()), (position, math.floor(mean + Fraction(1, 2))))
    return found


def _counts(school: School, drivers: tuple[str, ...]) -> tuple[tuple[str, Count], ...]:
    pupils: list[tuple[str, Count]] = [
        (ENROLLMENT, school.enrollment),
        (LAST_YEAR_ENROLLMENT, school.enrollment_last_year),
    ]
    pupils += [(f"{GRADE}{grade}", count) for grade, count in school.grades]
    return (*pupils, *((code, school.group(code)) for code in drivers))
