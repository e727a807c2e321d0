"""The mean of the lowest level over the worst draws, raised by a linear program whose rows are added when they are needed.

With u the level of a school in a draw: the highest t - (sum over draws of d) / (share * draws), where in every draw and for
every school d >= t - u and d >= 0 (Rockafellar and Uryasev 2000). Few schools are ever the lowest, so rows are added only
where a solution breaks them; what is left out can only make the bound too high, and at the end nothing is broken.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.problem.arrays import Floats
from equity_alloc.solver.projected import Projected
from equity_alloc.solver.proven import proven_bound
from equity_alloc.solver.rows import MONEY
from equity_alloc.solver.status import Solved

#: Levels inside the model are shares of a mean, and none is above this many of it.
SPAN = 1e4
#: A row that is broken by less, in shares of the mean level, is kept.
SAME = 1e-9
#: Rows added for a draw at once: the lowest schools.
AT_ONCE = 3
MOST_ROUNDS = 200


@dataclass(frozen=True, eq=False)
class Worst:
    """What was reached, in cents per unit of weight.

    Parameters
    ----------
    value, bound : float
        The bound is re-checked in exact integers from the prices alone.
    needed : ndarray, shape (n_schools,), pooled cents
        What each school must have for it; any plan with as much everywhere is as good.
    """

    value: float
    bound: float
    needed: Floats


def raise_worst_draws(model: Projected, weights: Floats, factors: Floats, share: float) -> Worst:
    """Return the best mean of the lowest level over the worst draws.

    Parameters
    ----------
    model : Projected
        Fresh; columns and rows are added.
    weights : ndarray, shape (n_schools,)
        Level weights; zero leaves a school out.
    factors : ndarray, shape (n_draws, n_schools)
        Pupils that come over pupils projected; zero leaves a school out of a draw.
    share : float
        Share of the draws that counts as the worst.

    Raises
    ------
    SolverFailed
        If a linear program ends without an optimum.
    """
    solver, cuts = model.solver, model.cuts
    draws = len(factors)
    mean = _mean(model, weights)
    size = weights[None, :] * factors * mean
    takes_part = size > 0
    per = np.where(takes_part, MONEY / np.where(takes_part, size, 1.0), 0.0)
    own = np.where(takes_part, cuts.counted_local / np.where(takes_part, size, 1.0), np.inf)
    columns = solver.add_columns(draws + 1)
    t, below = int(columns[0]), columns[1:]
    solver.set_bounds(columns.astype(np.int64), np.concatenate([[-1.0], np.zeros(draws)]), np.full(draws + 1, SPAN))
    cost = np.zeros(solver.n_columns)
    cost[t], cost[below] = 1.0, -1.0 / (share * draws)
    solver.set_objective(cost, maximize=True)
    has = np.zeros(factors.shape, bool)
    for _ in range(MOST_ROUNDS):
        solved = model.solve()
        if not solved.is_accepted:
            raise SolverFailed(f"Raising the worst draws ended without an answer: {solved.status.value}.")
        level = np.where(takes_part, solved.values[model.pooled][None, :] * per + own, np.inf)
        short = solved.values[t] - solved.values[below][:, None] - level
        short[has] = 0.0
        worst = np.argsort(-short, axis=1, kind="stable")[:, :AT_ONCE]
        added = [(o, s) for o in range(draws) for s in worst[o].tolist() if short[o, s] > SAME]
        if not added:
            return _read(model, solved, weights, factors, mean, share)
        rows, at = np.array(added).T
        has[rows, at] = True
        entries = np.column_stack([model.pooled[at], np.full(len(at), t), below[rows]]).astype(np.int32)
        values = np.column_stack([per[rows, at], np.full(len(at), -1.0), np.ones(len(at))])
        solver.add_rows(-own[rows, at], np.full(len(at), highspy.kHighsInf), entries, values)
    raise SolverFailed("Raising the worst draws did not come to an end.")


def _mean(model: Projected, weights: Floats) -> float:
    """Return the highest mean level, cents per unit of weight: what levels are measured by, so that none is far from one."""
    cost = np.zeros(model.solver.n_columns)
    cost[model.pooled] = weights > 0
    model.solver.set_objective(cost, maximize=True)
    solved = model.solve()
    if not solved.is_accepted:
        raise SolverFailed(f"Raising levels ended without an answer: {solved.status.value}.")
    counted = model.pooled_cents(solved) + model.cuts.counted_local
    return max(float(counted[weights > 0].sum()) / max(float(weights.sum()), 1e-12), 1e-9)


def _read(model: Projected, solved: Solved, weights: Floats, factors: Floats, mean: float, share: float) -> Worst:
    pooled = model.pooled_cents(solved)
    counted = pooled + model.cuts.counted_local
    size = weights[None, :] * factors
    takes_part = size > 0
    level = np.where(takes_part, counted[None, :] / np.where(takes_part, size, 1.0), np.inf)
    lowest = np.sort(level.min(1))
    parts = np.clip(share * len(factors) - np.arange(len(factors)), 0.0, 1.0)
    value = float(parts @ lowest) / float(parts.sum())
    bound = float(proven_bound(model.solver, solved)) * (1 + 1e-12) * mean
    # In the worst draws every school keeps the draw's lowest level; in the others the threshold is enough.
    threshold = float(lowest[int(np.flatnonzero(parts)[-1])])
    held = np.minimum(level.min(1), threshold)
    needed = np.where(takes_part, held[:, None] * size, 0.0).max(0) - model.cuts.counted_local
    return Worst(value, max(value, bound), np.minimum(np.maximum(needed, 0.0), np.maximum(pooled, 0.0)))
