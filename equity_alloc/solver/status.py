"""What a solve came to. Values can be read only from an accepted outcome."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import highspy
import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.errors import SolverFailed


class Status(StrEnum):
    """Outcome of one solve."""

    OPTIMAL = "optimal"
    BEST_FOUND = "best found before a limit"
    INFEASIBLE = "no point keeps all rows"
    UNBOUNDED = "unbounded"
    STOPPED = "stopped by a limit, nothing found"
    FAILED = "failed"


_PLAIN = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Status.UNBOUNDED,
}
_LIMITS = {
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kIterationLimit,
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kInterrupt,
}


@dataclass(frozen=True, eq=False)
class Solved:
    """What HiGHS itself reports, read once.

    Parameters
    ----------
    status : Status
    objective : float
    bound : float
        Proven by HiGHS: equal to the objective for a linear program.
    """

    status: Status
    objective: float
    bound: float
    _values: NDArray[np.float64]
    _duals: NDArray[np.float64]

    @property
    def is_accepted(self) -> bool:
        """Whether there is a point that may be read."""
        return self.status in (Status.OPTIMAL, Status.BEST_FOUND)

    @property
    def values(self) -> NDArray[np.float64]:
        """Column values.

        Raises
        ------
        SolverFailed
            If nothing may be read.
        """
        self._refuse()
        return self._values

    @property
    def duals(self) -> NDArray[np.float64]:
        """Row duals: change of the objective per unit of the row's right-hand side, for raising and lowering alike."""
        self._refuse()
        if not len(self._duals):
            raise SolverFailed("A program in whole numbers has no prices: ask its linear program.")
        return self._duals

    def _refuse(self) -> None:
        if not self.is_accepted:
            raise SolverFailed(f"The solver has no answer to read: {self.status.value}.")


def read(solver: highspy.Highs, *, is_integer: bool) -> Solved:
    """Read status first, then values, duals and bound."""
    model_status = solver.getModelStatus()
    info = solver.getInfo()
    status = _PLAIN.get(model_status, Status.FAILED)
    if model_status in _LIMITS:
        # An LP stopped by a limit holds a point that keeps nothing; only a mixed-integer incumbent is feasible.
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        status = Status.BEST_FOUND if is_integer and feasible else Status.STOPPED
    solution = solver.getSolution()
    objective = float(info.objective_function_value)
    return Solved(
        status,
        objective,
        float(info.mip_dual_bound) if is_integer else objective,
        np.array(solution.col_value, float),
        np.zeros(0) if is_integer else np.array(solution.row_dual, float),
    )
