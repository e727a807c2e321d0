"""From fractions to posts that can be advertised: the one place where a plan is rounded.

School by school, the fractional plan is moved to its nearest steps, and then to the combination of few further steps
that comes closest to the school's dollars without passing them, moves the fewest posts, and overdraws no fund set.
Non-staff lines take up the rest to the cent, within their own bounds. Money that one school cannot use in whole steps
is offered to the schools that were left furthest below.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from equity_alloc.problem.cells import Cells, Ints
from equity_alloc.problem.cuts import Cuts

Floats = NDArray[np.float64]

#: How many combinations are tried against the fund sets before a school is given up.
TRIES = 400

#: Part of a cent below which two amounts are the same.
SAME = 1e-6


@dataclass(frozen=True, eq=False)
class Wanted:
    """What the fractional plan says.

    Parameters
    ----------
    amounts : ndarray, shape (n_schools, n_items), hundredths of FTE or cents
    pooled : ndarray, shape (n_schools,), cents
        The dollars to come close to.
    tolerance : ndarray, shape (n_schools,), cents
        How far below them is still good; within it, fewer moves decide.
    base : ndarray, shape (n_schools, n_items)
        Where changes are counted from.
    best : ndarray, shape (n_schools,), cents
        What each school would have without the tolerance; money left over goes there first.
    """

    amounts: Floats
    pooled: Floats
    tolerance: Floats
    base: Ints
    best: Floats


def round_plan(cells: Cells, cuts: Cuts, wanted: Wanted) -> Ints | None:
    """Return amounts on their steps that keep every bound and fund set, or None where this search finds none.

    Returns
    -------
    ndarray, shape (n_schools, n_items), or None
    """
    search = _Search(cells, cuts, wanted)
    goals = wanted.pooled.tolist()
    late = [s for s in range(len(cells.schools)) if not search.place(s, goals[s])]
    for s in late:
        if not (search.place(s, goals[s], wide=True) or search.place(s, goals[s], wide=True, above=True)):
            search.make_room(s, goals[s])
            if not search.place(s, goals[s], wide=True, above=True):
                return None
    below = wanted.pooled - search.pooled
    size = np.maximum(wanted.tolerance, 1.0)
    for s in sorted(np.flatnonzero(below > size).tolist(), key=lambda s: (-below[s] / size[s], cells.schools[s])):
        search.place(s, goals[s], above=True)
    short = (wanted.best - search.pooled) / size
    for s in sorted(np.flatnonzero(short > 0).tolist(), key=lambda s: (-short[s], cells.schools[s])):
        search.top_up(s)
    return search.amounts


class _Search:
    """The state of the walk over schools: amounts so far, and what each fund set still has."""

    def __init__(self, cells: Cells, cuts: Cuts, wanted: Wanted) -> None:
        self.cells, self.cuts, self.wanted = cells, cuts, wanted
        self.n = cells.n_positions
        self.amounts = np.zeros_like(cells.least)
        self.used = cuts.used.sum(1)
        self.pooled = np.zeros(len(cells.schools))
        self.needs = np.array(
            [self._needs(s, wanted.amounts[s] * cells.price / 100) for s in range(len(cells.schools))]
        )
        self.left = np.array(cuts.budget, float) - self.needs.sum(0)

    def place(self, s: int, pooled: float, *, above: bool = False, wide: bool = False) -> bool:
        """Choose the posts and lines of one school; keep what it has if nothing better fits.

        `above` lets it pass its dollars by what the fund sets have left; `wide` tries larger moves.
        """
        for staff, line_total in self._candidates(s, pooled, above=above, wide=wide):
            unused = self._unused(s, staff, line_total)
            if unused and line_total - unused < self.cells.least[s, self.n :].sum():
                continue
            amounts = self._whole(s, staff, line_total - unused)
            needs = self._needs(s, (amounts * self.cells.price // 100).astype(float))
            if (needs <= self.needs[s] + np.maximum(self.left, 0.0) + 0.5).all():
                self.left += self.needs[s] - needs
                self.needs[s] = needs
                self.amounts[s] = amounts
                self.pooled[s] = float((amounts * self.cells.price // 100).sum() - self.used[s] + unused)
                return True
        return False

    def _unused(self, s: int, posts: Ints, line_total: int) -> int:
        """Return the cents of the school's own shares that its posts in whole steps leave unused."""
        cells = self.cells
        cost = self._whole(s, posts, line_total) * cells.price // 100
        worst = 0
        for members in range(1, 1 << len(cells.local)):
            held = _held(self.cuts.used[s], members)
            worst = max(worst, held - int(cost[(cells.local_mask[s] & members) > 0].sum()))
        return worst

    def make_room(self, s: int, pooled: float) -> None:
        """Let the schools with the most room above their floors give up what one school needs in whole steps."""
        options = self._candidates(s, pooled, above=True, wide=True, allowance=float(self.cells.step_cents.max()))
        if not options:
            return
        posts, lines = options[0]
        missing = int((posts * self.cells.price[: self.n] // 100).sum()) + lines - int(self.used[s]) - pooled
        room = self.pooled - self.cuts.lowest
        for donor in sorted(np.flatnonzero(self.pooled > 0).tolist(), key=lambda d: (-room[d], self.cells.schools[d])):
            if self.left[-1] >= missing:
                return
            if donor != s and room[donor] > missing:
                self.place(donor, float(self.pooled[donor]) - missing)

    def top_up(self, s: int) -> None:
        """Give a school that is below its best what the fund sets have left, through its non-staff lines."""
        n = self.n
        room = self.cells.most[s, n:] - self.amounts[s, n:]
        # The last part of a cent is rounded up: largest remainder first, because the widest gap is served first.
        wish = int(np.ceil(min(self.wanted.best[s], self.cuts.highest[s]) - self.pooled[s] - SAME))
        extra = min(wish, int(room.sum()), int(self.left[-1] + SAME))
        if extra <= 0:
            return
        amounts = self.amounts[s].copy()
        amounts[n:] += _spread(extra, room)
        needs = self._needs(s, (amounts * self.cells.price // 100).astype(float))
        if (needs <= self.needs[s] + np.maximum(self.left, 0.0) + SAME).all():
            self.left += self.needs[s] - needs
            self.needs[s], self.amounts[s] = needs, amounts
            self.pooled[s] += extra

    def _candidates(
        self, s: int, pooled: float, *, above: bool, wide: bool, allowance: float = 0.0
    ) -> list[tuple[Ints, int]]:
        """Return (posts, dollars of lines) in order of preference."""
        cells, n = self.cells, self.n
        moves = _moves(n, wide)
        low_lines, high_lines = int(cells.least[s, n:].sum()), int(cells.most[s, n:].sum())
        lowest, highest = int(self.cuts.lowest[s] + self.used[s]), int(self.cuts.highest[s] + self.used[s])
        goal = min(int(np.floor(pooled + SAME)) + int(self.used[s]), highest)
        ceiling = min(highest, goal + int(max(0.0, self.left[-1], allowance))) if above else goal
        start = self._nearest(s)
        staff = int((start * cells.price[:n] // 100).sum()) + moves @ cells.step_cents[:n]
        total = np.minimum(staff + high_lines, max(goal, lowest))
        total = np.maximum(total, staff + low_lines)
        fits = np.flatnonzero((total >= lowest) & (total <= max(ceiling, lowest)))
        if not len(fits):
            return []
        posts = start + moves[fits] * cells.step[:n]
        kept = ((posts >= cells.least[s, :n]) & (posts <= cells.most[s, :n])).all(1)
        kept &= ((posts == 0) | (posts >= cells.smallest[:n])).all(1)
        fits, posts = fits[kept], posts[kept]
        off = np.abs(total[fits] - goal).astype(float)
        moved = np.abs(posts - self.wanted.base[s, :n]).sum(1) / 100
        missed = np.where(off <= self.wanted.tolerance[s], 0.0, off)
        order = np.lexsort((np.arange(len(fits)), off, moved, missed))[:TRIES]
        return [(posts[k], int(total[fits[k]] - staff[fits[k]])) for k in order.tolist()]

    def _nearest(self, s: int) -> Ints:
        cells, n = self.cells, self.n
        step = cells.step[:n]
        nearest = np.floor(self.wanted.amounts[s, :n] / step + 0.5).astype(np.int64) * step
        nearest = np.where((nearest > 0) & (nearest < cells.smallest[:n]), cells.smallest[:n], nearest)
        clipped: Ints = np.clip(nearest, cells.least[s, :n], cells.most[s, :n])
        return clipped

    def _whole(self, s: int, posts: Ints, line_total: int) -> Ints:
        """Return the school's row: posts, and lines that share the rest from last year within their bounds."""
        n = self.n
        low, high = self.cells.least[s, n:].copy(), self.cells.most[s, n:]
        lines = np.clip(self.wanted.base[s, n:], low, high)
        rest = line_total - int(lines.sum())
        room = high - lines if rest > 0 else lines - low
        lines = lines + np.sign(rest) * _spread(abs(rest), room)
        return np.concatenate([posts, lines])

    def _needs(self, s: int, cost: Floats) -> Floats:
        """Return what each fund set must pay for a school's cells after its own shares have paid what they can."""
        cells = self.cells
        needs = np.zeros(len(self.cuts.sets))
        for members in range(1 << len(cells.local)):
            held = float(_held(self.cuts.used[s], members))
            mine = (cells.local_mask[s] & ~members) == 0
            for index, funds in enumerate(self.cuts.sets):
                inside = mine & ((cells.pooled_mask[s] & ~funds) == 0)
                needs[index] = max(needs[index], float(cost[inside].sum()) - held)
        return needs


def _held(shares: Ints, members: int) -> int:
    return sum(int(share) for f, share in enumerate(shares) if members >> f & 1)


def _spread(amount: int, room: Ints) -> Ints:
    """Share an amount over lines in proportion to their room, to the cent, first line first for the remainder."""
    total = int(room.sum())
    if amount == 0 or total == 0:
        return np.zeros_like(room)
    shares = np.array([amount * int(r) // total for r in room], np.int64)
    for k in range(len(room)):
        more = min(amount - int(shares.sum()), int(room[k] - shares[k]))
        shares[k] += max(0, more)
    return shares


_NEAR = ((1, 2), (2, 2), (3, 1))
_WIDE = ((1, 8), (2, 6), (3, 2), (4, 1))


@cache
def _moves(n_positions: int, wide: bool) -> Ints:
    """Return the tried combinations of steps: so many positions at once, each by up to so many steps."""
    rows = [np.zeros(n_positions, np.int64)]
    for size, reach in _WIDE if wide else _NEAR:
        deltas = [delta for delta in range(-reach, reach + 1) if delta]
        for chosen in combinations(range(n_positions), size):
            for delta in product(deltas, repeat=size):
                row = np.zeros(n_positions, np.int64)
                row[list(chosen)] = delta
                rows.append(row)
    return np.array(rows, np.int64).reshape(len(rows), n_positions)
