"""Posts of one position in whole steps, at the lowest sum of costs that fall ever more slowly with each post.

A cost that is known at every step is exactly the highest of the lines through neighboring steps, so the program in whole
steps is linear: no curve is approximated (Horton and others, arXiv 2401.15452). Lines are drawn where a solution needs
them. All posts together are held to the whole steps below what can be paid for, which money for half a step would pass.
The bound comes from the program in fractions, and is re-checked in exact integers from its prices alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.domain.fte import Hundredths
from equity_alloc.problem.arrays import Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.solver.limits import Limits
from equity_alloc.solver.projected import Projected, build_projected
from equity_alloc.solver.proven import proven_bound
from equity_alloc.solver.status import Solved, Status

#: A cost below its line by less, in the cost's own unit, is on it.
CLOSED = 1e-8
#: A line is lowered by this share, more than a float's digits, so that rounding can only loosen the bound.
DOWNWARD = 1e-12
#: A number of steps this near to a whole one is whole.
WHOLE = 1e-6
MOST_ROUNDS = 200

Cost = Callable[[Hundredths], float]


@dataclass(frozen=True, eq=False)
class WholePosts:
    """What was reached.

    Parameters
    ----------
    posts : ndarray, shape (n_schools,), hundredths of FTE
    bound : float
        What no sum of costs can be below.
    is_branched : bool
        Whether posts came whole by branch and bound; else the linear program's own corner is whole.
    """

    posts: Ints
    bound: float
    is_branched: bool


def cheapest_posts(
    cells: Cells, cuts: Cuts, column: int, costs: Mapping[int, Cost], *, in_steps: bool
) -> WholePosts | None:
    """Return the posts with the lowest sum of costs, or None where none were found in steps.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
        Feasible.
    column : int
        Of the position.
    costs : mapping of int to callable
        Cost of some posts by row of the school: convex, and lower for more.
    in_steps : bool
        Ask for all posts in their steps, not only for these.

    Raises
    ------
    SolverFailed
        If the linear program ends without an optimum.
    """
    search = _Search(cells, cuts, column, costs)
    posts, bound = search.in_fractions()
    if not in_steps and search.is_whole(posts):
        return WholePosts(search.whole(posts), bound, False)
    found = search.in_whole_steps(in_steps=in_steps)
    return None if found is None else WholePosts(found, bound, True)


@dataclass(eq=False)
class _Search:
    cells: Cells
    cuts: Cuts
    column: int
    costs: Mapping[int, Cost]
    lines: set[tuple[int, int, int]] = field(default_factory=set)
    most_together: int = 0

    def in_fractions(self) -> tuple[NDArray[np.float64], float]:
        """Return posts in fractions, and the bound."""
        model = build_projected(self.cells, self.cuts)
        self.most_together = self._most_together(model)
        living = _Live(self, model)
        solved = self._lower(living)
        if not solved.is_accepted:
            raise SolverFailed(f"Sharing out posts ended without an answer: {solved.status.value}.")
        bound = float(proven_bound(model.solver, solved))
        return living.posts(solved), bound - DOWNWARD * abs(bound) + living.fixed

    def in_whole_steps(self, *, in_steps: bool) -> Ints | None:
        """Return posts in whole steps, None where branch and bound finds none."""
        is_open = in_steps and bool(self.cuts.used.any())
        model = build_projected(
            self.cells, self.cuts, in_steps=in_steps, open_shares=is_open, limits=Limits(absolute_gap=CLOSED)
        )
        living = _Live(self, model)
        if not in_steps:
            living.hold_whole()
        for start, *line in sorted(self.lines):
            living.draw(start, *line)
        solved = self._lower(living)
        return self.whole(living.posts(solved)) if solved.status in (Status.OPTIMAL, Status.BEST_FOUND) else None

    def is_whole(self, posts: NDArray[np.float64]) -> bool:
        """Whether posts are whole steps, none or at least the smallest."""
        return bool((np.abs(posts - self.whole(posts)) <= WHOLE * self.cells.step[self.column]).all())

    def whole(self, posts: NDArray[np.float64]) -> Ints:
        """Return posts on the nearest steps that may be."""
        step, smallest = int(self.cells.step[self.column]), self.cells.smallest[:, self.column]
        nearest = np.rint(posts / step).astype(np.int64) * step
        return np.where((nearest > 0) & (nearest < smallest), 0, nearest)

    def around(self, s: int, posts: float) -> tuple[int, int]:
        """Return the neighboring numbers of posts that a school may have, at and above these."""
        step, least, most = (int(each[s, self.column]) for each in (self._steps, self.cells.least, self.cells.most))
        first = -(-max(step, int(self.cells.smallest[s, self.column])) // step) * step
        low = math.floor(posts / step + WHOLE) * step
        low, high = (0, first) if low < first else (low, low + step)
        return max(least, min(low, most)), min(high, most)

    @property
    def _steps(self) -> Ints:
        return np.broadcast_to(self.cells.step, self.cells.least.shape)

    def _most_together(self, model: Projected) -> int:
        """Return the most steps up from where the model starts that all schools together can have, proven."""
        at = model.up[model.moving[:, 1] == self.column]
        cost = np.zeros(model.solver.n_columns)
        cost[at] = 1.0
        model.solver.set_objective(cost, maximize=True)
        solved = model.solve()
        if not solved.is_accepted:
            raise SolverFailed(f"Sharing out posts ended without an answer: {solved.status.value}.")
        # The program's coefficients are binary fractions of whole cents, so what fits exactly may miss by their last digit.
        return math.floor(float(proven_bound(model.solver, solved)) + WHOLE)

    def _lower(self, living: _Live) -> Solved:
        """Solve, drawing the lines that a solution passes below until none is left."""
        solved = living.model.solve()
        for _ in range(MOST_ROUNDS):
            if not solved.is_accepted:
                break
            posts, below = living.posts(solved), False
            for s, cost in living.cost_columns.items():
                low, high = self.around(s, float(posts[s]))
                if high <= low:
                    continue
                at_low, at_high = self.costs[s](low), self.costs[s](high)
                asked = at_low + (at_high - at_low) * (float(posts[s]) - low) / (high - low)
                if float(solved.values[cost]) < asked - CLOSED and (s, low, high) not in living.drawn:
                    living.draw(s, low, high)
                    below = True
            if not below:
                break
            solved = living.model.solve()
        return solved


class _Live:
    """A live model with a cost column for each school whose posts may move."""

    def __init__(self, search: _Search, model: Projected) -> None:
        self.search, self.model = search, model
        own = model.moving[:, 1] == search.column
        self.up = dict(zip(model.moving[own, 0].tolist(), model.up[own].tolist(), strict=True))
        self.base, self.step = model.base[:, search.column], int(search.cells.step[search.column])
        least, most = search.cells.least[:, search.column], search.cells.most[:, search.column]
        moving = [s for s in self.up if s in search.costs]
        self.fixed = math.fsum(cost(int(least[s])) for s, cost in search.costs.items() if s not in self.up)
        self.drawn: set[tuple[int, int, int]] = set()
        solver = model.solver
        columns = solver.add_columns(len(moving))
        self.cost_columns = dict(zip(moving, columns.tolist(), strict=True))
        lowest, highest = ([search.costs[s](int(end[s])) for s in moving] for end in (most, least))
        solver.set_bounds(columns.astype(np.int64), np.array(lowest), np.array(highest))
        up = np.array(list(self.up.values()), np.int32)
        if len(up):
            solver.add_row(-highspy.kHighsInf, search.most_together, up, np.ones(len(up)))
        cost = np.zeros(solver.n_columns)
        cost[columns] = 1.0
        solver.set_objective(cost, maximize=False)

    def posts(self, solved: Solved) -> NDArray[np.float64]:
        """Return every school's posts."""
        found = self.base.astype(float)
        for s, column in self.up.items():
            found[s] += float(solved.values[column]) * self.step
        return found

    def draw(self, s: int, low: int, high: int) -> None:
        """Hold a school's cost above the line through two neighboring numbers of posts."""
        self.drawn.add((s, low, high))
        self.search.lines.add((s, low, high))
        at_low, at_high = self.search.costs[s](low), self.search.costs[s](high)
        slope = (at_high - at_low) * self.step / (high - low)
        right = at_low - slope * (low - int(self.base[s])) / self.step
        right -= DOWNWARD * (abs(at_low) + abs(right) + abs(slope))
        columns = np.array([self.cost_columns[s], self.up[s]], np.int32)
        self.model.solver.add_row(right, highspy.kHighsInf, columns, np.array([1.0, -slope]))

    def hold_whole(self) -> None:
        """Ask for these posts in whole steps, none or at least the smallest."""
        cells, at = self.search.cells, self.search.column
        whole = list(self.up.values())
        for s, column in self.up.items():
            smallest, base = int(cells.smallest[s, at]), int(self.base[s])
            if smallest > self.step and not cells.least[s, at]:
                has_one = self.model.solver.add_column(0.0, 1.0)
                whole.append(has_one)
                for bound, low, high in ((smallest, 0.0, np.inf), (int(cells.most[s, at]), -np.inf, 0.0)):
                    shift = -base / self.step
                    entries = np.array([column, has_one], np.int32)
                    values = np.array([1.0, -bound / self.step])
                    self.model.solver.add_row(low + shift, high + shift, entries, values)
        self.model.solver.hold_whole(np.array(whole, np.int64))
