"""Actual against average salaries: the public files of Jefferson County, against figures worked out independently of us."""

from __future__ import annotations

from fractions import Fraction

import pytest

from equity_alloc.domain.district import District, Fund, Position, School, Staffing, StudentGroup
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.salary_basis import salary_basis
from equity_alloc.planning.search import plan
from equity_alloc.scenario import default_scenario
from equity_alloc.sources.mapped.answers import Answers
from equity_alloc.sources.mapped.take_in import take_in
from tests.sources.mapped.tables import public

POOR = "economically-disadvantaged"


@pytest.fixture(scope="module")
def jefferson(shared):
    names = ("ky_schools_2016_17.csv", "ky_jefferson_salary_schedule_2016_17.csv")
    return take_in([public(shared, name, district="275") for name in names], Answers()).reading.district


def test_the_schedule_meets_the_printed_mean_salary_and_the_known_gap_by_need(jefferson):
    """data.md section 3, Salary averaging: $62,392 (printed by the state: $62,225, within 0.3 %); quartiles and extremes."""
    basis = salary_basis(jefferson, POOR)
    assert 62_392 == round(basis.mean / 100)
    assert abs(basis.mean / 100 - 62_225) < Fraction(3, 1000) * 62_225
    least, most = basis.quartiles[0], basis.quartiles[-1]
    assert (70_342, 56_281) == (round(least.actual / 100), round(most.actual / 100))
    assert (440, -463) == (round(least.per_pupil / 100), round(most.per_pupil / 100))
    ranked = sorted(basis.schools, key=lambda item: item.per_pupil)
    assert ("Byck Elementary", -1_304) == (ranked[0].school.name, round(ranked[0].per_pupil / 100))
    assert ("St Matthews Elementary", 827) == (ranked[-1].school.name, round(ranked[-1].per_pupil / 100))


def test_differences_move_money_between_schools_and_make_none(jefferson):
    assert 0 == sum(item.difference for item in salary_basis(jefferson, POOR).schools)


def test_teachers_are_taken_out_of_what_their_schools_spent_and_totals_stay(shared, jefferson):
    """data.md section 0: 5,888 teachers (FTE); dollars stay spending per student times pupils."""
    assert 588_800 == sum(row.fte for row in jefferson.staffing)
    extract = public(shared, "ky_schools_2016_17.csv", district="275")
    assert sum(row.cents for row in extract.money) == sum(fund.amount for fund in jefferson.funds)
    spent = sum(row.amount for row in jefferson.spending)
    posts = sum(row.fte * jefferson.position_of[row.position].cost // 100 for row in jefferson.staffing)
    assert spent + posts == jefferson.funds[0].amount


def test_the_district_with_its_teachers_can_be_planned(jefferson):
    assert isinstance(plan(jefferson, default_scenario(jefferson)), Plan)


def test_two_schools_on_paper():
    """Ten posts at $80,000 and ten at $60,000: the average is $70,000, and each school is $100,000 off."""
    schools = (School("a", "A", "", 100, groups=(("p", 10),)), School("b", "B", "", 200, groups=(("p", 150),)))
    district = District(
        "D", "", schools, (StudentGroup("p", "Poor"),), (Position("t", "T", 7_000_000),), (Fund("g", "G", 10**9),),
        (Staffing("a", "t", "g", 1_000, 8_000_000), Staffing("b", "t", "g", 1_000, 6_000_000)),
    )  # fmt: skip
    basis = salary_basis(district, "p")
    assert [(10_000_000, 100_000), (-10_000_000, -50_000)] == [(s.difference, s.per_pupil) for s in basis.schools]
    assert () == basis.quartiles


def test_where_no_actual_cost_is_known_nothing_is_said():
    district = District("D", "", (School("a", "A", "", 100),))
    assert salary_basis(district, "p") is None
