"""From fractions to posts that can be advertised: the one place where a plan is rounded.

School by school, the fractional plan is moved to its nearest steps, and then to the combination of few further steps
that comes closest to the school's dollars without passing them, moves the fewest posts, and overdraws no fund set.
Non-staff lines take up the rest to the cent, within their own bounds. Money that one school cannot use in whole steps
is offered to the schools that were left furthest below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from equity_alloc.planning.choices import Choices, Chooser
from equity_alloc.planning.school_lines import spread
from equity_alloc.planning.tries import FIRST, SAME, Goals, Tried, Tries
from equity_alloc.planning.wanted import Wanted
from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.coupling import Together, is_kept
from equity_alloc.problem.cuts import Cuts

#: Schools whose first combinations are worked out together: as many as the processor's own memory holds.
BLOCK = 128
#: Decimals of a gap, in tolerances, that tell schools apart.
ALIKE = 3


def round_plan(cells: Cells, cuts: Cuts, wanted: Wanted) -> Ints | None:
    """Return amounts on their steps that keep every bound and fund set, or None where this search finds none.

    Parameters
    ----------
    cells : Cells
    cuts : Cuts
        Feasible, of the same cells.
    wanted : Wanted
        The plan in fractions of posts.

    Returns
    -------
    ndarray, shape (n_schools, n_items), hundredths of FTE or cents, or None
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
    late = search.place_all()
    for s in late:
        if not (search.place(s, goals[s], wide=True) or search.place(s, goals[s], wide=True, above=True)):
            search.make_room(s, goals[s])
            if not search.place(s, goals[s], wide=True, above=True):
                return None
    below = wanted.pooled - search.pooled
    size = np.maximum(wanted.tolerance, 1.0)
    for s in _widest_first(cells, np.where(below > size, below / size, 0.0)):
        search.place(s, goals[s], above=True)
    for s in _widest_first(cells, (wanted.best - search.pooled) / size):
        search.top_up(s)
    if cells.is_coupled and not is_kept(cells, search.amounts, search.counted):
        return None
    if (search.spare < -SAME).any():
        return None
    return search.amounts


def _widest_first(cells: Cells, gaps: Floats) -> list[int]:
    """Return the schools with a gap, the widest first; gaps that only digits tell apart are alike, and codes decide.

    Many schools stand a whole tolerance below their best. Were they told apart by digits, a dollar more in a fund would hand
    what is left to others than before.
    """
    near = np.round(gaps, ALIKE)
    return sorted(np.flatnonzero(gaps > 0).tolist(), key=lambda s: (-near[s], cells.schools[s]))


