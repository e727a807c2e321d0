"""The facts of a district, as formulas may see them: no count that is for audit only."""

from __future__ import annotations

from equity_alloc.domain.district import District, GroupUse, School
from equity_alloc.formulas.facts import ENROLLMENT, Count, DistrictFacts, SchoolFacts

LAST_YEAR_ENROLLMENT = "enrollment last year"


def facts_of(district: District) -> DistrictFacts:
    """Return what formulas may know of a district.

    A school is flagged "served by" every fund that names its schools. Last year is what the school's posts and lines
    of counted funds come to at this year's prices.

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
    had_something = bool(district.staffing or district.spending)
    schools = tuple(
        SchoolFacts(
            school.code,
            school.name,
            school.kind,
            _counts(school, drivers),
            tuple(f"served by {fund}" for fund in sorted(named) if school.code in named[fund]),
            district.counted_dollars(district.today, school.code) if had_something else None,
        )
        for school in district.schools
    )
    return DistrictFacts(
        district.name,
        district.year,
        schools,
        tuple((position.code, position.cost) for position in district.positions),
        tuple(group.code for group in district.groups if group.use is GroupUse.AUDIT),
    )


def _counts(school: School, drivers: tuple[str, ...]) -> tuple[tuple[str, Count], ...]:
    pupils: list[tuple[str, Count]] = [
        (ENROLLMENT, school.enrollment),
        (LAST_YEAR_ENROLLMENT, school.enrollment_last_year),
    ]
    return (*pupils, *((code, school.group(code)) for code in drivers))
