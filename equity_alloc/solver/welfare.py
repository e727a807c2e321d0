"""The equal level that is worth as much, raised by tangents: for finite aversion where filling does not apply.

A concave welfare lies below each of its tangents. One column per unit stands for its welfare, held under the tangents
drawn so far; the linear program then reaches at least the best there is (a bound), and the welfare of its levels is at
most the best (a plan). New tangents are drawn where the two differ, until they agree. Each tangent is lifted by more than the
digits of its own evaluation, and the bound that counts is re-checked in exact integers from the prices alone. At
infinite aversion levels are raised by staged duals instead. Inside the model levels are in percent of the highest
mean, never in dollars.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import highspy
import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.objectives.units import equivalent_of, refuse_nothing
from equity_alloc.problem.arrays import Floats
from equity_alloc.problem.coupled_bound import Prices
from equity_alloc.solver.level_columns import (
    PERCENT,
    UPWARD,
    Columns,
    add_levels,
    bounded_columns,
    highest_levels,
    highest_mean,
    percent,
)
from equity_alloc.solver.named_prices import named_prices, printed
from equity_alloc.solver.projected import Projected
from equity_alloc.solver.proven import proven_bound
from equity_alloc.solver.status import Solved
from equity_alloc.solver.welfare_curve import Curve

#: Bound and plan agree when they differ by less than this, in the model's percent: a thousandth of a cent in $10,000.
CLOSED = 1e-7
#: Where somebody may have nothing, welfare is read off from this level on.
LEAST_BASE = 1.0
MOST_ROUNDS = 80
#: A dual above this names a unit that cannot rise; the duals of a round sum to one.
PRICE = 1e-9
#: A level below this, in the model's percent, is none.
NOTHING = 1e-6
#: Below every level, in the model's percent.
NO_LEVEL = -1.0
#: Welfare inside the model never falls so far below zero.
LOWEST_WELFARE = -1e6


@dataclass(frozen=True, eq=False)
class Raised:
    """What was reached, in the stage's own unit.

    Parameters
    ----------
    levels : ndarray, shape (n_units,)
        Up to the ceiling.
    pooled : ndarray, shape (n_schools,), cents
    equivalent, bound : float
        Of the levels, and what none can pass: re-checked in exact integers, the solver only suggests the prices.
    prices : Prices or None
        For whoever rebuilds the rules to find the bound again; at infinity that of the lowest level.
    """

    levels: Floats
    pooled: Floats
    equivalent: float
    bound: float
    prices: Prices | None = None


def raise_equivalent(model: Projected, stage: RaiseEquivalent) -> Raised:
    """Return the levels with the highest equivalent that the model allows.

    Parameters
    ----------
    model : Projected
        Fresh; columns and rows are added.
    stage : RaiseEquivalent

    Raises
    ------
    SolverFailed
        If a linear program ends without an optimum.
    InvalidValue
        If a level must be zero where the dial forbids it.
    """
    return Welfare(model, stage).run()


class Welfare:
    """Level columns on a live model, and what is raised through them.

    Parameters
    ----------
    model : Projected
        Fresh; columns and rows are added.
    stage : RaiseEquivalent
    """

    def __init__(self, model: Projected, stage: RaiseEquivalent) -> None:
        self.model, self.stage = model, stage
        self.masses = np.array([float(unit.mass) for unit in stage.units])
        self.masses /= self.masses.sum()
        self.scale = percent(highest_mean(model, stage))
        self._floor: int | None = None
        self._drawn: list[tuple[int, int, float]] = []
        self._last: Solved | None = None
        kappa = None if stage.reference is None else float(stage.aversion or 0) * self.scale / float(stage.reference)
        self.curve, self.welfare = Curve(float(stage.aversion or 0), kappa, LEAST_BASE), np.zeros(0, np.int32)
        # Their mean is at most 100, so one unit's level is at most 100 over its share: the exact check multiplies by it.
        self.tops = np.minimum((PERCENT + 1) / self.masses, highest_levels(model, stage, self.scale))
        self._first_level = model.solver.n_rows
        self.level = add_levels(model, stage, self.scale, self.tops)

    def run(self) -> Raised:
        """Raise the lowest level first: it is the answer at infinity, and where tangents start otherwise."""
        if self.stage.aversion is None:
            return self._leximin()
        if self.stage.aversion == 0:
            solved = self._maximize(self.level, self.masses)
            return self._answer(solved, self._proven(solved) * (1 + UPWARD) * self.scale, self._prices(solved))
        lowest = self.lowest()
        refuse_nothing(self.stage, lowest - NOTHING)
        return self._tangents(lowest)

    def _maximize(self, columns: Columns, prices: Floats) -> Solved:
        solver = self.model.solver
        cost = np.zeros(solver.n_columns)
        cost[columns] = prices
        solver.set_objective(cost, maximize=True)
        solved = self.model.solve()
        if not solved.is_accepted:
            raise SolverFailed(f"Raising levels ended without an answer: {solved.status.value}.")
        return solved

    def _answer(self, solved: Solved, bound: float | None = None, prices: Prices | None = None) -> Raised:
        levels = solved.values[self.level] * self.scale
        reached = equivalent_of(self.stage, levels.tolist())
        proven = reached if bound is None else max(reached, bound)
        return Raised(levels, self.model.pooled_cents(solved), reached, proven, prices)

    def _proven(self, solved: Solved) -> float:
        """Return what the program's objective cannot pass, from its prices in exact integers."""
        return float(proven_bound(self.model.solver, solved))

    def lowest(self) -> float:
        """Return the highest that the lowest level can be; it holds nothing."""
        solver = self.model.solver
        if self._floor is None:
            self._floor = solver.add_column(NO_LEVEL, NO_LEVEL)
            for column in self.level.tolist():
                entries = np.array([column, self._floor], np.int32)
                solver.add_row(0.0, highspy.kHighsInf, entries, np.array([1.0, -1.0]))
        solver.set_bounds([self._floor], np.array([NO_LEVEL]), np.array([PERCENT + 1]))
        found = float(self._maximize(np.array([self._floor], np.int32), np.ones(1)).values[self._floor])
        # The rows stay, but below all levels they hold nobody; and a column that cannot move spoils no proof.
        solver.set_bounds([self._floor], np.array([NO_LEVEL]), np.array([NO_LEVEL]))
        return found

    def _leximin(self) -> Raised:
        solver = self.model.solver
        floor = solver.add_column(-highspy.kHighsInf, highspy.kHighsInf)
        rows = [
            solver.add_row(0.0, highspy.kHighsInf, np.array([column, floor], np.int32), np.array([1.0, -1.0]))
            for column in self.level.tolist()
        ]
        free, bound, prices = np.ones(len(rows), bool), 0.0, None
        while True:
            solved = self._maximize(np.array([floor], np.int32), np.ones(1))
            t = float(solved.values[floor])
            # The first round's level is the lowest of all, which is what is claimed.
            if prices is None:
                bound, prices = self._proven(solved) * (1 + UPWARD) * self.scale, self._prices(solved)
            stuck = free & (np.abs(solved.duals[np.array(rows)]) > PRICE)
            for k in np.flatnonzero(stuck).tolist():
                solver.set_coefficient(rows[k], floor, 0.0)
                solver.set_row(rows[k], t, highspy.kHighsInf)
            free &= ~stuck
            if not stuck.any() or not free.any():
                return self._answer(solved, bound, prices)

    def _tangents(self, lowest: float) -> Raised:
        self.begin(lowest)
        best, bound = self.close()
        return self._answer(best, float(bound), None if self._last is None else self._prices(self._last))

    def begin(self, lowest: float) -> None:
        """Add the columns of welfare under their first tangents; they stay, whatever is held later.

        Parameters
        ----------
        lowest : float
            The lowest level of some plan, in the model's percent; welfare is told apart best from there on.
        """
        self.curve = replace(self.curve, base=max(lowest, LEAST_BASE))
        base = self.curve.base
        # With a slope of one at its zero, welfare never passes the level.
        lowest_welfare = np.full(len(self.tops), LOWEST_WELFARE)
        self.welfare = bounded_columns(self.model, lowest_welfare, np.maximum(self.tops, 1.0))
        for point in np.geomspace(base, max(2 * PERCENT, 2 * base), 6):
            self._draw(np.arange(len(self.level)), np.full(len(self.level), point))

    def close(self) -> tuple[Solved, Fraction]:
        """Return the plan with the highest equivalent, and what none can pass, in the stage's unit, from exact integers."""
        solved = best = last = self._maximize(self.welfare, self.masses)
        most, bound = -np.inf, np.inf
        for _ in range(MOST_ROUNDS):
            bound = min(bound, self.curve.level(float(self.masses @ solved.values[self.welfare])))
            value = self.value(solved)
            if value > most:
                most, best = value, solved
            if bound - most <= CLOSED or not self.draw_at(solved):
                break
            # Prices prove something of the program that they were found for, with all its rows: the last one.
            solved = last = self._maximize(self.welfare, self.masses)
        proven = self._proven(last)
        # Where prices prove so little that no level has that welfare, the highest level of any unit still bounds it.
        reached = min(self.curve.level(proven + UPWARD * abs(proven)), float(self.tops.max()))
        self._last = last
        return best, Fraction(reached * (1 + UPWARD) * self.scale)

    def value(self, solved: Solved) -> float:
        """Return the equivalent of a solution's levels, in the model's percent."""
        return self.curve.level(float(self.masses @ self.curve.welfare(self._at(solved))))

    def draw_at(self, solved: Solved) -> bool:
        """Draw tangents where a solution's welfare passes that of its levels; return whether there was any."""
        at = self._at(solved)
        over = np.flatnonzero(self.masses * (solved.values[self.welfare] - self.curve.welfare(at)) > CLOSED / len(at))
        if len(over):
            self._draw(over, at[over])
        return bool(len(over))

    def welfare_of(self, equivalent: float) -> float:
        """Return the mean welfare of an equal level, in the model's percent."""
        return float(self.curve.welfare(np.array([equivalent]))[0])

    def _at(self, solved: Solved) -> Floats:
        return np.maximum(solved.values[self.level], self.curve.least_point)

    def _draw(self, which: NDArray[np.int64], points: Floats) -> None:
        """Hold the welfare of some units under the tangents at these levels."""
        slopes = self.curve.slope(points)
        right = self.curve.welfare(points) - slopes * points
        right += UPWARD * (np.abs(right) + np.abs(slopes * points) + self.curve.base)
        entries = np.column_stack([self.welfare[which], self.level[which]])
        below = np.full(len(which), -highspy.kHighsInf)
        first = self.model.solver.n_rows
        self.model.solver.add_rows(below, right, entries, np.column_stack([np.ones(len(which)), -slopes]))
        self._drawn.extend(zip(range(first, first + len(which)), which.tolist(), slopes.tolist(), strict=True))

    def _prices(self, solved: Solved) -> Prices:
        """Return what more of each unit's level is worth, with prices of funds and limits.

        Under the tangents that hold it, or, where a ceiling or the lowest level holds it too, what more of its money brings.
        """
        first = self._first_level
        if self.stage.ceiling is not None or self.stage.aversion is None:
            duals = solved.duals[first : first + len(self.masses)]
            worth = np.maximum(0.0, -duals).tolist()
        else:
            worth = self.masses.tolist() if self.stage.aversion == 0 else [0.0] * len(self.masses)
            for row, unit, slope in self._drawn:
                worth[unit] += max(0.0, float(solved.duals[row])) * slope
        units = tuple((unit.name, printed(each)) for unit, each in zip(self.stage.units, worth, strict=True))
        return named_prices(self.model, solved, units, self.scale, above=0.0)