class _Search:
    """The state of the walk over schools: amounts so far, and what each fund set still has."""

    def __init__(self, cells: Cells, cuts: Cuts, wanted: Wanted) -> None:
        self.cells, self.cuts, self.wanted = cells, cuts, wanted
        self.n = cells.n_positions
        self.amounts = np.zeros_like(cells.least)
        self.pooled = np.zeros(len(cells.schools))
        self.counted = np.zeros(len(cells.schools), np.int64)
        self.tries = Tries(cells, cuts, wanted)
        self.chooser = Chooser(cells, cuts, self.tries)
        self.funding = self.chooser.funding
        cost = wanted.amounts * cells.price / 100
        self.needs = self.funding.needs(np.arange(len(cost)), cost[:, None])[:, 0]
        self.left = np.array(cuts.budget, float) - self.needs.sum(0)
        self.gives = self.funding.spendable(np.arange(len(cost)), cost[:, None])[:, 0]
        self.spare = self.gives.sum(0) - self.funding.leasts
        counted = wanted.pooled + cuts.counted_local
        self.together = Together(cells, wanted.amounts, counted) if cells.is_coupled else None

    def place_all(self) -> list[int]:
        """Place every school as near to its dollars as the fund sets allow; return those for which nothing fits."""
        late, n_schools = [], len(self.cells.schools)
        for begin in range(0, n_schools, BLOCK):
            schools = np.arange(begin, min(begin + BLOCK, n_schools))
            goals = [self.tries.goals(s, float(self.wanted.pooled[s])) for s in schools.tolist()]
            tried = [self.tries.ordered(s, goal) for s, goal in zip(schools.tolist(), goals, strict=True)]
            first = [next(each, None) for each in tried]
            choices = self.chooser.of(schools, *self._together(first), np.array([goal.ceiling for goal in goals]))
            for k, s in enumerate(schools.tolist()):
                own = first[k]
                if own is None or not (
                    self._take(s, choices.at(k, len(own.posts))) or self._take_first(s, tried[k], goals[k])
                ):
                    late.append(s)
        return late

    def _together(self, tried: list[Tried | None]) -> tuple[Ints, Ints]:
        """Return combinations of several schools as two arrays; where a school has fewer, zeros follow."""
        posts = np.zeros((len(tried), FIRST, self.n), np.int64)
        line_totals = np.zeros((len(tried), FIRST), np.int64)
        for k, own in enumerate(tried):
            if own is not None:
                posts[k, : len(own.posts)], line_totals[k, : len(own.posts)] = own
        return posts, line_totals

    def place(self, s: int, pooled: float, *, above: bool = False, wide: bool = False) -> bool:
        """Choose the posts and lines of one school; keep what it has if nothing better fits.

        `above` lets it pass its dollars by what the fund sets have left; `wide` tries larger moves.
        """
        goals = self.tries.goals(s, pooled, self._above() if above else 0)
        return self._take_first(s, self.tries.ordered(s, goals, is_wide=wide), goals)

    def _above(self, least: float = 0.0) -> int:
        """Return the cents by which a school may pass its dollars."""
        return int(max(least, self.left[-1]))

    def _take_first(self, s: int, tried: Iterator[Tried], goals: Goals) -> bool:
        """Take the first combination that fits."""
        schools, ceiling = np.array([s]), np.array([goals.ceiling])
        for posts, line_totals in tried:
            choices = self.chooser.of(schools, posts[None], line_totals[None], ceiling)
            if self._take(s, choices.at(0, len(posts))):
                return True
        return False

    def _take(self, s: int, choices: Choices, slack: float = 0.5) -> bool:
        """Take the first choice that fits into what the fund sets have left and keeps what is held together."""
        fits = (choices.needs <= self.needs[s] + np.maximum(self.left, 0.0) + slack).all(1) & choices.allowed
        if len(self.spare):
            fits &= (choices.gives >= self.gives[s] - np.maximum(self.spare, 0.0) - slack).all(1)
        if self.together is not None and fits.any():
            fits &= self.together.keeps(s, choices.amounts, choices.counted)
        if not fits.any():
            return False
        k = int(fits.argmax())
        self.left += self.needs[s] - choices.needs[k]
        self.spare += choices.gives[k] - self.gives[s]
        self.gives[s] = choices.gives[k]
        self.needs[s], self.amounts[s] = choices.needs[k], choices.amounts[k]
        self.pooled[s], self.counted[s] = choices.pooled[k], choices.counted[k]
        if self.together is not None:
            self.together.put(s, choices.amounts[k], int(choices.counted[k]))
        return True

    def make_room(self, s: int, pooled: float) -> None:
        """Let the schools with the most room above their floors give up what one school needs in whole steps."""
        allowance = float(self.cells.step_cents.max())
        goals = self.tries.goals(s, pooled, self._above(allowance))
        tried = next(self.tries.ordered(s, goals, is_wide=True), None)
        if tried is None:
            return
        posts, lines = tried.posts[0], tried.line_totals[0]
        missing = int((posts * self.cells.price[: self.n] // 100).sum() + lines - self.tries.used[s]) - pooled
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
        mores = np.vstack([spread(np.array(extra), room), alone[alone.any(1)]])
        schools, amounts = np.array([s]), np.tile(self.amounts[s], (len(mores), 1))
        amounts[:, n:] += mores
        cost = (amounts * self.cells.price // 100)[None]
        needs, pooled, counted = self.funding.paid(schools, cost)
        allowed = self.chooser.is_within(schools, counted)[0] & (pooled[0] <= self.pooled[s] + extra)
        gives = self.funding.spendable(schools, cost)
        self._take(s, Choices(amounts, needs[0], gives[0], pooled[0], counted[0], allowed), SAME)
