"""The stress test: by hand for two schools, the same whatever the order, and honest about rules that break."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from functools import cache

import pytest

from equity_alloc.domain.district import District, Fund, Position, School, Spending, Staffing
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.objectives.draws import FURTHEST
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.planning.stress import arrived, stress
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.scenario import Scenario
from tests.districts import plain_scenario, random_district


@cache
def made(seed: int) -> Plan:
    found = plan(random_district(seed, 6), plain_scenario())
    assert isinstance(found, Plan)
    return found


def test_a_school_that_grows_keeps_its_shares_and_its_grades_add_up():
    school = School("1", "One", "any", 100, 90, (("el", 33), ("swd", None)), grades=(("K", 50), ("1", 50)))
    more = arrived(school, 1.05)
    assert 105 == more.enrollment
    assert (("el", 35), ("swd", None)) == more.groups
    assert 105 == sum(count or 0 for _, count in more.grades)
    assert 90 == more.enrollment_last_year
    assert 0 == arrived(school, -0.2).enrollment
    empty = dataclasses.replace(school, enrollment=0, groups=(), grades=())
    assert empty == arrived(empty, 1.2)


@pytest.mark.parametrize("seed", range(4))
def test_bands_are_in_order_and_within_three_errors_of_the_projection(seed):
    found = stress(made(seed), 0.05, 60)
    for _, band in (*found.schools, ("plan", found.plan), ("today", found.today)):
        assert band.low <= band.middle <= band.high
        assert band.worst < band.middle
    for _, band in found.schools:
        # Rounding to whole pupils and groups moves a level by less than two percent more.
        assert band.projected / (1 + FURTHEST * 0.05) * 0.98 <= band.low
        assert band.high <= band.projected / (1 - FURTHEST * 0.05) * 1.02
    assert found.plan.worst <= found.plan.projected


def test_no_error_worth_a_pupil_changes_nothing():
    found = stress(made(1), 1e-6, 5)
    assert found.plan.projected == pytest.approx(found.plan.worst) == pytest.approx(found.plan.high)
    assert () == found.fragile


def test_the_order_of_schools_and_the_number_of_draws_do_not_change_a_draw():
    plan_ = made(2)
    turned = dataclasses.replace(plan_.district, schools=tuple(reversed(plan_.district.schools)))
    certificate = certify(turned, plan_.scenario, plan_.allocation)
    again = dataclasses.replace(plan_, district=turned, certificate=certificate)
    assert stress(plan_, 0.04, 30) == stress(again, 0.04, 30)
    one, more = stress(plan_, 0.04, 1), stress(plan_, 0.04, 2)
    assert min(one.plan.low, more.plan.high) >= more.plan.low


def test_a_floor_without_room_breaks_about_half_the_time():
    """200 pupils for two posts at 100 pupils a post, rounded to halves: one pupil more asks for another half post."""
    district = District(
        "Two",
        "2026-27",
        tuple(School(code, code, "any", 200, 200) for code in "ab"),
        positions=(Position("aide", "Aide", 100_00, step=50),),
        funds=(Fund("general", "General", 400_00),),
        staffing=tuple(Staffing(code, "aide", "general", 200) for code in "ab"),
        spending=(Spending("a", "Supplies", "general", 0),),
    )
    found = plan(district, Scenario(rules=(StaffingLeast("aide", Decimal(100)),)))
    assert isinstance(found, Plan)
    (fragile,) = stress(found, 0.05, 200).fragile
    assert found.scenario.rules[fragile.number - 1].code == "staffing-least"
    # Each school grows in half of the draws, so one of two does in three quarters of them.
    assert 120 <= fragile.draws <= 180


@pytest.mark.parametrize(("spread", "draws"), [(0.0, 10), (-0.1, 10), (0.5, 10), (float("nan"), 10), (0.05, 0)])
def test_a_spread_or_number_of_draws_that_cannot_be_is_refused(spread, draws):
    with pytest.raises(InvalidValue, match="spread"):
        stress(made(1), spread, draws)
