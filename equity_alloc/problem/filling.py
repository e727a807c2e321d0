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

from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.level_by_steps import MANY, level_by_steps

Floats = NDArray[np.float64]

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
    stopped_by : ndarray, shape (n_schools,)
        Index of the fund set that stopped each school, -1 for its own ceiling.
    """

    pooled: Floats
    rounds: tuple[tuple[float, int], ...]
    stopped_by: NDArray[np.int64]


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
    low, high = cuts.lowest.astype(float), np.maximum(cuts.highest, cuts.lowest).astype(float)
    local = cuts.counted_local.astype(float)
    must, others = cuts.must_pay.astype(float), cuts.others_can.astype(float)
    budget = np.array(cuts.budget, float)
    pooled = low.copy()
    stopped = np.full(len(low), -1, np.int64)
    active = (weights > 0) & (high > low)
    open_sets = [i for i, g in enumerate(cuts.sets) if g]
    rounds: list[tuple[float, int]] = []
    while active.any():
        levels = [
            (
                _highest_level(
                    budget[i] - np.maximum(must[i], pooled - others[i])[~active].sum(),
                    weights[active],
                    low[active],
                    high[active],
                    local[active],
                    must[i][active],
                    others[i][active],
                ),
                i,
            )
            for i in open_sets
        ]
        level, tight = min(levels, default=(np.inf, -1))
        if not np.isfinite(level):
            pooled[active] = high[active]
            rounds.append((np.inf, -1))
            break
        at = np.clip(weights * level - local, low, high)
        full = active & (at >= high)
        drawing = active & ~full & (at >= must[tight] + others[tight] - SAME * np.abs(at))
        pooled[full | drawing] = at[full | drawing]
        stopped[drawing] = tight
        rounds.append((float(level), tight))
        active &= ~(full | drawing)
        open_sets.remove(tight)
        # Schools that go on may no longer draw on the set that is used up.
        high = np.where(active, np.minimum(high, np.maximum(must[tight] + others[tight], low)), high)
        done = active & (high <= low)
        pooled[done] = high[done]
        active &= ~done
    return Filled(pooled, tuple(rounds), stopped)


def _highest_level(
    budget: float, weights: Floats, low: Floats, high: Floats, local: Floats, must: Floats, others: Floats
) -> float:
    """Return the level at which the needs of the rising schools use up the budget, or infinity."""
    start = np.maximum(low, must + others)
    rising = high > start
    base = np.maximum(must, low - others).sum()
    if not rising.any():
        return np.inf
    if base + (high - start)[rising].sum() <= budget:
        return np.inf
    begin = (start[rising] + local[rising]) / weights[rising]
    end = (high[rising] + local[rising]) / weights[rising]
    if len(begin) >= MANY:
        return level_by_steps(begin, end - begin, weights[rising], float(budget - base))
    points = np.concatenate([begin, end])
    slopes = np.concatenate([weights[rising], -weights[rising]])
    order = np.argsort(points, kind="stable")
    points, slope = points[order], np.cumsum(slopes[order])
    need = base + np.concatenate([[0.0], np.cumsum(slope[:-1] * np.diff(points))])
    k = max(0, int(np.searchsorted(need, budget, side="right")) - 1)
    return float(points[k] + max(0.0, budget - need[k]) / slope[k]) if slope[k] > 0 else float(points[k])
