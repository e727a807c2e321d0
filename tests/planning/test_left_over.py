"""What holds money that no school gets: by hand, and checked by planning again."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from equity_alloc.planning.left_over import Holder, holder_words, holders, left_over, purpose_words
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.scenario import Scenario
from tests.planning.test_frontier import two_schools


def capped() -> Plan:
    """Six teachers at $100,000 and a fund of $800,000; nobody may gain more than a tenth, so two full posts fit nowhere."""
    made = plan(
        two_schools(80_000_000), dataclasses.replace(Scenario(), rules=(*Scenario().rules, GainCap(Decimal("0.1"))))
    )
    assert isinstance(made, Plan)
    return made


def test_the_cap_alone_is_named_with_all_that_it_holds():
    found = capped()
    left = left_over(found)
    assert left > 10_000_000
    [holder] = holders(found)
    assert len(found.scenario.rules) == holder.number
    without = plan(found.district, dataclasses.replace(found.scenario, rules=found.scenario.rules[:-1]))
    assert left - left_over(without) == holder.placed == left
    [sentence] = holder_words((holder,), left)
    assert f"Rule {holder.number}, No school gains more than 10 % on last year" in sentence
    assert "schools would get all $" in sentence


def test_where_nothing_alone_holds_it_no_guess_is_made():
    [words] = holder_words((), 500_000)
    assert words.startswith("No single rule holds it")


def test_a_goal_that_asks_for_less_is_named_as_the_goal():
    assert "The goal, Close gaps: without it" in holder_words((Holder(0, "Close gaps", 300_000),), 500_000)[0]


def test_a_fund_that_may_pay_for_everything_has_no_purpose_to_tell():
    assert () == purpose_words(capped())
