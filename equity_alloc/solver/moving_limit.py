"""One limit of a live model that moves, and what is seen of a curve at one of its values."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.solver.projected import Projected
from equity_alloc.solver.status import Solved

#: Part of the limit's range by which its ends are told apart.
NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Look:
    """The curve at one value of the limit.

    Parameters
    ----------
    limit : float
        In the limit's own unit.
    level : float
        Highest lowest (or equal) level, in the stage's unit.
    price : float
        What one more unit of the limit adds to it; where it turns, the price on one of its sides. Not a number for an
        equal level, whose curve is known at stated points alone.
    """

    limit: float
    level: float
    price: float


class MovingLimit:
    """A limit over several quantities, moved in place.

    Parameters
    ----------
    model : Projected
    number : int
        Place of the limit among those that the cells hold together.
    """

    def __init__(self, model: Projected, number: int) -> None:
        self.model, self.row = model, model.limits[number]
        #: 1 where a larger limit leaves more room, -1 where a smaller one does.
        self.way = 1 if model.cells.coupling[number].least is None else -1
        self._columns = np.array([variable.index for variable, _ in self.row.terms], np.int64)
        self._values = np.array([value for _, value in self.row.terms])

    @property
    def cents(self) -> int:
        """Cents that rounding pay may move in all."""
        return int(self.model.base.size)

    def hold(self, limit: float | None) -> None:
        """Set the limit, or take it off."""
        low, high = -highspy.kHighsInf, highspy.kHighsInf
        if limit is not None:
            at = (limit - self.row.constant) / self.row.scale
            low, high = (low, at) if self.way > 0 else (at, high)
        self.model.solver.set_row(self.row.number, low, high)

    def tight(self) -> tuple[Solved, float]:
        """Return the solution with the tightest value of the limit that what is held leaves, and that value.

        Raises
        ------
        SolverFailed
            If a linear program ends without an optimum.
        """
        cost = np.zeros(self.model.solver.n_columns)
        np.add.at(cost, self._columns, self._values * self.way)
        self.model.solver.set_objective(cost, maximize=False)
        solved = self.model.solve()
        if not solved.is_accepted:
            raise SolverFailed(f"Tightening a limit ended without an answer: {solved.status.value}.")
        return solved, float(solved.objective) * self.row.scale * self.way + self.row.constant

    def tightest(self) -> float:
        """Return the tightest value of the limit that what is held leaves."""
        return self.tight()[1]

    def price(self, solved: Solved) -> float:
        """Return the limit's dual in a solution, for one unit of its own."""
        return float(solved.duals[self.row.number]) / self.row.scale
