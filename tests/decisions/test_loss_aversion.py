"""How much a loss may count before staying would be better: by hand."""

from __future__ import annotations

import math

import pytest

from equity_alloc.decisions.loss_aversion import break_even
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Fund, School, Spending
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.scenario import Scenario


def plan_of(before: list[int], after: list[int]) -> Plan:
    schools = tuple(School(f"{n}", f"S{n}", "school", 100 * (n + 1)) for n in range(len(before)))
    spending = tuple(Spending(f"{n}", "All", "g", cents) for n, cents in enumerate(before))
    district = District("Hand", "2026-27", schools, funds=(Fund("g", "General", sum(after)),), spending=spending)
    allocation = Allocation.of({}, {}, {(f"{n}", "All", "g"): cents for n, cents in enumerate(after)})
    scenario = Scenario()
    return Plan(district, scenario, allocation, certify(district, scenario, allocation), OutcomeKind.BEST_FOUND)


def test_the_break_even_of_a_hand_worked_plan():
    # 100 pupils go from $1,000 to $1,200, and 200 pupils from $2,000 to $1,800: 100 ln 1.2 over 200 ln (1/0.9) = 18.232 / 21.072.
    found = break_even(plan_of([100000, 200000], [120000, 180000]))
    assert 100 * math.log(1.2) == pytest.approx(found.gains)
    assert 0.8652 == pytest.approx(found.times, abs=5e-5)
    assert "0.87 times" in found.words and "rather stay" in found.words


def test_where_nobody_loses_no_number_is_made_up():
    found = break_even(plan_of([100000, 200000], [120000, 200000]))
    assert None is found.times
    assert "Nobody loses" in found.words


def test_a_large_gain_stands_whatever_is_usual():
    assert "the plan stands" in break_even(plan_of([100000, 200000], [200000, 199000])).words


def test_where_a_school_had_nothing_there_is_no_percent():
    assert None is break_even(plan_of([0, 200000], [20000, 180000]))
