"""Whole posts for all schools at once: each takes one of many step sets, and the worst stands as near to its best as can be.

The walk over schools serves one school after the other, so what the first ones take in whole steps the last ones lack.
Here every school first lists the step sets nearest to its dollars. For a distance below the best levels each school takes
the set that draws least on the funds and is within it; the smallest distance at which all fit into what funds hold is
found by halving. Where moves may be saved within a tolerance, the fewest are sought in the same way, and then the smallest
distance at no more moves.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from equity_alloc.planning.listed_sets import StepSets, list_step_sets
from equity_alloc.planning.wanted import Wanted
from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts

Places = NDArray[np.intp]

#: Times that what lacks is made dearer, and swaps that are tried after it, before a distance is given up.
ROUNDS, SWAPS = 10, 60
#: How fast what lacks becomes dearer.
DEARER, FIRST_PRICE, LEAST_PRICE = 0.5, 1e-2, 1e-6
#: Halvings of the number of posts that may move.
HALVINGS = 10
#: Cents per weighted pupil: distances below the best are told apart by no less.
FINE = 1e-6


def choose_step_sets(
    cells: Cells, cuts: Cuts, wanted: Wanted, weights: Floats, tolerance: float = 0.0
) -> tuple[Ints, Ints] | None:
    """Return amounts of which the worst school is as near to its best level as the listed step sets allow.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
        Without limits over several schools.
    wanted : Wanted
        `best` are the pooled cents to come near to; step sets around `amounts` are listed.
    weights : ndarray, shape (n_schools,)
        Zero for schools that have no level.
    tolerance : float, cents per unit of weight
        Within it the fewest moves are sought first.

    Returns
    -------
    two of ndarray, shape (n_schools, n_items), or None
        The amounts, and those of the highest lowest level before any move is saved. None where no choice of listed step
        sets was found that fits; that proves nothing.
    """
    sets = list_step_sets(cells, cuts, wanted, weights, with_few_moves=tolerance > 0)
    if sets is None:
        return None
    choice = Choice(sets)
    lowest = choice.highest_lowest()
    if lowest is None:
        return None
    choice.most = np.maximum(choice.nearest, sets.best - lowest[1])
    at, distance = choice.smallest_distance() or (lowest[0], np.inf)
    if tolerance > distance:
        choice = Choice(sets.with_moves())
        at = choice.fewest_moves(at, tolerance)
        nearer = choice.smallest_distance(tolerance)
        at = at if nearer is None else nearer[0]
    at = choice.raised(at)
    return sets.amounts[choice.rows, at], sets.amounts[choice.rows, lowest[0]]


class Choice:
    """Chooses one listed set for every school, so that what they draw on together is enough.

    Parameters
    ----------
    sets : StepSets
        With a set that is allowed at every school.
    """

    def __init__(self, sets: StepSets) -> None:
        self.sets, self.limits = sets, sets.limits.copy()
        self.rows = np.arange(len(sets.below))
        self.nearest = sets.below.min(1)
        self.most = np.full(len(sets.below), np.inf)
        self.prices = np.full(sets.draws.shape[2], FIRST_PRICE)
        self.prices[sets.money] = 1.0

    def highest_lowest(self) -> tuple[Places, float] | None:
        """Return sets with the highest lowest level, and hold all to it from here on; None where none were found."""
        has_level = np.isfinite(self.sets.best)
        lowest = self.sets.best[has_level, None] - self.sets.below[has_level]
        levels = -np.unique(-lowest[np.isfinite(lowest) & (lowest <= lowest.max(1).min())])
        return self._first(levels, lambda level: self.within(np.maximum(self.nearest, self.sets.best - level)))

    def smallest_distance(self, most: float = np.inf) -> tuple[Places, float] | None:
        """Return the sets of which the worst school stands nearest to its best, and how far; None where none were found.

        Schools of which every set is further away are at their nearest.
        """
        below = self.sets.below
        distances = np.unique(np.append(below[np.isfinite(below) & (below <= most)], 0.0))
        return self._first(distances, lambda distance: self.within(np.maximum(self.nearest, distance)))

    def _first(self, asked: Floats, ask: Callable[[float], Places | None]) -> tuple[Places, float] | None:
        """Return the first answer to a question that is the easier the later it is asked, by halving."""
        found, low, high = None, 0, len(asked) - 1
        while low <= high:
            middle = (low + high) // 2
            at = ask(float(asked[middle]))
            if at is None:
                low = middle + 1
            else:
                found, high = (at, float(asked[middle])), middle - 1
        return found

    def fewest_moves(self, at: Places, distance: float) -> Places:
        """Return the sets within a distance that move fewest posts, and hold all to as many from here on."""
        moved = self.sets.moved
        limit = np.maximum(self.nearest, distance)
        closed = self._closed(limit)
        low, high = float(np.where(closed, np.inf, moved).min(1).sum()), float(moved[self.rows, at].sum())
        self.limits[-1] = high
        for _ in range(HALVINGS):
            if high - low < 1.0:
                break
            self.limits[-1] = (low + high) / 2
            found = self.within(limit)
            if found is None:
                low = self.limits[-1]
            else:
                at, high = found, float(moved[self.rows, found].sum())
        self.limits[-1] = high
        return at

    def within(self, limit: Floats) -> Places | None:
        """Return sets that fit with no school further below its best than its limit; None where none were found."""
        closed = self._closed(limit)
        draws, limits = self.sets.draws, self.limits
        best, least = None, np.inf
        for _ in range(ROUNDS):
            cost = draws @ (self.prices / self.sets.size)
            cost[closed] = np.inf
            at: Places = cost.argmin(1)
            over = (draws[self.rows, at].sum(0) - limits) / self.sets.size
            lacking = float(np.maximum(over, 0.0).sum())
            if lacking <= 0.0:
                return at
            if len(limits) == 1:
                return None
            if lacking < least:
                best, least = at, lacking
            self.prices *= np.exp(DEARER * np.clip(over / np.sqrt(len(at)), -1.0, 1.0))
            self.prices = np.maximum(self.prices / self.prices.max(), LEAST_PRICE)
        return None if best is None else self._swapped(best, closed)

    def _closed(self, limit: Floats) -> NDArray[np.bool_]:
        """Return the sets that are not allowed, or below a limit or below what all are held to."""
        closed: NDArray[np.bool_] = self.sets.below > np.minimum(limit, self.most)[:, None] + FINE
        return closed | np.isinf(self.sets.below)

    def _swapped(self, at: Places, closed: NDArray[np.bool_]) -> Places | None:
        """Return sets that fit, one school's exchanged after the other; None where no exchange makes less lack."""
        at, size = at.copy(), self.sets.size
        draws, limits = self.sets.draws / size, self.limits / size
        total = draws[self.rows, at].sum(0)
        for _ in range(SWAPS):
            lacking = np.maximum(total - limits, 0.0).sum()
            if lacking <= 0.0:
                return at
            after = np.maximum(draws - draws[self.rows, at][:, None] + (total - limits), 0.0).sum(2)
            after[closed] = np.inf
            s, k = np.unravel_index(int(after.argmin()), after.shape)
            if after[s, k] >= lacking:
                return None
            total += draws[s, k] - draws[s, at[s]]
            at[s] = k
        return None

    def raised(self, at: Places) -> Places:
        """Return the sets with what is left spent on the schools furthest below, the furthest first."""
        sets, at = self.sets, at.copy()
        left = self.limits - sets.draws[self.rows, at].sum(0)
        for s in np.argsort(-sets.below[self.rows, at], kind="stable").tolist():
            own, below = sets.draws[s] - sets.draws[s, at[s]], sets.below[s]
            better = np.flatnonzero((own <= left).all(1) & (below < below[at[s]] - FINE))
            if len(better):
                order = np.lexsort((sets.moved[s, better], own[better, sets.money], below[better]))
                new = int(better[order[0]])
                left -= own[new]
                at[s] = new
        return at
