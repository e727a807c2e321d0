"""From fractions to posts that can be advertised: the one place where a plan is rounded.

School by school, the fractional plan is moved to its nearest steps, and then to the combination of few further steps
that comes closest to the school's dollars without passing them, moves the fewest posts, and overdraws no fund set.
Non-staff lines take up the rest to the cent, within their own bounds. Money that one school cannot use in whole steps
is offered to the schools that were left furthest below.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from equity_alloc.planning.further_steps import NEAR, WIDE, FurtherSteps, further_steps
from equity_alloc.planning.school_lines import SchoolLines, spread
from equity_alloc.problem.cells import Cells, Ints
from equity_alloc.problem.coupling import Together, is_kept
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.funding import Funding

Floats = NDArray[np.float64]

#: How many combinations are tried against the fund sets before a school is given up.
TRIES = 400

#: Combinations whose needs are computed together.
AT_ONCE = 4

#: More hundredths than any school moves.
OUTSIDE = 10**12

#: Cents by which a school may pass its dollars because its own shares cannot be used to the last of them.
CENTS = 100

#: Part of a cent below which two amounts are the same; wider than the last digits of a solver.
SAME = 1e-3


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
    is_whole : bool
        The posts are in their steps already and stay as they are; only money is rounded.
    """

    amounts: Floats
    pooled: Floats
    tolerance: Floats
    base: Ints
    best: Floats
    is_whole: bool = False


def round_plan(cells: Cells, cuts: Cuts, wanted: Wanted) -> Ints | None:
    """Return amounts on their steps that keep every bound and fund set, or None where this search finds none.

    Returns
    -------
    ndarray, shape (n_schools, n_items), or None
    """
    found = _walk(cells, cuts, wanted)
    if found is None:
        # Lines near last year's may ask too much of a restricted fund; the fractional plan's lines do not.
        base = wanted.base.copy()
        n = cells.n_positions
        base[:, n:] = np.floor(wanted.amounts[:, n:] + SAME)
        found = _walk(cells, cuts, replace(wanted, base=base))
    return found


def _walk(cells: Cells, cuts: Cuts, wanted: Wanted) -> Ints | None:
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
    if cells.is_coupled and not is_kept(cells, search.amounts, search.counted):
        return None
    return search.amounts


