"""Raise the lowest level, then the next, exactly and without a solver: filling within the cuts.

All schools rise together until some fund set is used up by what its schools must draw from it. Those that cannot rise
without it stop there; the others may go on, no longer touching that set. Each round closes at least one fund set. For
money that flows through funds under floors and ceilings the result is leximin, and at the same time best for every
index that prefers equality (least majorization; Veinott 1971, Fujishige 1980, Frank and Murota 2018).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.level_of_many import BLOCK, MANY, Columns, level_of_many, needed

#: Relative width below which two levels are the same; cents decide, so it is far below any step.
SAME = 1e-12


@dataclass(frozen=True, eq=False)
class Filled:
    """What filling reached.

    Parameters
    ----------
    pooled : ndarray, shape (n_schools,), cents
        Pooled dollars of each school.
    rounds : tuple of (float, int)
        Level at which each fund set was used up, and the set's index in the cuts; -1 where schools stop at their own
        ceilings.
    """

    pooled: Floats
    rounds: tuple[tuple[float, int], ...]


def fill(cuts: Cuts, weights: Floats) -> Filled:
    """Return the leximin levels of counted cents over weight.

    Parameters
    ----------
    cuts : Cuts
        Feasible.
    weights : ndarray, shape (n_schools,)
        Zero for schools without pupils; they stay at their lowest.

    Returns
    -------
    Filled
    """
    low = cuts.lowest.astype(float)
    high = np.maximum(cuts.highest, low)
    local, must, others = cuts.counted_local, cuts.must_pay, cuts.others_can
    budget = np.array(cuts.budget, float)
    pooled = low.copy()
    active = (weights > 0) & (high > low)
    open_sets = [i for i, g in enumerate(cuts.sets) if g]
    rounds: list[tuple[float, int]] = []
    while active.any():
        at = _all_or(active)
        rising = (weights[at], low[at], high[at], local[at])
        level, tight = np.inf, -1
        # The widest set is nearly always the tightest; of others only the few that need too much at its level are solved.
        for i in (*open_sets[-1:], *open_sets[:-1]):
            columns = Columns(*rising, must[i][at], others[i][at])
            own = _highest_level(columns, budget[i] - _drawn_by_others(active, must[i], pooled, others[i]), level)
            level, tight = min((level, tight), (own, i)) if np.isfinite(own) else (level, tight)
        if not np.isfinite(level):
            pooled[active] = high[active]
            rounds.append((np.inf, -1))
            break
        rounds.append((float(level), tight))
        reached = _Reached(weights, low, high, local, must[tight], others[tight])
        reached.stop(level, active, pooled)
        open_sets.remove(tight)
        if not active.any():
            break
        # Schools that go on may no longer draw on the set that is used up.
        high = np.where(active, np.minimum(high, np.maximum(must[tight] + others[tight], low)), high)
        done = active & (high <= low)
        pooled[done] = high[done]
        active &= ~done
    return Filled(pooled, tuple(rounds))


@dataclass(frozen=True, eq=False)
class _Reached:
    """What decides who stops at a level at which a fund set is used up; each of shape (n_schools,)."""

    weights: Floats
    low: Floats
    high: Floats
    local: Ints
    must: Ints
    others: Ints

    def stop(self, level: float, active: NDArray[np.bool_], pooled: Floats) -> None:
        """Write down the money of those who stop, and take them out of those who rise."""
        # Block by block: what is worked on stays in the processor's own memory.
        for first in range(0, len(active), BLOCK):
            at = slice(first, first + BLOCK)
            rising, high = active[at], self.high[at]
            stand = self.weights[at] * level
            stand -= self.local[at]
            np.maximum(stand, self.low[at], out=stand)
            np.minimum(stand, high, out=stand)
            stops = stand >= high
            stops |= stand * (1 + SAME) >= self.must[at] + self.others[at]
            stops &= rising
            np.copyto(pooled[at], stand, where=stops)
            rising &= ~stops


def _all_or(mask: NDArray[np.bool_]) -> NDArray[np.bool_] | slice:
    """Return a mask, or a slice where it leaves nobody out: a view costs nothing where a mask copies every column."""
    return slice(None) if mask.all() else mask


def _drawn_by_others(active: NDArray[np.bool_], must: Ints, pooled: Floats, others: Ints) -> float:
    """Return what schools that rise no longer draw from a fund set."""
    if active.all():
        return 0.0
    return float(np.maximum(must, pooled - others)[~active].sum())


def _highest_level(columns: Columns, budget: float, below: float) -> float:
    """Return the level at which the needs of the rising schools use up the budget, or infinity if that is not below."""
    if np.isfinite(below) and needed(columns, below) < budget * (1 - SAME):
        return np.inf
    if len(columns.weights) >= MANY:
        return level_of_many(columns, budget)
    weights, high, local = columns.weights, columns.high, columns.local
    base = float(np.maximum(columns.must, columns.low - columns.others).sum())
    work = np.maximum(columns.low, columns.must + columns.others)
    span = high - work
    rising = span > 0
    if not rising.any():
        return np.inf
    at = _all_or(rising)
    weights, span = weights[at], span[at]
    if base + span.sum() <= budget:
        return np.inf
    begin = (work[at] + local[at]) / weights
    end = (high[at] + local[at]) / weights
    points = np.concatenate([begin, end])
    slopes = np.concatenate([weights, -weights])
    order = np.argsort(points, kind="stable")
    points, slope = points[order], np.cumsum(slopes[order])
    need = base + np.concatenate([[0.0], np.cumsum(slope[:-1] * np.diff(points))])
    k = max(0, int(np.searchsorted(need, budget, side="right")) - 1)
    return float(points[k] + max(0.0, budget - need[k]) / slope[k]) if slope[k] > 0 else float(points[k])
