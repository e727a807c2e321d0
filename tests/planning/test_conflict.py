"""Where the money lacks, the fund that a reader expects is named, and more for it leads to a plan."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from equity_alloc.planning.plan import Impossible, Plan
from equity_alloc.planning.repaired import repaired
from equity_alloc.planning.search import plan
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
