"""Where the search for the fewest moves begins: the optimum is the plain model's, and simplex has little left to do."""

from __future__ import annotations

import dataclasses
import random

import numpy as np
import pytest

from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.filling import fill
from equity_alloc.problem.problem import build_problem
from equity_alloc.problem.proof import level_weights
from equity_alloc.scenario import Scenario
from equity_alloc.solver import stages
from equity_alloc.solver.highs import ArrayHighs
from equity_alloc.solver.plain import build_plain
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.stages import Driver
from tests.districts import plain_scenario, random_district

SEEDS = range(60)


def all_pooled(seed: int) -> tuple[Driver, np.ndarray] | None:
    """Return a driver that holds the best levels less a drawn tolerance, all funds being shared out by the plan."""
    draw = random.Random(seed)
    district = random_district(seed, draw.choice((3, 12, 40)), growth=draw.choice((0.99, 1.0, 1.02, 1.06)))
    funds = tuple(dataclasses.replace(fund, shared_by="", counts=True) for fund in district.funds)
    district = dataclasses.replace(district, funds=funds)
    scenario = plain_scenario() if seed % 3 else Scenario(need_weights=plain_scenario().need_weights)
    view = scenario.view(district)
    cells = build_cells(build_problem(view))
    cuts = build_cuts(cells)
    if not cuts.is_feasible:
        return None
    weights = np.array([float(weight) for weight in level_weights(view, cells.schools)])
    goal = fill(cuts, weights).pooled - draw.choice((0, 250, 5_000)) * weights
    driver = Driver(build_projected(cells, cuts))
    driver.hold_levels(goal)
    return driver, np.maximum(goal, cuts.lowest)


CASES = [seed for seed in SEEDS if all_pooled(seed)]


@pytest.mark.parametrize("seed", CASES)
def test_a_good_place_to_begin_changes_no_optimum(seed, monkeypatch):
    monkeypatch.setattr(stages, "MANY", 0)
    driver, goal = all_pooled(seed)
    plain = build_plain(driver.model.cells)
    plain.hold_levels(goal)
    assert plain.least_change(ArrayHighs()) == pytest.approx(driver.least_change().objective, rel=1e-9, abs=1e-9)


def test_simplex_begins_near_its_end(monkeypatch):
    """Pivots of the last solve, from last year and from where each school alone would begin."""

    def pivots() -> int:
        found = 0
        for seed in CASES:
            driver, _ = all_pooled(seed)
            driver.least_change()
            found += driver.model.solver._highs.getInfo().simplex_iteration_count
        return found

    usual = pivots()
    monkeypatch.setattr(stages, "MANY", 0)
    assert len(CASES) > 40
    assert pivots() < usual / 4