class _Search:
    """The state of the walk over schools: amounts so far, and what each fund set still has."""

    def __init__(self, cells: Cells, cuts: Cuts, wanted: Wanted) -> None:
        self.cells, self.cuts, self.wanted = cells, cuts, wanted
        self.n = cells.n_positions
        self.amounts = np.zeros_like(cells.least)
        self.used = cuts.used.sum(1)
        self.pooled = np.zeros(len(cells.schools))
        self.counted = np.zeros(len(cells.schools), np.int64)
        self.start = self._nearest()
        self.staff = (self.start * cells.price[: self.n] // 100).sum(1).tolist()
        low, high = cells.least[:, self.n :], cells.most[:, self.n :]
        base = wanted.base[:, self.n :].clip(low, high)
        self.lines = [SchoolLines(*row) for row in zip(*((x.tolist()) for x in (base, low, high)), strict=True)]
        self.near = self._moved(np.arange(len(cells.schools)), self._further(wide=False).reach)
        self.near_cents = self._further(wide=False).steps @ cells.step_cents[: self.n]
        self.funding = Funding(cells, cuts)
        cost = wanted.amounts * cells.price / 100
        self.needs = np.concatenate([self.funding.needs(s, cost[s : s + 1]) for s in range(len(cost))])
        self.left = np.array(cuts.budget, float) - self.needs.sum(0)
        counted = wanted.pooled + cuts.counted_local
        self.together = Together(cells, wanted.amounts, counted) if cells.is_coupled else None

    def place(self, s: int, pooled: float, *, above: bool = False, wide: bool = False) -> bool:
        """Choose the posts and lines of one school; keep what it has if nothing better fits.

        `above` lets it pass its dollars by what the fund sets have left; `wide` tries larger moves.
        """
        posts, line_totals, most = self._candidates(s, pooled, above=above, wide=wide)
        for first in range(0, len(posts), AT_ONCE):
            tried = slice(first, first + AT_ONCE)
            amounts = self._rows(s, posts[tried], line_totals[tried])
            cost = amounts * self.cells.price // 100
            needs = self.funding.needs(s, cost.astype(float))
            own, counted, _ = self.funding.money(s, cost)
            fits = (needs <= self.needs[s] + np.maximum(self.left, 0.0) + 0.5).all(1) & (own <= most + CENTS)
            fits &= self._is_within(s, amounts, counted)
            if fits.any():
                k = int(fits.argmax())
                self._put(s, amounts[k], needs[k], int(own[k]), int(counted[k]))
                return True
        return False

    def _is_within(self, s: int, amounts: Ints, counted: Ints) -> NDArray[np.bool_]:
        """Return for each choice whether the school's counted dollars and what is held together allow it."""
        within: NDArray[np.bool_] = (counted >= self.cells.floor[s]) & (counted <= self.cells.ceiling[s])
        if self.together is not None:
            within &= self.together.keeps(s, amounts, counted)
        return within

    def _put(self, s: int, amounts: Ints, needs: Floats, pooled: int, counted: int) -> None:
        self.left += self.needs[s] - needs
        self.needs[s], self.amounts[s] = needs, amounts
        self.pooled[s], self.counted[s] = pooled, counted
        if self.together is not None:
            self.together.put(s, amounts, counted)

    def make_room(self, s: int, pooled: float) -> None:
        """Let the schools with the most room above their floors give up what one school needs in whole steps."""
        allowance = float(self.cells.step_cents.max())
        posts, lines, _ = self._candidates(s, pooled, above=True, wide=True, allowance=allowance)
        if not len(posts):
            return
        missing = int((posts[0] * self.cells.price[: self.n] // 100).sum() + lines[0] - self.used[s]) - pooled
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
        # Over all lines in proportion to their room; where a fund with money may not pay them all, on one line.
        alone = np.diag(np.minimum(room, extra))
        for more in (np.array(spread(extra, room.tolist()), np.int64), *alone[alone.any(1)]):
            amounts = self.amounts[s].copy()
            amounts[n:] += more
            cost = (amounts * self.cells.price // 100)[None]
            needs = self.funding.needs(s, cost.astype(float))[0]
            own, counted, _ = self.funding.money(s, cost)
            allowed = self._is_within(s, amounts[None], counted)[0] and own[0] <= self.pooled[s] + extra
            if allowed and (needs <= self.needs[s] + np.maximum(self.left, 0.0) + SAME).all():
                self._put(s, amounts, needs, int(own[0]), int(counted[0]))
                return

    def _candidates(
        self, s: int, pooled: float, *, above: bool, wide: bool, allowance: float = 0.0
    ) -> tuple[Ints, Ints, int]:
        """Return posts and dollars of lines, a row for each combination in order of preference, and the most pooled."""
        n, further = self.n, self._further(wide=wide)
        lowest, highest = int(self.cuts.lowest[s] + self.used[s]), int(self.cuts.highest[s] + self.used[s])
        goal = min(int(np.floor(pooled + SAME)) + int(self.used[s]), highest)
        ceiling = min(highest, goal + int(max(0.0, self.left[-1], allowance))) if above else goal
        ceiling = max(ceiling, lowest)
        staff = self.staff[s] + (further.steps @ self.cells.step_cents[:n] if wide else self.near_cents)
        total = np.minimum(staff + sum(self.lines[s].most), max(goal, lowest))
        total = np.maximum(total, staff + sum(self.lines[s].least))
        moved = further.sum_of(self._moved(np.array([s]), further.reach)[0] if wide else self.near[s])
        at = np.flatnonzero((total >= lowest) & (total <= ceiling) & (moved < OUTSIDE))
        off, moved = np.abs(total[at] - goal), moved[at]
        missed = np.where(off <= self.wanted.tolerance[s], 0, off)
        best = at[_first(missed, moved, off)]
        posts = self.start[s] + further.steps[best] * self.cells.step[:n]
        return posts, (total - staff)[best], ceiling - int(self.used[s])

    def _further(self, *, wide: bool) -> FurtherSteps:
        """Return the combinations to try; the wide ones take longer to list than most plans take, and few need them."""
        return further_steps(self.n, () if self.wanted.is_whole else WIDE if wide else NEAR)

    def _moved(self, schools: Ints, reach: int) -> Ints:
        """Return the hundredths away from last year that each position is after so many steps; OUTSIDE where it may not be.

        The shape is (n_schools, n_positions, 2 * reach + 1).
        """
        cells, n = self.cells, self.n
        after = self.start[schools, :, None] + np.arange(-reach, reach + 1) * cells.step[:n, None]
        outside = (after < cells.least[schools, :n, None]) | (after > cells.most[schools, :n, None])
        outside |= (after != 0) & (after < cells.smallest[schools, :n, None])
        moved: Ints = np.abs(after - self.wanted.base[schools, :n, None]) + OUTSIDE * outside
        return moved

    def _nearest(self) -> Ints:
        """Return the posts on steps nearest to the fractional plan, shape (n_schools, n_positions)."""
        cells, n = self.cells, self.n
        step = cells.step[:n]
        nearest = np.floor(self.wanted.amounts[:, :n] / step + 0.5).astype(np.int64) * step
        nearest = np.where((nearest > 0) & (nearest < cells.smallest[:, :n]), cells.smallest[:, :n], nearest)
        clipped: Ints = np.clip(nearest, cells.least[:, :n], cells.most[:, :n])
        return clipped

    def _rows(self, s: int, posts: Ints, line_totals: Ints) -> Ints:
        """Return the school's cells for each choice of posts.

        What its posts in whole steps must leave unused of its own shares, whatever the lines are, is taken off the
        lines, so that pooled funds do not pay for it.
        """
        lines = self.lines[s]
        if self.used[s]:
            cost = np.empty((len(posts), len(self.cells.items)), np.int64)
            cost[:, : self.n], cost[:, self.n :] = posts * self.cells.price[: self.n] // 100, lines.most
            line_totals = np.maximum(line_totals - self.funding.unused(s, cost), sum(lines.least))
        rows = np.empty((len(posts), len(self.cells.items)), np.int64)
        rows[:, : self.n], rows[:, self.n :] = posts, [lines.of(total) for total in line_totals.tolist()]
        return rows


def _first(missed: Ints, moved: Ints, off: Ints) -> Ints:
    """Return the places of the first tries in order of what is missed, then of moves, then of dollars off."""
    near = np.flatnonzero(missed == 0)
    if len(near) < TRIES or moved[near].max() >= 2**15:
        return np.lexsort((off, moved, missed))[:TRIES]
    # Most schools: enough that miss nothing. Short numbers are sorted by counting; dollars decide among equal moves only.
    moved, off = moved[near], off[near]
    order = np.argsort(moved.astype(np.int16), kind="stable")
    if off.any():
        order = order[: np.searchsorted(moved[order], moved[order[TRIES - 1]], side="right")]
        order = order[np.lexsort((off[order], moved[order]))]
    return near[order[:TRIES]]
