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
Ints = NDArray[np.int64]

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
    low = cuts.lowest.astype(float)
    high = np.maximum(cuts.highest, low)
    local, must, others = cuts.counted_local, cuts.must_pay, cuts.others_can
    budget = np.array(cuts.budget, float)
    pooled = low.copy()
    stopped = np.full(len(low), -1, np.int64)
    active = (weights > 0) & (high > low)
    open_sets = [i for i, g in enumerate(cuts.sets) if g]
    rounds: list[tuple[float, int]] = []
    while active.any():
        at = _all_or(active)
        levels = [
            (
                _highest_level(
                    budget[i] - _drawn_by_others(active, must[i], pooled, others[i]),
                    weights[at],
                    low[at],
                    high[at],
                    local[at],
                    must[i][at],
                    others[i][at],
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
        stand = weights * level
        stand -= local
        np.maximum(stand, low, out=stand)
        np.minimum(stand, high, out=stand)
        full = active & (stand >= high)
        drawing = stand * (1 + SAME) >= must[tight] + others[tight]
        drawing &= active
        drawing &= ~full
        stops = full | drawing
        np.copyto(pooled, stand, where=stops)
        stopped[drawing] = tight
        rounds.append((float(level), tight))
        active &= ~stops
        open_sets.remove(tight)
        if not active.any():
            break
        # Schools that go on may no longer draw on the set that is used up.
        high = np.where(active, np.minimum(high, np.maximum(must[tight] + others[tight], low)), high)
        done = active & (high <= low)
        pooled[done] = high[done]
        active &= ~done
    return Filled(pooled, tuple(rounds), stopped)


def _all_or(mask: NDArray[np.bool_]) -> NDArray[np.bool_] | slice:
    """Return a mask, or a slice where it leaves nobody out: a view costs nothing where a mask copies every column."""
    return slice(None) if mask.all() else mask


def _drawn_by_others(active: NDArray[np.bool_], must: Ints, pooled: Floats, others: Ints) -> float:
    """Return what schools that rise no longer draw from a fund set."""
    if active.all():
        return 0.0
    return float(np.maximum(must, pooled - others)[~active].sum())


def _highest_level(
    budget: float, weights: Floats, low: Floats, high: Floats, local: Ints, must: Ints, others: Ints
) -> float:
    """Return the level at which the needs of the rising schools use up the budget, or infinity."""
    # One column is worked on over and over: for very many schools a fresh one costs more than the arithmetic in it.
    work = low - others
    np.maximum(must, work, out=work)
    base = float(work.sum())
    np.add(must, others, out=work)
    np.maximum(low, work, out=work)
    span = high - work
    rising = span > 0
    if not rising.any():
        return np.inf
    at = _all_or(rising)
    weights, span = weights[at], span[at]
    if base + span.sum() <= budget:
        return np.inf
    begin = work[at]
    begin += local[at]
    begin /= weights
    if len(begin) >= MANY:
        span /= weights
        return level_by_steps(begin, span, weights, float(budget - base))
    end = (high[at] + local[at]) / weights
    points = np.concatenate([begin, end])
    slopes = np.concatenate([weights, -weights])
    order = np.argsort(points, kind="stable")
    points, slope = points[order], np.cumsum(slopes[order])
    need = base + np.concatenate([[0.0], np.cumsum(slope[:-1] * np.diff(points))])
    k = max(0, int(np.searchsorted(need, budget, side="right")) - 1)
    return float(points[k] + max(0.0, budget - need[k]) / slope[k]) if slope[k] > 0 else float(points[k])
