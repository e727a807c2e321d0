"""The combinations of few further steps that rounding tries at a school, in order of preference."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from equity_alloc.planning.further_steps import NEAR, WIDE, FurtherSteps, Kinds, dense, further_steps
from equity_alloc.planning.school_lines import SchoolLines
from equity_alloc.planning.wanted import Wanted
from equity_alloc.problem.arrays import Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts

#: How many combinations are tried against the fund sets before a school is given up.
TRIES = 400

#: How many are looked at together: at first, and so many times more every further time.
FIRST, MORE = 8, 3

#: So many times as many combinations are looked at on either side of a school's dollars as are asked for, and then further.
BESIDE, FURTHER = 3, 8

#: More hundredths than any school moves.
OUTSIDE = 10**12

#: Part of a cent below which two amounts are the same; wider than the last digits of a solver.
SAME = 1e-3

#: Bits of the largest number.
BITS = 63


class Goals(NamedTuple):
    """Dollars of a school in cents, its own shares included: what to come near to, and the bounds."""

    goal: int
    lowest: int
    ceiling: int


class Tried(NamedTuple):
    """Combinations of one school: posts, shape (n, n_positions), and cents of all lines together, shape (n,)."""

    posts: Ints
    line_totals: Ints


class _Menu(NamedTuple):
    """Combinations in order of what their posts cost.

    `place` is where each stands in `further`, `codes` are its codes; `moved` holds for every school what each code adds
    to `still`, the hundredths that it is away from last year with no further step.
    """

    further: FurtherSteps
    cents: Ints
    place: Ints
    codes: Ints
    still: Ints
    moved: Ints


class Tries:
    """Lists what schools may try, from the posts on steps nearest to the fractional plan.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    wanted : Wanted
    """

    def __init__(self, cells: Cells, cuts: Cuts, wanted: Wanted) -> None:
        self.cells, self.cuts, self.wanted, n = cells, cuts, wanted, cells.n_positions
        self.used = cuts.used.sum(1)
        self.start = _nearest(cells, wanted)
        self._staff = (self.start * cells.price[:n] // 100).sum(1)
        least, most = cells.least[:, n:], cells.most[:, n:]
        self.lines = SchoolLines(wanted.base[:, n:].clip(least, most), least, most)
        self._least, self._most = self._staff + least.sum(1), self._staff + most.sum(1)
        self._menus: dict[Kinds, _Menu] = {}

    def goals(self, s: int, pooled: float, more: int = 0) -> Goals:
        """Return what a school should come near to when it wants so many pooled cents, and may pass by some more."""
        used = int(self.used[s])
        lowest, highest = int(self.cuts.lowest[s]) + used, int(self.cuts.highest[s]) + used
        goal = min(floor(pooled + SAME) + used, highest)
        return Goals(goal, lowest, max(min(highest, goal + more), lowest))

    def ordered(self, s: int, goals: Goals, *, is_wide: bool = False) -> Iterator[Tried]:
        """Yield the combinations of a school: least dollars missed, then fewest moves, then fewest dollars off.

        Dollars within the school's tolerance are not missed. Most schools take one of the first, so what comes later is
        put in order only when it is asked for.
        """
        menu = self._menu(WIDE if is_wide else NEAR)
        least, most = int(self._least[s]), int(self._most[s])
        # Lines take up what posts leave, so what posts may cost is an interval.
        some = slice(*menu.cents.searchsorted((goals.lowest - most, goals.ceiling - least + 1)).tolist())
        cents, place, own = menu.cents[some], menu.place[some], menu.moved[s]
        moved = np.full(len(cents), menu.still[s])
        for codes in menu.codes:
            moved += own.take(codes[some])
        total = np.maximum(np.minimum(cents + most, max(goals.goal, goals.lowest)), cents + least)
        off, is_open = np.abs(total - goals.goal), moved < OUTSIDE
        near = off <= self.wanted.tolerance[s]
        size, left = FIRST, TRIES
        for is_next, keys in ((near, (moved, off, place)), (~near, (off, moved, place))):
            order = _in_order(np.flatnonzero(is_next & is_open), *keys)[:left]
            left -= len(order)
            while len(order):
                best, order = order[:size], order[size:]
                steps = menu.further.steps[place[best]] * self.cells.step[: self.cells.n_positions]
                yield Tried(self.start[s] + steps, (total - cents)[best] - self._staff[s])
                size *= MORE

    def nearest(self, s: int, goals: Goals, count: int) -> Tried:
        """Return the combinations that come nearest to a school's dollars from both sides, whatever they move."""
        menu = self._menu(dense(self.cells.n_positions))
        least, most, own = int(self._least[s]), int(self._most[s]), menu.moved[s]
        first, last = menu.cents.searchsorted((goals.goal - most, goals.goal - least + 1)).tolist()
        beside = BESIDE * count
        while True:
            some = slice(max(0, first - beside), last + beside)
            cents, place = menu.cents[some], menu.place[some]
            moved = np.full(len(cents), menu.still[s])
            for codes in menu.codes:
                moved += own.take(codes[some])
            total = np.maximum(np.minimum(cents + most, max(goals.goal, goals.lowest)), cents + least)
            is_open = (moved < OUTSIDE) & (total >= goals.lowest) & (total <= goals.ceiling)
            if is_open.sum() >= count or len(cents) == len(menu.cents):
                break
            # Where most combinations leave the school's bounds, those within them stand far apart.
            beside *= FURTHER
        best = _in_order(np.flatnonzero(is_open), np.abs(total - goals.goal), moved, place)[:count]
        steps = menu.further.steps[place[best]] * self.cells.step[: self.cells.n_positions]
        return Tried(self.start[s] + steps, (total - cents)[best] - self._staff[s])

    def _menu(self, kinds: Kinds) -> _Menu:
        """Return the combinations to try; the wide ones take longer to list than most plans take, and few need them."""
        if kinds not in self._menus:
            n = self.cells.n_positions
            further = further_steps(n, () if self.wanted.is_whole else kinds)
            cents = further.steps @ self.cells.step_cents[:n]
            place = np.argsort(cents, kind="stable")
            away = self._away(further.reach)
            still = away[:, :, further.reach]
            moved = np.zeros((len(away), away[0].size + 1), np.int64)
            moved[:, :-1] = (away - still[:, :, None]).reshape(len(away), away[0].size)
            self._menus[kinds] = _Menu(further, cents[place], place, further.codes[:, place], still.sum(1), moved)
        return self._menus[kinds]

    def _away(self, reach: int) -> Ints:
        """Return the hundredths away from last year that each position is after so many steps; OUTSIDE where it may not be.

        The shape is (n_schools, n_positions, 2 * reach + 1).
        """
        cells, n = self.cells, self.cells.n_positions
        after = self.start[:, :, None] + np.arange(-reach, reach + 1) * cells.step[:n, None]
        outside = (after < cells.least[:, :n, None]) | (after > cells.most[:, :n, None])
        outside |= (after != 0) & (after < cells.smallest[:, :n, None])
        away: Ints = np.abs(after - self.wanted.base[:, :n, None]) + OUTSIDE * outside
        return away


def _nearest(cells: Cells, wanted: Wanted) -> Ints:
    """Return the posts on steps nearest to the fractional plan, shape (n_schools, n_positions)."""
    n, step = cells.n_positions, cells.step[: cells.n_positions]
    nearest = np.floor(wanted.amounts[:, :n] / step + 0.5).astype(np.int64) * step
    nearest = np.where((nearest > 0) & (nearest < cells.smallest[:, :n]), cells.smallest[:, :n], nearest)
    clipped: Ints = np.clip(nearest, cells.least[:, :n], cells.most[:, :n])
    return clipped


def _in_order(at: NDArray[np.intp], *keys: Ints) -> NDArray[np.intp]:
    """Return some places in order of their keys, of which the first decides first; no key is below zero."""
    chosen = [key[at] for key in keys]
    bits = [int(key.max(initial=0)).bit_length() for key in chosen]
    if sum(bits) > BITS:
        return at[np.lexsort(chosen[::-1])]
    # One number a place is sorted in a tenth of the time.
    packed = np.zeros(len(at), np.int64)
    for key, width in zip(chosen, bits, strict=True):
        packed = (packed << width) + key
    return at[np.argsort(packed)]
