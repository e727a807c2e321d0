"""Takes a PuLP problem to HiGHS as arrays, and keeps the instance for hot re-solves.

PuLP's own solver classes report a stopped solve as optimal, flip the sign of duals when maximizing, and rebuild the
model for every solve. Here rows go over in one call, and status, bound, values and duals are read from HiGHS itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

import highspy
import numpy as np
import pulp
from numpy.typing import NDArray

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.problem.arrays import Floats
from equity_alloc.solver.limits import Limits
from equity_alloc.solver.quiet import start_quietly
from equity_alloc.solver.status import Solved, Status, read

start_quietly()

#: Columns above which a program without counted moves is solved from inside.
LARGE = 40_000


class ArrayHighs(pulp.LpSolver):  # type: ignore[misc]
    """A PuLP solver that hands arrays to one HiGHS instance and keeps it.

    Parameters
    ----------
    limits : Limits
    """

    name = "ArrayHighs"

    def __init__(self, limits: Limits | None = None) -> None:
        super().__init__(mip=True, msg=False)
        self.limits = limits or Limits()
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.is_integer = False
        self._n_columns = 0
        options = (
            ("output_flag", False),
            # One thread everywhere: another value than a process's first makes HiGHS return without solving.
            ("threads", 1),
            ("mip_rel_gap", self.limits.relative_gap),
            ("mip_abs_gap", self.limits.absolute_gap),
            ("mip_max_nodes", self.limits.nodes),
        )
        for name, value in options:
            self._set(name, value)

    def available(self) -> bool:
        """HiGHS is a dependency, so it is there."""
        return True

    def actualSolve(self, lp: pulp.LpProblem) -> int:  # noqa: N802 - PuLP's name
        """Solve for PuLP: hand over, run, and write values back only when they may be read."""
        self.hand_over(lp)
        solved = self.run()
        if solved.is_accepted:
            for variable, value in zip(lp._variables, solved.values.tolist(), strict=True):
                variable.varValue = value
            prices = [None] * len(lp._constraints) if self.is_integer else solved.duals.tolist()
            for row, dual in zip(lp._constraints.values(), prices, strict=True):
                row.pi = dual
        codes = {Status.OPTIMAL: 1, Status.INFEASIBLE: -1, Status.UNBOUNDED: -2}
        status = codes.get(solved.status, 0)
        lp.assignStatus(status, 2 if solved.status is Status.BEST_FOUND else None)
        return status

    def hand_over(self, lp: pulp.LpProblem) -> None:
        """Pass a PuLP problem to HiGHS in one call, columns and rows in the order in which they were added."""
        variables = lp._variables
        if lp.objective:
            lp._add_variables(lp.objective.keys())
        for i, variable in enumerate(variables):
            variable.index = i
        constraints = lp._constraints.values()
        rows = [constraint.expr for constraint in constraints]
        n_columns, n_rows = len(variables), len(rows)
        infinity = highspy.kHighsInf
        # PuLP says None where there is no bound, which arrives as not-a-number.
        lower = np.array([v.lowBound for v in variables], float)
        upper = np.array([v.upBound for v in variables], float)
        lower, upper = np.where(np.isnan(lower), -infinity, lower), np.where(np.isnan(upper), infinity, upper)
        cost = np.zeros(n_columns)
        for variable, value in (lp.objective or {}).items():
            cost[variable.index] = value
        kinds = [v.cat for v in variables]
        self.is_integer = pulp.LpInteger in kinds
        integer = np.array([kind == pulp.LpInteger for kind in kinds]) if self.is_integer else np.zeros(n_columns)
        start = np.zeros(n_rows + 1, np.int32)
        np.cumsum([len(row) for row in rows], out=start[1:])
        nonzeros = int(start[-1])
        index = np.fromiter(map(attrgetter("index"), chain.from_iterable(rows)), np.int32, nonzeros)
        values = np.fromiter(chain.from_iterable(row.values() for row in rows), float, nonzeros)
        right = -np.fromiter((constraint.constant for constraint in constraints), float, n_rows)
        sense = np.fromiter((constraint.sense for constraint in constraints), np.int8, n_rows)
        self._n_columns = n_columns
        # A small program starts from a plan that nearly fits, and presolve costs more than it saves; interior point is
        # twice as fast as simplex where thousands of levels move at once.
        is_large = n_columns > LARGE
        self._set("presolve", "choose" if self.is_integer or is_large else "off")
        self._set("solver", "ipm" if is_large and not self.is_integer else "choose")
        # This form takes arrays as they are; filling a HighsLp copies them number by number.
        self._highs.passModel(
            n_columns,
            n_rows,
            nonzeros,
            int(highspy.MatrixFormat.kRowwise),
            int(highspy.ObjSense.kMaximize if lp.sense == pulp.LpMaximize else highspy.ObjSense.kMinimize),
            float(lp.objective.constant) if lp.objective else 0.0,
            cost,
            lower,
            upper,
            np.where(sense == pulp.LpConstraintLE, -infinity, right),
            np.where(sense == pulp.LpConstraintGE, infinity, right),
            start,
            index,
            values,
            integer.astype(np.int32),
        )

    def _set(self, name: str, value: bool | int | float | str) -> None:
        """Set an option; one that this HiGHS does not take would leave another in force without a word."""
        if self._highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise SolverFailed(f"This solver does not take {value} for its option {name}. Install the stated version.")

    def option(self, name: str) -> object:
        """Return an option that is in force."""
        return self._highs.getOptionValue(name)[1]

    def run(self) -> Solved:
        """Solve from wherever the instance stands."""
        # HiGHS counts the time of all solves of an instance; the limit is for each.
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + self.limits.seconds)
        self._highs.run()
        solved = read(self._highs, is_integer=self.is_integer)
        if solved.status is Status.FAILED:
            # Simplex from where the last solve ended may lose its way; from nothing it finds the answer.
            self._highs.clearSolver()
            self._highs.run()
            solved = read(self._highs, is_integer=self.is_integer)
        return solved

    def program(self) -> Any:
        """Return the program as it stands, for checks that take no solver's word."""
        return self._highs.getLp()

    def ray(self) -> list[float]:
        """Return the prices of rows that show a program to be infeasible; empty where the solver has none."""
        _, has_ray, prices = self._highs.getDualRay()
        return [float(price) for price in prices] if has_ray else []

    def set_objective(self, cost: Floats, *, maximize: bool) -> None:
        """Replace the objective; cost has one entry for each column."""
        self._highs.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        sense = highspy.ObjSense.kMaximize if maximize else highspy.ObjSense.kMinimize
        self._highs.changeObjectiveSense(sense)
        self._highs.changeObjectiveOffset(0.0)

    def go_on_from_here(self) -> None:
        """Use the primal simplex from now on: the point reached keeps all rows, and only the objective will change."""
        self._set("simplex_strategy", 4)

    def set_bounds(self, columns: Sequence[int] | NDArray[np.int64], lower: Floats, upper: Floats) -> None:
        """Replace the bounds of some columns."""
        index = np.asarray(columns, np.int32)
        self._highs.changeColsBounds(len(index), index, np.asarray(lower, float), np.asarray(upper, float))

    def bounds(self, columns: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Return the bounds of some columns."""
        _, _, _, lower, upper, _ = self._highs.getCols(len(columns), columns.astype(np.int32))
        return np.array(lower, float), np.array(upper, float)

    @property
    def n_columns(self) -> int:
        """Columns of the live model."""
        return self._n_columns

    @property
    def n_rows(self) -> int:
        """Rows of the live model."""
        return int(self._highs.getNumRow())

    def begin_at(
        self,
        columns: NDArray[np.int64],
        is_between: NDArray[np.bool_],
        is_high: NDArray[np.bool_],
        *,
        full_rows: Sequence[int],
        free_rows: Sequence[int],
    ) -> None:
        """Begin simplex at a vertex: every column between its bounds or at one of them, and rows held but for some.

        Parameters
        ----------
        columns : ndarray of column numbers
            All that there are.
        is_between, is_high : ndarray, of the same length
            Where both are false the column is at its lower bound.
        full_rows, free_rows : sequence of row numbers
            At their upper side, and held by neither side; the others are at their lower side.

        Notes
        -----
        Where more or fewer stand between than there are rows, it is no vertex, and simplex begins as it would.
        """
        if int(is_between.sum()) + len(free_rows) != self.n_rows:
            return
        low, high, between = (getattr(highspy.HighsBasisStatus, name) for name in ("kLower", "kUpper", "kBasic"))
        status = np.full(self._n_columns, low, object)
        status[columns] = np.where(is_between, between, np.where(is_high, high, low))
        of_rows = np.full(self.n_rows, low, object)
        of_rows[list(full_rows)], of_rows[list(free_rows)] = high, between
        basis = highspy.HighsBasis()
        basis.col_status, basis.row_status, basis.valid, basis.alien = status.tolist(), of_rows.tolist(), True, False
        self._highs.setBasis(basis)

    def hold_whole(self, columns: NDArray[np.int64]) -> None:
        """Ask for whole numbers in some columns."""
        index = columns.astype(np.int32)
        self._highs.changeColsIntegrality(len(index), index, np.ones(len(index), np.uint8))
        self.is_integer = True
        self._set("presolve", "choose")

    def set_row(self, row: int, lower: float, upper: float) -> None:
        """Replace the two sides of a row."""
        self._highs.changeRowBounds(row, lower, upper)

    def set_coefficient(self, row: int, column: int, value: float) -> None:
        """Replace one coefficient."""
        self._highs.changeCoeff(row, column, value)

    def add_column(self, lower: float, upper: float) -> int:
        """Add a column without entries and return its index."""
        self._highs.addCol(0.0, lower, upper, 0, np.zeros(0, np.int32), np.zeros(0))
        self._n_columns += 1
        return self._n_columns - 1

    def add_row(self, lower: float, upper: float, columns: NDArray[np.int32], values: Floats) -> int:
        """Add a row and return its index. Rows are never deleted."""
        self._highs.addRow(lower, upper, len(columns), np.asarray(columns, np.int32), np.asarray(values, float))
        return int(self._highs.getNumRow()) - 1

    def add_columns(self, count: int) -> NDArray[np.int32]:
        """Add columns of zero or more without entries and return their indices."""
        none, nothing = np.zeros(0, np.int32), np.zeros(0)
        zero, infinite = np.zeros(count), np.full(count, highspy.kHighsInf)
        self._highs.addCols(count, zero, zero, infinite, 0, np.zeros(count, np.int32), none, nothing)
        self._n_columns += count
        return np.arange(self._n_columns - count, self._n_columns, dtype=np.int32)

    def add_opposites(self, columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Split columns that go both ways: each keeps its way up, and a new column takes its way down.

        Parameters
        ----------
        columns : ndarray of column numbers

        Returns
        -------
        ndarray of column numbers
            Of the new columns, each in the same rows with the opposite sign, from zero to as far down as it went.
        """
        index, count = columns.astype(np.int32), len(columns)
        _, _, _, lower, upper, nonzeros = self._highs.getCols(count, index)
        _, start, rows, values = self._highs.getColsEntries(count, index)
        zero = np.zeros(count)
        if not self.is_integer:
            # Few steps move, so simplex from last year is near its end at any size.
            self._set("presolve", "off")
            self._set("solver", "choose")
        self._highs.changeColsBounds(count, index, zero, upper)
        self._highs.addCols(count, zero, zero, -lower, nonzeros, start, rows, -values)
        new = np.arange(self._n_columns, self._n_columns + count)
        if self.is_integer:
            kinds = np.array([self._highs.getColIntegrality(column)[1] for column in index.tolist()])
            whole = new[kinds == highspy.HighsVarType.kInteger].astype(np.int32)
            self._highs.changeColsIntegrality(len(whole), whole, np.ones(len(whole), np.uint8))
        self._n_columns += count
        return new

    def add_rows(self, lower: Floats, upper: Floats, columns: NDArray[np.int32], values: Floats) -> None:
        """Add rows with as many entries each; columns and values are shaped (n_rows, n_entries)."""
        n_rows, n_entries = columns.shape
        start = np.arange(0, n_rows * n_entries, n_entries, dtype=np.int32)
        self._highs.addRows(n_rows, lower, upper, columns.size, start, columns.ravel(), values.ravel())
