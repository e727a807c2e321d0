"""The charts of several years say their numbers in words and hold them in their tables."""

from __future__ import annotations

from equity_alloc.domain.ahead import What
from equity_alloc.figures.ahead_balances import ahead_balances
from equity_alloc.figures.ahead_money import ahead_money
from equity_alloc.figures.base import DARK, LIGHT
from equity_alloc.planning.search import plan
from equity_alloc.years.assumed import with_unchanged
from equity_alloc.years.course import plan_years
from tests.districts import plain_scenario, random_district
from tests.years.test_course import sample_course


def test_balances_are_told_in_words_and_stand_in_the_table():
    figure = ahead_balances(sample_course().years, LIGHT, note="Note")
    assert figure is not None
    assert "General fund (state and local) $9,500,000 to $5,700,000" in figure.alt
    assert "2 of 8 funds are drawn" in figure.note
    left = next(column for column in figure.table if column.title == "Left")
    assert 3 * 8 == len(left.cells)
    assert 9_500_000 in left.cells


def test_money_that_is_short_is_told_in_words():
    figure = ahead_money(sample_course().years, DARK, note="Note")
    second = sample_course().years[1]
    # What core funds and a grant that ends paid in the first year, at the second year's prices, less what core funds leave schools.
    district = second.plan.view.district
    paid_by = {fund.code for fund in district.funds if fund.counts or not fund.amount}
    last = (*district.today.pay, *district.today.dollars)
    short = sum(cents for (_, _, fund), cents in last if fund in paid_by) - second.counted_pot
    assert f"2027-28: ${short / 100:,.0f} too little" in figure.alt
    assert ("35 of 35",) * 3 == figure.table[-1].cells


def test_without_known_balances_there_is_no_chart_of_them():
    course = plan_years(random_district(2, 4), with_unchanged(plain_scenario(), What), 2, plan)
    assert ahead_balances(course.years, LIGHT, note="") is None
