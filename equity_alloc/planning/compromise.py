"""The compromise between goals: the plan whose worst regret is smallest, and how small it can be.

Regret by a goal is the part of its gain that a plan forgoes. What a plan is worth by a goal is concave in the schools'
dollars, so the smallest worst regret is a convex program; it is solved by linear programs under tangents (Kelley, The
cutting-plane method for solving convex programs, 1960), each of which is a bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.domain.money import Cents
from equity_alloc.objectives.base import LowerDistance, RaiseEquivalent
from equity_alloc.planning.goals import Goals, levels_of
from equity_alloc.problem.arrays import Floats
from equity_alloc.solver.projected import Projected, build_projected
from equity_alloc.solver.proven import proven_bound
from equity_alloc.solver.rows import MONEY

#: Regrets closer than this part of a gain are the same.
CLOSED = 1e-4
MOST_ROUNDS = 200
#: Regret by which the digits of tangents may be off.
DIGITS = 1e-9


@dataclass(frozen=True, eq=False)
class Compromise:
    """The plan with the smallest worst regret, in dollars and fractional posts.

    Parameters
    ----------
    counted : ndarray, shape (n_schools,), cents
        Core dollars of each school.
    regrets : ndarray, shape (n_goals,), share
    bound : float, share
        A worst regret that no plan can be below: what the last linear program's prices prove in exact integers.
    """

    counted: Floats
    regrets: Floats
    bound: float

    @property
    def worst(self) -> float:
        """Its largest regret."""
        return float(self.regrets.max())

    def amounts(self, goals: Goals) -> dict[str, Cents]:
        """Return each school's core dollars in whole cents, never more than there is."""
        return {code: int(cents) for code, cents in zip(goals.cells.schools, self.counted, strict=True)}


def compromise(goals: Goals) -> Compromise:
    """Return the plan whose worst regret over the goals is smallest.

    Raises
    ------
    SolverFailed
        If a linear program ends without an optimum.
    """
    model = build_projected(goals.cells, goals.cuts)
    # The best of the goals' own plans is a compromise already, so no more regret is looked at than its worst; a column
    # without an end would leave the exact check no ground.
    regret = model.solver.add_column(0.0, float(goals.regret.max(1).min()) * (1 + CLOSED) + CLOSED)
    for k, goal in enumerate(goals.goals):
        if isinstance(goal.stage, LowerDistance):
            _distance_row(model, goal.stage, regret, goal.best, float(goals.gains[k]))
        elif goal.stage.aversion is None:
            _lowest_rows(model, goals, k, regret)
        else:
            for other in goals.goals:
                _tangent(model, goals, k, other.counted, regret)
    best: Compromise | None = None
    bound = proven = 0.0
    for _ in range(MOST_ROUNDS):
        cost = np.zeros(model.solver.n_columns)
        cost[regret] = 1.0
        model.solver.set_objective(cost, maximize=False)
        solved = model.solve()
        if not solved.is_accepted:
            raise SolverFailed(f"Looking for a compromise ended without an answer: {solved.status.value}.")
        bound = max(bound, float(solved.values[regret]))
        counted = model.pooled_cents(solved) + goals.cuts.counted_local
        regrets = np.maximum(goals.regrets_of(counted), 0.0)
        if best is None or regrets.max() < best.worst:
            best = Compromise(counted, regrets, bound)
        if best.worst - bound <= CLOSED:
            proven = float(proven_bound(model.solver, solved)) - DIGITS
            break
        for k in np.flatnonzero(regrets > bound + CLOSED / 2).tolist():
            _tangent(model, goals, k, counted, regret)
    if best is None:
        raise SolverFailed("Looking for a compromise ended without an answer.")
    return Compromise(best.counted, best.regrets, min(bound, max(0.0, proven)))


