"""Where the money lacks, the fund that a reader expects is named, and more for it leads to a plan."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from equity_alloc.planning.conflicts import find_conflicts
from equity_alloc.planning.plan import Impossible, Plan
from equity_alloc.planning.repaired import repaired
from equity_alloc.planning.search import plan
from equity_alloc.planning.ways_out import changes_within
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.scenario import Scenario, default_scenario
from equity_alloc.sources.sample import sample_district, sample_reading


def impossible(share: str) -> tuple[Scenario, Impossible]:
    district = sample_district()
    own = sample_reading().scenario or default_scenario(district)
    rules = (dataclasses.replace(r, share=Decimal(share)) if isinstance(r, HoldHarmless) else r for r in own.rules)
    scenario = dataclasses.replace(own, rules=tuple(rules))
    answer = plan(district, scenario)
    assert isinstance(answer, Impossible)
    return scenario, answer


def test_a_gap_of_all_core_money_is_a_gap_of_the_general_fund():
    """The floors of all schools take more than four core funds hold; each could fill the gap, one pays for all."""
    scenario, answer = impossible("1.03")
    assert "more for General fund (state and local)" in answer.words
    (money,) = (repair for repair in answer.repairs if repair.rule_number is None)
    assert "GEN" == money.setting
    district = sample_district()
    assert isinstance(plan(district, repaired(scenario, district, money)), Plan)


def test_floors_of_core_dollars_stand_beside_what_core_funds_leave():
    """By hand: floors of $135,733,212 less $133,816,000 are the gap, $1,917,212; all funds leave more than the floors."""
    _, answer = impossible("1.03")
    assert "Core funds leave $133,816,000 for schools, and all funds $142,369,828." in answer.words
    assert "add up to $135,733,212." in answer.words
    assert "All rules of the scenario together would take $1,917,211.51 more for General fund" in answer.words
    assert "Together they" not in answer.words


def test_one_rule_named_of_two_that_fail_alone_is_not_told_as_the_only_one():
    """With a quarter less in the general fund two rules fail alone; the amount in the words is that of all rules."""
    district = sample_district()
    scenario = sample_reading().scenario or default_scenario(district)
    funds = (dataclasses.replace(f, amount=f.amount * 3 // 4) if f.code == "GEN" else f for f in district.funds)
    poorer = dataclasses.replace(district, funds=tuple(funds))
    answer = plan(poorer, scenario)
    assert isinstance(answer, Impossible)
    found = find_conflicts(poorer, scenario, most_questions=60)
    assert {5, 10} == set(found.alone)
    assert answer.conflict[0] in found.alone
    assert f"rule {answer.conflict[0]} cannot be kept even if no other rule held" in answer.words
    assert "names every rule that fails alone" in answer.words
    assert "names every rule that fails alone, each with what would keep it" in answer.words
    (money,) = (repair for repair in answer.repairs if repair.rule_number is None)
    assert f"All rules of the scenario together would take {money.words.removeprefix('Find ')}" in answer.words
    assert isinstance(plan(poorer, repaired(scenario, poorer, money)), Plan)
    (own,) = (c for c in changes_within(found, (10,)) if c.rule_number is None)
    assert own.words.removeprefix("Find ") not in answer.words
