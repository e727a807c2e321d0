"""Planning for other pupils than projected: hand calculation, an independent program, and nothing that scores higher."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction
from functools import cache

import highspy
import numpy as np
import pytest

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.objectives.draws import enrollment_errors, factors_of, mean_of_worst
from equity_alloc.objectives.worst_draws import DRAWS, RaiseWorstDrawsFirst
from equity_alloc.planning.nearness import nearness_of
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.need_slope_least import NeedSlopeLeast
from equity_alloc.scenario import Scenario
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.worst_draws import raise_worst_draws
from tests.coupled import ONE, coupled
from tests.districts import plain_scenario, random_district

FEW = range(6)


def test_two_schools_by_hand():
    """$10 for two; in every draw a fifth more come to the second: x = y / 1.2, so both stand at 10 / 2.2."""
    cells, cuts = coupled(["a", "b"], [({"a": 1, "b": 1}, 10.0)])
    factors = np.array([[1.0, 1.2]] * 5)
    found = raise_worst_draws(build_projected(cells, cuts), np.ones(2), factors, 0.4)
    assert 10 / 2.2 == pytest.approx(found.value / ONE)
    assert found.value <= found.bound <= found.value * (1 + 1e-6)
    assert [10 / 2.2, 10 / 2.2 * 1.2] == pytest.approx(found.needed / ONE, rel=1e-6)


def test_only_the_worst_share_counts():
    """In one of four draws the first has twice its pupils: at a quarter that draw decides, and 2 x : x is the split."""
    cells, cuts = coupled(["a", "b"], [({"a": 1, "b": 1}, 12.0)])
    factors = np.array([[2.0, 1.0], [1.0, 1.0], [1.0, 1.0], [1.0, 1.0]])
    found = raise_worst_draws(build_projected(cells, cuts), np.ones(2), factors, 0.25)
    assert 4 == pytest.approx(found.value / ONE)
    assert [8, 4] == pytest.approx(found.needed / ONE)


def whole_program(rows, weights, factors, share) -> float:
    """Return the optimum of the full program, every row at once, straight on HiGHS."""
    draws, n = factors.shape
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    none, nothing = np.zeros(0, np.int32), np.zeros(0)
    for _ in range(n):
        solver.addCol(0.0, 0.0, highspy.kHighsInf, 0, none, nothing)
    solver.addCol(1.0, -highspy.kHighsInf, highspy.kHighsInf, 0, none, nothing)
    for _ in range(draws):
        solver.addCol(-1.0 / (share * draws), 0.0, highspy.kHighsInf, 0, none, nothing)
    for coefficients, most in rows:
        solver.addRow(-highspy.kHighsInf, most, n, np.arange(n, dtype=np.int32), np.array(coefficients, float))
    for o in range(draws):
        for s in range(n):
            index = np.array([s, n, n + 1 + o], np.int32)
            values = np.array([1 / (weights[s] * factors[o, s]), -1.0, 1.0])
            solver.addRow(0.0, highspy.kHighsInf, 3, index, values)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getInfo().objective_function_value)


@pytest.mark.parametrize("seed", range(25))
def test_rows_added_when_needed_reach_what_all_rows_reach(seed):
    draw = np.random.default_rng(seed)
    n, draws, share = 5, 30, float(draw.choice([0.05, 0.1, 0.33, 1.0]))
    names = list("abcde")
    rows = [(draw.integers(0, 4, n), float(draw.integers(8, 20))) for _ in range(2)] + [(np.ones(n), 15.0)]
    weights, factors = draw.uniform(0.5, 3, n), draw.uniform(0.7, 1.3, (draws, n))
    named = [({a: int(c) for a, c in zip(names, row, strict=True) if c}, most) for row, most in rows]
    cells, cuts = coupled(names, [row for row in named if row[0]])
    found = raise_worst_draws(build_projected(cells, cuts), weights, factors, share)
    best = whole_program([row for row in rows if row[0].any()], weights, factors, share)
    assert best == pytest.approx(found.value / ONE, rel=1e-6)
    assert best <= found.bound / ONE * (1 + 1e-9)


@cache
def made(seed: int, spread: str = "0.08", worst: str = "0.1") -> Plan:
    objective = RaiseWorstDrawsFirst(Decimal(spread), Decimal(worst))
    found = plan(random_district(seed, 7), plain_scenario(objective=objective, tolerance=100))
    assert isinstance(found, Plan)
    return found


@pytest.mark.parametrize("seed", FEW)
def test_the_worst_draws_are_better_than_under_lowest_first_and_near_the_bound(seed):
    found = made(seed)
    plain = plan(found.district, plain_scenario(tolerance=100))
    assert isinstance(plain, Plan)
    score = found.scenario.objective.score
    near = nearness_of(found)
    assert near is not None and near.gap <= 2
    assert score(found.view, plain.allocation)[0] <= score(found.view, found.allocation)[0] + Fraction(near.gap) + 1
    assert float(score(found.view, plain.allocation)[0]) <= near.bound + 0.01
    assert found.certificate.is_kept


@pytest.mark.parametrize("seed", FEW)
def test_without_uncertainty_worth_speaking_of_it_is_the_lowest_level_first(seed):
    """At half a percent each draw nearly repeats the projection, so the plan stands where lowest first stands."""
    found = made(seed, "0.005", "1")
    plain = plan(found.district, plain_scenario(tolerance=100))
    assert isinstance(plain, Plan)
    lowest = [
        min(float(v) for v in plain.scenario.objective.score(each.view, each.allocation)) for each in (found, plain)
    ]
    assert lowest[0] == pytest.approx(lowest[1], rel=0.02)


def test_it_is_proven_under_a_rule_that_couples_schools_too():
    base = plain_scenario()
    rules = (*base.rules, NeedSlopeLeast("poor", Decimal(300)))
    scenario = Scenario(need_weights=base.need_weights, rules=rules, objective=RaiseWorstDrawsFirst(Decimal("0.08")))
    found = plan(random_district(4, 8), scenario)
    assert isinstance(found, Plan)
    assert found.certificate.is_kept and found.outcome in (OutcomeKind.PROVEN, OutcomeKind.BEST_FOUND)
    near = nearness_of(found)
    assert near is not None and near.gap <= 8


def test_draws_depend_on_codes_alone():
    district = random_district(3, 6)
    renamed = dataclasses.replace(
        district, schools=tuple(dataclasses.replace(s, name=f"Zebra {s.code}") for s in reversed(district.schools))
    )
    scenario = plain_scenario(objective=RaiseWorstDrawsFirst(Decimal("0.08")))
    one, other = plan(district, scenario), plan(renamed, scenario)
    assert isinstance(one, Plan) and isinstance(other, Plan)
    assert one.allocation == other.allocation
    assert list(enrollment_errors("0101", 40)) == list(enrollment_errors("0101", 40))
    assert factors_of("0101", 300, 0.05, DRAWS) != factors_of("0102", 300, 0.05, DRAWS)


@pytest.mark.parametrize(("share", "mean"), [("1/5", 1), ("2/5", "3/2"), ("3/10", "4/3"), ("1", 3)])
def test_the_mean_of_the_worst_share_by_hand(share, mean):
    assert Fraction(mean) == mean_of_worst([Fraction(n) for n in (3, 1, 4, 2, 5)], Fraction(share))


@pytest.mark.parametrize(
    "wrong", [{"spread": Decimal(0)}, {"spread": Decimal("0.4")}, {"worst": Decimal(0)}, {"worst": Decimal(2)}]
)
def test_a_spread_or_share_that_cannot_be_is_refused(wrong):
    with pytest.raises(InvalidValue):
        RaiseWorstDrawsFirst(**wrong)
