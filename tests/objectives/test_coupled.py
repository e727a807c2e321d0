"""Where rules hold several schools together: leximin against one program for each school, tangents against searching."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction

import highspy
import numpy as np
import pytest

from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.units import Whose
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.raising import raise_by_dial
from equity_alloc.planning.search import plan
from equity_alloc.rules.need_slope_least import NeedSlopeLeast
from equity_alloc.scenario import Scenario
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.rows import MONEY
from tests.coupled import ONE, coupled, dial
from tests.districts import plain_scenario, random_district

MANY = range(120)
FEW = range(20)
NAMES = list("abcdef")


def drawn(seed: int) -> list[tuple[dict[str, int], float]]:
    """Return limits on sums over some of six schools, with whole prices; the last holds all of them."""
    draw = np.random.default_rng(seed)
    rows = []
    for _ in range(int(draw.integers(1, 5))):
        members = draw.choice(NAMES, int(draw.integers(1, 5)), replace=False).tolist()
        rows.append(({name: int(draw.integers(1, 4)) for name in members}, float(draw.integers(2, 12))))
    return [*rows, (dict.fromkeys(NAMES, 1), float(draw.integers(6, 20)))]


def by_candidates(rows: list[tuple[dict[str, int], float]]) -> list[float]:
    """Return leximin levels with one linear program for each school in each round (Willson), straight on HiGHS."""
    fixed: dict[str, float] = {}
    while len(fixed) < len(NAMES):
        free = [name for name in NAMES if name not in fixed]
        level = _highest(rows, fixed, free, {})
        held = dict.fromkeys(free, level)
        stuck = [name for name in free if _highest(rows, fixed, [name], held) <= level + 1e-7]
        assert stuck
        fixed |= dict.fromkeys(stuck, level)
    return [fixed[name] for name in NAMES]


def _highest(
    rows: list[tuple[dict[str, int], float]], fixed: dict[str, float], rising: list[str], held: dict[str, float]
) -> float:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    infinite, none = highspy.kHighsInf, np.zeros(0)
    for name in NAMES:
        least = max(fixed.get(name, 0.0), held.get(name, 0.0)) if name not in rising else 0.0
        solver.addCol(0.0, max(0.0, least - 1e-10), infinite, 0, np.zeros(0, np.int32), none)
    solver.addCol(1.0, 0.0, infinite, 0, np.zeros(0, np.int32), none)
    for weights, most in rows:
        index = np.array([NAMES.index(name) for name in weights], np.int32)
        solver.addRow(-infinite, most, len(index), index, np.array(list(weights.values()), float))
    for name in rising:
        index = np.array([NAMES.index(name), len(NAMES)], np.int32)
        solver.addRow(0.0, infinite, 2, index, np.array([1.0, -1.0]))
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getInfo().objective_function_value)


@pytest.mark.parametrize("seed", MANY)
def test_staged_duals_are_leximin_found_by_asking_every_school_in_every_round(seed):
    rows = drawn(seed)
    cells, cuts = coupled(NAMES, rows)
    assert raise_by_dial(cells, cuts, dial(NAMES, None)).levels == pytest.approx(by_candidates(rows), abs=1e-5)


@pytest.mark.parametrize("seed", MANY)
def test_staged_duals_over_unit_columns_agree_with_those_over_schools(seed):
    """A ceiling out of reach changes nothing but the road: levels become columns of their own."""
    rows = drawn(seed)
    cells, cuts = coupled(NAMES, rows)
    schools = raise_by_dial(cells, cuts, dial(NAMES, None))
    with_ceiling = raise_by_dial(cells, cuts, dial(NAMES, None, ceiling=1000))
    assert with_ceiling.levels == pytest.approx(schools.levels, abs=1e-5)


@pytest.mark.parametrize("aversion", [Fraction(1, 2), Fraction(1), Fraction(2), Fraction(5)])
@pytest.mark.parametrize("seed", FEW)
def test_no_mixture_of_corners_passes_the_bound_and_the_bound_is_reached(seed, aversion):
    draw = np.random.default_rng(1000 + seed)
    cells, cuts = coupled(NAMES, drawn(seed))
    log = raise_by_dial(cells, cuts, dial(NAMES, aversion)).log
    assert log.bound is not None
    assert 0 <= log.bound - log.value <= 1e-7 * log.bound
    model = build_projected(cells, cuts)
    corners = []
    for _ in range(10):
        cost = np.zeros(model.solver.n_columns)
        cost[model.pooled] = draw.uniform(0, 1, len(model.pooled))
        model.solver.set_objective(cost, maximize=True)
        corners.append(model.solve().values[model.pooled] * MONEY / ONE)
    for _ in range(40):
        levels = draw.dirichlet(np.ones(len(corners))) @ np.array(corners)
        worth = _worth(levels, float(aversion))
        assert worth <= log.bound * (1 + 1e-7)


def _worth(levels: np.ndarray, aversion: float) -> float:
    if levels.min() <= 0:
        return 0.0
    if aversion == 1:
        return float(np.exp(np.log(levels).mean()))
    return float(np.mean(levels ** (1 - aversion)) ** (1 / (1 - aversion)))


@pytest.mark.parametrize("seed", FEW)
def test_on_a_grid_of_whole_dollars_nothing_is_worth_more(seed):
    """Brute force: three schools, two prices, every whole combination."""
    draw = np.random.default_rng(seed)
    first, second = ({n: int(draw.integers(1, 4)) for n in "abc"} for _ in range(2))
    rows = [(first, float(draw.integers(6, 14))), (second, float(draw.integers(6, 14)))]
    cells, cuts = coupled(list("abc"), rows)
    best = {e: raise_by_dial(cells, cuts, dial("abc", e)).log for e in (Fraction(1), Fraction(2), None)}
    for point in itertools.product(range(15), repeat=3):
        if all(sum(w[n] * x for n, x in zip("abc", point, strict=True)) <= most for w, most in rows) and min(point) > 0:
            for aversion, log in best.items():
                value = float(min(point)) if aversion is None else _worth(np.array(point, float), float(aversion))
                assert value <= (log.value if log.bound is None else log.bound) + 1e-6


@pytest.mark.parametrize("whose", Whose)
@pytest.mark.parametrize("aversion", ["1", "5", "infinity"])
@pytest.mark.parametrize("seed", [4, 7])
def test_plans_under_a_rule_that_couples_schools_are_certified_and_near_their_bound(seed, aversion, whose):
    base = plain_scenario()
    rules = (*base.rules, NeedSlopeLeast("poor", Decimal(300)))
    objective = RaiseByDial(aversion, unit=whose)
    made = plan(random_district(seed, 8), Scenario(need_weights=base.need_weights, rules=rules, objective=objective))
    assert isinstance(made, Plan)
    assert made.certificate.is_kept
    assert made.outcome in (OutcomeKind.PROVEN, OutcomeKind.BEST_FOUND)
    bound = made.stages[0].value if made.stages[0].bound is None else made.stages[0].bound
    assert float(objective.score(made.view, made.allocation)[0]) <= bound + 0.02
