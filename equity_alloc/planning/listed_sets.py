"""The step sets that schools list before one is chosen for each: nearest to their dollars, and with the fewest moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from equity_alloc.planning.choices import Chooser
from equity_alloc.planning.tries import FIRST, Tries
from equity_alloc.planning.wanted import Wanted
from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.leasts import least_sets

#: Step sets that each school lists for nearness; those with the fewest moves come on top.
NEAREST = 56
#: Schools whose step sets are worked out together.
BLOCK = 64
#: Cents per unit of weight: a school of which no set stands nearer to its best is listed once more.
FAR = 10.0
#: Part of a cent that is rounding.
SAME = 1e-3


@dataclass(frozen=True, eq=False)
class StepSets:
    """The step sets of all schools; arrays over them begin with the shape (n_schools, n_sets).

    Parameters
    ----------
    amounts : ndarray, shape (n_schools, n_sets, n_items)
    draws : ndarray, shape (n_schools, n_sets, n_limits)
        What a set takes of what schools share: cents of each fund set that can be overdrawn, and less what it gives to
        funds that must pay a least.
    limits : ndarray, shape (n_limits,)
    size : ndarray, shape (n_limits,)
        How much one school's sets differ in what they draw; what lacks is counted in it.
    money : int
        Which limit is all pooled money together.
    below : ndarray, cents per unit of weight
        How far below its best level a school stands; zero at it or above, infinite where a set is not allowed.
    best : ndarray, shape (n_schools,), cents per unit of weight
        The best levels; infinite for schools without one.
    moved : ndarray, hundredths of FTE
    """

    amounts: Ints
    draws: Floats
    limits: Floats
    size: Floats
    money: int
    below: Floats
    best: Floats
    moved: Floats

    def with_moves(self) -> StepSets:
        """Return the sets with the posts moved as one more limit, the last, which holds nothing yet."""
        draws = np.concatenate([self.draws, self.moved[:, :, None]], axis=2)
        size = _size(draws, np.isfinite(self.below))
        return replace(self, draws=draws, limits=np.append(self.limits, np.inf), size=size)


def list_step_sets(
    cells: Cells, cuts: Cuts, wanted: Wanted, weights: Floats, *, with_few_moves: bool
) -> StepSets | None:
    """Return the step sets around the fractional plan; None where a school has none.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    wanted : Wanted
    weights : ndarray, shape (n_schools,)
    with_few_moves : bool
        List also those that move fewest posts within the tolerance that `wanted` has.
    """
    listed = _listed(cells, cuts, wanted, np.arange(len(cells.schools)), with_few_moves=with_few_moves)
    if not listed.allowed.any(1).all():
        return None
    below = _below(listed, wanted.best, weights)
    far = np.flatnonzero(below.min(1) > FAR)
    if len(far):
        # A school at its own ceiling may need many kinds of posts moved together: once more, around its nearest set.
        around = wanted.amounts.copy()
        around[far] = listed.amounts[far, below[far].argmin(1)]
        again = _listed(cells, cuts, replace(wanted, amounts=around), far, with_few_moves=with_few_moves)
        nearer = _below(again, wanted.best[far], weights[far]).min(1) < below[far].min(1)
        for each, other in zip(listed, again, strict=True):
            each[far[nearer]] = other[nearer]
        below = _below(listed, wanted.best, weights)
    amounts, needs, gives, _, allowed = listed
    n = cells.n_positions
    best = np.where(weights > 0, (wanted.best + cuts.counted_local) / np.maximum(weights, 1.0), np.inf)
    moved = np.abs(amounts[:, :, :n] - wanted.base[:, None, :n]).sum(2).astype(float)
    budget = np.array(cuts.budget, float)
    can_lack = np.where(allowed[:, :, None], needs, 0.0).max(1).sum(0) > budget
    can_lack[-1] = True
    draws = np.concatenate([needs[:, :, can_lack], -gives], axis=2)
    limits = np.concatenate([budget[can_lack], -np.array([least for _, least in least_sets(cells)], float)])
    return StepSets(amounts, draws, limits, _size(draws, allowed), int(can_lack.sum()) - 1, below, best, moved)


class _Listed(NamedTuple):
    """Step sets of some schools and what they come to; each begins with the shape (n_schools, n_sets)."""

    amounts: Ints
    needs: Floats
    gives: Floats
    pooled: Ints
    allowed: NDArray[np.bool_]


def _listed(cells: Cells, cuts: Cuts, wanted: Wanted, schools: Ints, *, with_few_moves: bool) -> _Listed:
    """Return the step sets of some schools nearest to their dollars, and with the fewest moves if asked for."""
    tries = Tries(cells, cuts, wanted)
    chooser, n = Chooser(cells, cuts, tries), cells.n_positions
    count = NEAREST + (FIRST if with_few_moves else 0)
    parts = []
    for first in range(0, len(schools), BLOCK):
        some = schools[first : first + BLOCK]
        posts = np.zeros((len(some), count, n), np.int64)
        lines, ceilings, is_listed = np.zeros((len(some), count), np.int64), [], np.zeros((len(some), count), bool)
        for k, s in enumerate(some.tolist()):
            goals = tries.goals(s, float(wanted.best[s]))
            goals = goals._replace(ceiling=int(cuts.highest[s]) + int(tries.used[s]))
            ceilings.append(goals.ceiling)
            few = islice(tries.ordered(s, goals), int(with_few_moves))
            tried = [tries.nearest(s, goals, NEAREST), *few]
            here = slice(0, sum(len(each.posts) for each in tried))
            posts[k, here] = np.concatenate([each.posts for each in tried])
            lines[k, here] = np.concatenate([each.line_totals for each in tried])
            is_listed[k, here] = True
        found = chooser.of(some, posts, lines, np.array(ceilings))
        parts.append((found.amounts, found.needs, found.gives, found.pooled, found.allowed & is_listed))
    return _Listed(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _below(listed: _Listed, best: Floats, weights: Floats) -> Floats:
    """Return how far below its best level each set leaves its school; infinite where a set is not allowed."""
    below = np.maximum(0.0, np.floor(best + SAME)[:, None] - listed.pooled) / np.maximum(weights, 1.0)[:, None]
    return np.where(listed.allowed, np.where(weights[:, None] > 0, below, 0.0), np.inf)


def _size(draws: Floats, allowed: NDArray[np.bool_]) -> Floats:
    """Return how much one school's allowed sets differ in each draw; one where they do not."""
    high = np.where(allowed[:, :, None], draws, -np.inf).max(1)
    low = np.where(allowed[:, :, None], draws, np.inf).min(1)
    spread: Floats = (high - low).mean(0)
    return np.where(spread > 0, spread, 1.0)