def _tangent(model: Projected, goals: Goals, k: int, at: Floats, regret: int) -> None:
    """Hold a goal's worth under its tangent at some core dollars: best - worth <= regret * gain."""
    stage = goals.goals[k].stage
    if isinstance(stage, LowerDistance) or stage.aversion is None:
        return  # Held exactly from the beginning.
    aversion, levels = float(stage.aversion), levels_of(stage, goals.cells, at)
    masses = np.array([float(unit.mass) for unit in stage.units])
    masses = masses / masses.sum()
    # A level of nothing has no tangent; one a little above it has, and lies above the welfare as well.
    safe = np.maximum(levels, 1e-3 * max(float(levels.mean()), 1e-9))
    more_counts = np.ones(len(levels), bool)
    if stage.ceiling is not None:
        more_counts = levels < float(stage.ceiling)
        safe = np.minimum(safe, float(stage.ceiling))
    if aversion == 1:
        value = float(np.exp(masses @ np.log(safe)))
    else:
        value = float((masses @ safe ** (1 - aversion)) ** (1 / (1 - aversion)))
    by_level = np.where(more_counts, masses * (value / safe) ** aversion, 0.0)
    _row(model, goals, k, regret, value + float(by_level @ (levels - safe)), by_level, at)


def _lowest_rows(model: Projected, goals: Goals, k: int, regret: int) -> None:
    """Hold every unit's level: the lowest is worth what the plan is worth."""
    goal = goals.goals[k]
    if isinstance(goal.stage, RaiseEquivalent):
        levels = levels_of(goal.stage, goals.cells, goal.counted)
        for unit, level in enumerate(levels.tolist()):
            _row(model, goals, k, regret, level, np.eye(len(levels))[unit], goal.counted)


def _row(model: Projected, goals: Goals, k: int, regret: int, value: float, by_level: Floats, at: Floats) -> None:
    """Say that value + slope (counted - at) + gain regret >= best, in parts of the gain."""
    goal, gain = goals.goals[k], float(goals.gains[k])
    row = {code: s for s, code in enumerate(goals.cells.schools)}
    slope = np.zeros(len(row))
    if isinstance(goal.stage, RaiseEquivalent):
        for unit, each in zip(goal.stage.units, by_level.tolist(), strict=True):
            for code, part in unit.parts:
                slope[row[code]] += each * float(part)
    entries = np.concatenate([model.pooled, [regret]]).astype(np.int32)
    values = np.concatenate([slope * MONEY / gain, [1.0]])
    right = (goal.best - value + float(slope @ (at - goals.cuts.counted_local))) / gain
    used = np.flatnonzero(values)
    model.solver.add_row(right, np.inf, entries[used], values[used])


def _distance_row(model: Projected, stage: LowerDistance, regret: int, best: float, gain: float) -> None:
    """Hold the dollars of distance from targets: best + distance <= regret * gain."""
    row = {code: s for s, code in enumerate(model.cells.schools)}
    at = np.array([row[code] for code, _ in stage.targets], np.int64)
    goals = np.array([float(target) for _, target in stage.targets]) - model.cuts.counted_local[at]
    count = len(at)
    columns = model.solver.add_columns(2 * count)
    _, most = model.solver.bounds(model.pooled[at].astype(np.int64))
    ends = np.abs(goals) / MONEY + most + 1.0
    model.solver.set_bounds(columns.astype(np.int64), np.zeros(2 * count), np.tile(ends, 2))
    entries = np.column_stack([model.pooled[at].astype(np.int32), columns[:count], columns[count:]])
    model.solver.add_rows(goals / MONEY, goals / MONEY, entries, np.tile([1.0, 1.0, -1.0], (count, 1)))
    prices = np.repeat([float(stage.below), float(stage.above)], count) * MONEY / 100 / gain
    used = np.flatnonzero(prices)
    model.solver.add_row(
        -np.inf,
        -best / gain,
        np.concatenate([columns[used], [regret]]).astype(np.int32),
        np.concatenate([prices[used], [-1.0]]),
    )
