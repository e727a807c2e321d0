"""Answers of a key about people: gaps between groups, what the public sees, pay, and years to come."""

from __future__ import annotations

from equity_alloc.cases.opened import Opened
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import print_dollars
from equity_alloc.inequity.audit import audit
from equity_alloc.inequity.school_rates import school_rates
from equity_alloc.planning.salary_basis import salary_basis
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.planning.summary import need_group
from equity_alloc.reports.public_counts import public_counts
from equity_alloc.years.course import plan_years

YEARS = 3


def how_sure(opened: Opened, about: str) -> str:
    """Return how sure a gap is; `about` is "indicator | group"."""
    indicator, group = about.split(" | ")
    found = audit(opened.district, opened.scenario)
    return next(gap.certainty.value for gap in found.gaps if (gap.title, gap.group) == (indicator, group))


def school_rate(opened: Opened, about: str) -> str:
    """Return the rate of a group at a school with its 95 % interval; `about` is "indicator | school | group code"."""
    indicator, school, group = about.split(" | ")
    found = next(rate for rate in school_rates(opened.district, indicator, group) if rate.school == school)
    if found.interval is None:
        return "too few pupils to say"
    low, high = found.interval
    return f"{100 * found.cases / found.pupils:.1f} % ({100 * low:.1f} to {100 * high:.1f} %)"


def public_count(opened: Opened, about: str) -> str:
    """Return a count as the public sees it; `about` is "school group code"."""
    school, group = about.split()
    return public_counts(opened.plan).cell(school, group)


def pay_against_average(opened: Opened, about: str) -> str:
    """Return by how much a school's posts cost more than the average says; below zero where less.

    Raises
    ------
    InvalidValue
        If no actual pay is known.
    """
    group = need_group(opened.district)
    found = salary_basis(opened.district, group) if group else None
    if found is None:
        raise InvalidValue(f"The case {opened.case.name} knows no actual pay.")
    return print_dollars(round(next(row.difference for row in found.schools if row.school.code == about)))


def years_that_hold(opened: Opened, about: str) -> str:
    """Return in how many of the years looked at a plan exists."""
    course = plan_years(opened.district, opened.scenario, YEARS, make_plan)
    return f"{sum(1 for year in course.years if year.plan is not None)} of {YEARS}"
