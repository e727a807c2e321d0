"""What a plan reaches by its own goal is told beside the lowest level, worked out again from the formula of the goal."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction

import pytest

from equity_alloc.objectives.dial import OWN
from equity_alloc.objectives.even_loads import EvenLoads
from equity_alloc.objectives.least_shortfall import LeastShortfall
from equity_alloc.objectives.level_dial import RaiseByDial, Whose
from equity_alloc.objectives.raise_lowest import RaiseLowestFirst
from equity_alloc.objectives.smallest_load import SmallestLargestLoad
from equity_alloc.objectives.worst_draws import RaiseWorstDrawsFirst
from equity_alloc.planning.own_level import own_level
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.planning.summary import totals
from equity_alloc.rules.need_slope_least import NeedSlopeLeast
from equity_alloc.ui.proof_words import nearness
from equity_alloc.ui.sentences import headline
from tests.districts import plain_scenario, random_district

COUPLED = NeedSlopeLeast("poor", Decimal(300))


def made_with(objective: object, *, coupled: bool = False) -> Plan:
    scenario = plain_scenario(objective=objective)
    if coupled:
        scenario = dataclasses.replace(scenario, rules=(*scenario.rules, COUPLED))
    made = plan(random_district(4, 8), scenario)
    assert isinstance(made, Plan)
    return made


def test_the_equal_level_at_an_aversion_of_two_is_the_harmonic_mean_of_levels():
    made = made_with(RaiseByDial("2"))
    own = own_level(made)
    assert own is not None and "aversion 2" in own.name
    for reached, allocation in ((own.plan, made.allocation), (own.today, made.view.district.today)):
        weights = dict(made.view.levels.weights)
        dollars = {code: made.view.district.counted_dollars(allocation, code) / 100 for code in weights}
        harmonic = float(sum(weights.values())) / sum(float(w) ** 2 / dollars[code] for code, w in weights.items())
        assert harmonic == pytest.approx(reached, rel=1e-9)
    assert own.plan > totals(made).lowest_plan


@pytest.mark.parametrize("objective", [SmallestLargestLoad("counselor"), EvenLoads("counselor", "infinity")])
def test_the_largest_load_is_told_in_pupils(objective):
    made = made_with(objective)
    own = own_level(made)
    pupils = {school.code: school.enrollment for school in made.district.schools}
    loads = [pupils[code] * 100 / fte for (code, position), fte in made.allocation.fte if position == "counselor"]
    assert ("Largest load of a post", "pupils per post") == (own.name, own.unit)
    assert max(loads) == pytest.approx(own.plan)


def test_the_mean_is_named_a_mean():
    own = own_level(made_with(RaiseByDial("0")))
    assert own is not None and own.name == "Mean level"


def test_a_ceiling_and_groups_are_named():
    own = own_level(made_with(RaiseByDial(OWN, Decimal("0.5"), Whose.GROUP, ceiling=Decimal(9000))))
    assert own is not None
    assert own.name == "Equal level of student groups worth as much (aversion 0.5), counted up to 9,000"


@pytest.mark.parametrize("objective", [RaiseLowestFirst(), RaiseByDial("infinity"), LeastShortfall()])
def test_where_the_lowest_level_is_the_goal_or_no_level_is_nothing_more_is_said(objective):
    assert own_level(made_with(objective)) is None


@pytest.mark.parametrize("objective", [RaiseByDial("2"), RaiseByDial("0"), RaiseWorstDrawsFirst()])
def test_headline_and_proof_speak_of_the_goal_itself_and_of_the_lowest_school(objective):
    made = made_with(objective)
    own = own_level(made)
    said = headline(made, totals(made))
    assert said.startswith(f"{own.name}: ")
    assert "The lowest school" in said
    proof = nearness(made)
    assert proof.startswith("by this goal's own measure no plan under these rules is more than $")


def test_the_first_bound_of_a_dial_plan_is_about_its_own_level_and_above_it():
    made = made_with(RaiseByDial("5"), coupled=True)
    own = own_level(made)
    assert made.stages[0].bound is not None
    assert own.plan <= made.stages[0].bound * (1 + 1e-12)
    assert made.certificate.proof is not None
    assert Fraction(made.certificate.proof.level) <= Fraction(made.certificate.proof.bound)
