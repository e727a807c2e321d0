"""Goals judged by each other, and the compromise: by hand, and against plans drawn at random."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from equity_alloc.objectives.agreed_dollars import AgreedDollars, agreed_text
from equity_alloc.objectives.base import RaiseEquivalent, Unit
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.planning.compromise import CLOSED, compromise
from equity_alloc.planning.goals import Goals, compare_goals, goals_in
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_district, sample_reading
from tests.coupled import ONE, coupled
from tests.districts import plain_scenario, random_district

NAMES = "abc"
#: The third school is dear: x1 + x2 + 3 x3 <= 10 (math.md, PUB-9).
ROWS = [({"a": 1, "b": 1, "c": 3}, 10.0)]


def stage(aversion: int | None) -> RaiseEquivalent:
    units = tuple(Unit(code, Fraction(1), ((code, Fraction(1, ONE)),)) for code in NAMES)
    among = None if aversion is None else Fraction(aversion)
    return RaiseEquivalent("test", units, "ones", among, None, None, one_a_school=True)


def goals_of(*aversions: int | None) -> Goals:
    cells, cuts = coupled(list(NAMES), ROWS)
    staged = [(str(each), RaiseByDial(), stage(each)) for each in aversions]
    found = goals_in(cells, cuts, np.full(3, 0.01 * ONE), staged)
    assert found is not None
    return found


def test_between_the_most_in_total_and_the_lowest_first_the_compromise_is_two_sevenths() -> None:
    # By hand, from nothing: with t for each school's least the total is 10 - 2 t, which forgoes t / 5 of it, and the lowest
    # forgoes 1 - t / 2; they meet at t = 10 / 7, where both forgo 2 / 7.
    cells, cuts = coupled(list(NAMES), ROWS)
    staged = [(str(each), RaiseByDial(), stage(each)) for each in (0, None)]
    goals = goals_in(cells, cuts, np.zeros(3), staged)
    assert goals is not None
    assert np.allclose(goals.regret, [[0, 1], [0.4, 0]], atol=1e-6)
    found = compromise(goals)
    assert found.worst == pytest.approx(2 / 7, abs=1e-6)
    assert found.bound == pytest.approx(2 / 7, abs=1e-6)
    assert found.counted.min() / ONE == pytest.approx(10 / 7, abs=1e-5)


def test_no_plan_drawn_at_random_has_a_smaller_worst_regret() -> None:
    goals = goals_of(0, 1, 2, 5, None)
    found = compromise(goals)
    assert found.bound <= found.worst <= found.bound + 2 * CLOSED
    assert np.allclose(np.diag(goals.regret), 0, atol=1e-6)
    # Worse than none of the goals' own plans: the worst of its regrets is the smallest there is.
    assert found.worst <= goals.regret.max(1).min() + CLOSED
    draw = np.random.default_rng(3)
    for _ in range(2000):
        shares = draw.dirichlet(np.ones(3))
        counted = 10 * ONE * shares / np.array([1, 1, 3])
        assert goals.regrets_of(counted).max() >= found.bound - 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_each_goal_regrets_nothing_of_its_own_plan_and_the_compromise_no_more_than_any(seed: int) -> None:
    scenario = plain_scenario()
    goals = compare_goals(scenario.view(random_district(seed, 5)), scenario)
    assert goals is not None
    assert np.allclose(np.diag(goals.regret), 0, atol=1e-5)
    found = compromise(goals)
    assert found.worst <= goals.regret.max(1).min() + 2 * CLOSED


def test_the_compromise_becomes_a_plan_that_stays_at_its_regrets() -> None:
    scenario, district = sample_reading().scenario, sample_district()
    assert scenario is not None
    goals = compare_goals(scenario.view(district), scenario)
    assert goals is not None
    found = compromise(goals)
    own = Scenario(
        need_weights=scenario.need_weights,
        rules=scenario.rules,
        objective=AgreedDollars(agreed_text(found.amounts(goals))),
    )
    made = plan(district, own)
    assert isinstance(made, Plan)
    counted = [float(made.view.district.counted_dollars(made.allocation, code)) for code in goals.cells.schools]
    assert goals.regrets_of(np.array(counted)).max() <= found.worst + 0.01
