"""What combinations of posts come to at schools: lines beside them, needs from each fund set, pooled and counted cents."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from equity_alloc.planning.tries import Tries
from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.funding import Funding

#: Cents by which a school may pass its dollars because its own shares cannot be used to the last of them.
CENTS = 100


class Choices(NamedTuple):
    """What some combinations at some schools come to; each begins with the shape (n_schools, n).

    `pooled` and `counted` are cents; `allowed` says whether the school's own bounds allow a combination.
    """

    amounts: Ints
    needs: Floats
    gives: Floats
    pooled: Ints
    counted: Ints
    allowed: NDArray[np.bool_]

    def at(self, k: int, count: int) -> Choices:
        """Return the first choices of one school."""
        some = np.s_[k, :count]
        return Choices(
            self.amounts[some],
            self.needs[some],
            self.gives[some],
            self.pooled[some],
            self.counted[some],
            self.allowed[some],
        )


class Chooser:
    """Answers for many schools and many combinations of posts at once.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    tries : Tries
    """

    def __init__(self, cells: Cells, cuts: Cuts, tries: Tries) -> None:
        self.cells, self.cuts, self.tries = cells, cuts, tries
        self.n = cells.n_positions
        self.funding = Funding(cells, cuts)

    def of(self, schools: Ints, posts: Ints, line_totals: Ints, ceiling: Ints) -> Choices:
        """Return what combinations come to, and which the school's own bounds allow.

        Parameters
        ----------
        schools : ndarray, shape (n_schools,)
        posts : ndarray, shape (n_schools, n, n_positions), hundredths of FTE
        line_totals : ndarray, shape (n_schools, n), cents
        ceiling : ndarray, shape (n_schools,), cents
            Dollars that a school may reach, its own shares included.
        """
        amounts = self._rows(schools, posts, line_totals)
        cost = amounts * self.cells.price // 100
        needs, pooled, counted = self.funding.paid(schools, cost)
        allowed = pooled <= (ceiling - self.tries.used[schools] + CENTS)[:, None]
        gives = self.funding.spendable(schools, cost)
        return Choices(amounts, needs, gives, pooled, counted, allowed & self.is_within(schools, counted))

    def is_within(self, schools: Ints, counted: Ints) -> NDArray[np.bool_]:
        """Return for each choice whether the school's floor and ceiling allow its counted dollars."""
        floor, ceiling = self.cells.floor[schools, None], self.cells.ceiling[schools, None]
        within: NDArray[np.bool_] = (counted >= floor) & (counted <= ceiling)
        return within

    def _rows(self, schools: Ints, posts: Ints, line_totals: Ints) -> Ints:
        """Return the schools' cells for each choice of posts, shape (n_schools, n, n_items).

        What posts in whole steps must leave unused of a school's own shares, whatever the lines are, is taken off the
        lines, so that pooled funds do not pay for it.
        """
        rows = np.empty((*line_totals.shape, len(self.cells.items)), np.int64)
        rows[:, :, : self.n] = posts
        lines = self.tries.lines
        if self.tries.used[schools].any():
            rows[:, :, self.n :] = lines.most[schools, None]
            unused = self.funding.unused(schools, rows * self.cells.price // 100)
            line_totals = np.maximum(line_totals - unused, lines.least[schools].sum(1)[:, None])
        rows[:, :, self.n :] = lines.of(schools, line_totals)
        return rows
