"""The equal level that is worth as much, raised by tangents: for finite aversion where filling does not apply.

A concave welfare lies below each of its tangents. One column per unit stands for its welfare, held under the tangents
drawn so far; the linear program then reaches at least the best there is (a bound), and the welfare of its levels is at
most the best (a plan). New tangents are drawn where the two differ, until they agree. Each tangent is lifted by more than the
digits of its own evaluation, and the bound that counts is re-checked in exact integers from the prices alone. At
infinite aversion levels are raised by staged duals instead. Inside the model levels are in percent of the highest
mean, never in dollars.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.objectives.units import equivalent_of, refuse_nothing
from equity_alloc.solver.projected import Projected
from equity_alloc.solver.proven import proven_bound
from equity_alloc.solver.rows import MONEY
from equity_alloc.solver.status import Solved

Floats = NDArray[np.float64]
Columns = NDArray[np.int32]

#: The highest mean level inside the model: large beside the solver's tolerance.
PERCENT = 100.0
#: A mean below this, in the stage's own unit, is none, and nothing is measured by it.
LEAST_MEAN = 1e-6
#: Bound and plan agree when they differ by less than this, in the model's percent: a thousandth of a cent in $10,000.
CLOSED = 1e-7
#: Where somebody may have nothing, welfare is read off from this level on.
LEAST_BASE = 1.0
MOST_ROUNDS = 80
#: A dual above this names a unit that cannot rise; the duals of a round sum to one.
PRICE = 1e-9
#: A level below this, in the model's percent, is none.
NOTHING = 1e-6
#: Welfare inside the model never falls so far below zero.
LOWEST_WELFARE = -1e6
#: Welfare beyond this many times the base is worth more than any level.
MOST_POWER = 600.0
#: A tangent is lifted, and a bound raised, by this share: more than a float's digits, so that rounding can only loosen it.
UPWARD = 1e-12


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
    """

    levels: Floats
    pooled: Floats
    equivalent: float
    bound: float


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
    return _Welfare(model, stage).run()


class _Welfare:
    """Level columns on a live model, and what is raised through them."""

    def __init__(self, model: Projected, stage: RaiseEquivalent) -> None:
        self.model, self.stage = model, stage
        self.masses = np.array([float(unit.mass) for unit in stage.units])
        self.masses /= self.masses.sum()
        self.scale = percent(highest_mean(model, stage))
        self.base = LEAST_BASE
        # Their mean is at most 100, so one unit's level is at most 100 over its share: the exact check multiplies by it.
        self.tops = np.minimum((PERCENT + 1) / self.masses, highest_levels(model, stage, self.scale))
        self.level = add_levels(model, stage, self.scale, self.tops)

    def run(self) -> Raised:
        """Raise the lowest level first: it is the answer at infinity, and where tangents start otherwise."""
        if self.stage.aversion is None:
            return self._leximin()
        if self.stage.aversion == 0:
            solved = self._maximize(self.level, self.masses)
            return self._answer(solved, self._proven(solved) * (1 + UPWARD) * self.scale)
        lowest = self._lowest()
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

    def _answer(self, solved: Solved, bound: float | None = None) -> Raised:
        levels = solved.values[self.level] * self.scale
        reached = equivalent_of(self.stage, levels.tolist())
        proven = reached if bound is None else max(reached, bound)
        return Raised(levels, self.model.pooled_cents(solved), reached, proven)

    def _proven(self, solved: Solved) -> float:
        """Return what the program's objective cannot pass, from its prices in exact integers."""
        return float(proven_bound(self.model.solver, solved))

    def _lowest(self) -> float:
        """Return the highest that the lowest level can be; it holds nothing."""
        solver = self.model.solver
        floor = solver.add_column(-highspy.kHighsInf, highspy.kHighsInf)
        for column in self.level.tolist():
            solver.add_row(0.0, highspy.kHighsInf, np.array([column, floor], np.int32), np.array([1.0, -1.0]))
        # The rows stay, but a floor that may fall as far as it likes holds nobody.
        return float(self._maximize(np.array([floor], np.int32), np.ones(1)).values[floor])

    def _leximin(self) -> Raised:
        solver = self.model.solver
        floor = solver.add_column(-highspy.kHighsInf, highspy.kHighsInf)
        rows = [
            solver.add_row(0.0, highspy.kHighsInf, np.array([column, floor], np.int32), np.array([1.0, -1.0]))
            for column in self.level.tolist()
        ]
        free, bound = np.ones(len(rows), bool), 0.0
        while True:
            solved = self._maximize(np.array([floor], np.int32), np.ones(1))
            t = float(solved.values[floor])
            # The first round's level is the lowest of all, which is what is claimed.
            bound = bound or self._proven(solved) * (1 + UPWARD) * self.scale
            stuck = free & (np.abs(solved.duals[np.array(rows)]) > PRICE)
            for k in np.flatnonzero(stuck).tolist():
                solver.set_coefficient(rows[k], floor, 0.0)
                solver.set_row(rows[k], t, highspy.kHighsInf)
            free &= ~stuck
            if not stuck.any() or not free.any():
                return self._answer(solved, bound)

    def _tangents(self, lowest: float) -> Raised:
        self.base = max(lowest, LEAST_BASE)
        # With a slope of one at its zero, welfare never passes the level.
        lowest_welfare = np.full(len(self.tops), LOWEST_WELFARE)
        welfare = _columns(self.model, lowest_welfare, np.maximum(self.tops, 1.0))
        for point in np.geomspace(self.base, max(2 * PERCENT, 2 * self.base), 6):
            self._draw(welfare, np.arange(len(self.level)), np.full(len(self.level), point))
        solved = best = last = self._maximize(welfare, self.masses)
        most, bound = -np.inf, np.inf
        for _ in range(MOST_ROUNDS):
            at = np.maximum(solved.values[self.level], self.base * 1e-3)
            reached = self._phi(at)
            bound = min(bound, self._back(float(self.masses @ solved.values[welfare])))
            last = solved
            value = self._back(float(self.masses @ reached))
            if value > most:
                most, best = value, solved
            over = np.flatnonzero(self.masses * (solved.values[welfare] - reached) > CLOSED / len(at))
            if bound - most <= CLOSED or not len(over):
                break
            self._draw(welfare, over, at[over])
            solved = self._maximize(welfare, self.masses)
        proven = self._proven(last)
        return self._answer(best, self._back(proven + UPWARD * abs(proven)) * (1 + UPWARD) * self.scale)

    def _draw(self, welfare: Columns, which: NDArray[np.int64], points: Floats) -> None:
        """Hold the welfare of some units under the tangents at these levels."""
        slopes = self._slope(points)
        right = self._phi(points) - slopes * points
        right += UPWARD * (np.abs(right) + np.abs(slopes * points) + self.base)
        entries = np.column_stack([welfare[which], self.level[which]])
        below = np.full(len(which), -highspy.kHighsInf)
        self.model.solver.add_rows(below, right, entries, np.column_stack([np.ones(len(which)), -slopes]))

    @property
    def _aversion(self) -> float:
        return float(self.stage.aversion or 0)

    @property
    def _kappa(self) -> float | None:
        """Kolm-Pollak's strength in the model's levels."""
        reference = self.stage.reference
        return None if reference is None else self._aversion * self.scale / float(reference)

    def _phi(self, levels: Floats) -> Floats:
        """Return welfare; it is zero, with a slope of one, at the base, so that the lowest levels are told apart best."""
        if self._kappa is not None:
            return np.asarray(-np.expm1(-self._kappa * (levels - self.base)) / self._kappa)
        if self._aversion == 1:
            return np.asarray(self.base * np.log(levels / self.base))
        return np.asarray(self.base * ((levels / self.base) ** (1 - self._aversion) - 1) / (1 - self._aversion))

    def _slope(self, levels: Floats) -> Floats:
        if self._kappa is not None:
            return np.asarray(np.exp(-self._kappa * (levels - self.base)))
        return np.asarray((levels / self.base) ** -self._aversion)

    def _back(self, welfare: float) -> float:
        """Return the equal level with this mean welfare; infinite where no level has it."""
        if self._kappa is not None:
            inside = 1 - self._kappa * welfare
            return self.base - float(np.log(inside)) / self._kappa if inside > 0 else np.inf
        if self._aversion == 1:
            return self.base * float(np.exp(welfare / self.base)) if welfare < MOST_POWER * self.base else np.inf
        inside = 1 + (1 - self._aversion) * welfare / self.base
        return self.base * float(inside ** (1 / (1 - self._aversion))) if inside > 0 else np.inf


def add_levels(model: Projected, stage: RaiseEquivalent, scale: float, tops: Floats) -> Columns:
    """Add a column for each unit's level over `scale`: at most the level of its counted dollars, and `tops`."""
    row = {code: s for s, code in enumerate(model.cells.schools)}
    solver = model.solver
    columns = _columns(model, np.full(len(tops), -1.0), tops)
    for column, unit in zip(columns.tolist(), stage.units, strict=True):
        at = np.array([row[code] for code, _ in unit.parts], np.int64)
        parts = np.array([float(part) for _, part in unit.parts]) * MONEY / scale
        own = float(parts @ (model.cuts.counted_local[at] / MONEY))
        entries = np.concatenate([model.pooled[at], [column]]).astype(np.int32)
        solver.add_row(-own, highspy.kHighsInf, entries, np.concatenate([parts, [-1.0]]))
    return columns


def highest_levels(model: Projected, stage: RaiseEquivalent, scale: float) -> Floats:
    """Return what each unit's level over `scale` cannot pass: its schools' own limits, and the ceiling."""
    row = {code: s for s, code in enumerate(model.cells.schools)}
    _, upper = model.solver.bounds(model.pooled)
    counted = upper * MONEY + model.cuts.counted_local
    tops = np.array([sum(float(part) * counted[row[code]] for code, part in unit.parts) for unit in stage.units])
    tops = tops / scale + 1.0
    return tops if stage.ceiling is None else np.minimum(tops, float(stage.ceiling) / scale)


def _columns(model: Projected, lower: Floats, upper: Floats) -> Columns:
    """Add columns without entries, within bounds that are as near as is known: the exact check multiplies by them."""
    columns = model.solver.add_columns(len(lower))
    model.solver.set_bounds(columns.astype(np.int64), lower, upper)
    return columns


def hold_units(model: Projected, stage: RaiseEquivalent, least: Floats) -> None:
    """Hold every unit's level at least here, in the stage's unit; at aversion 0 only their mean."""
    scale = percent(float(least.mean()))
    columns = add_levels(model, stage, scale, highest_levels(model, stage, scale))
    solver = model.solver
    if stage.aversion == 0:
        masses = np.array([float(unit.mass) for unit in stage.units])
        masses /= masses.sum()
        solver.add_row(float(masses @ least) / scale, highspy.kHighsInf, columns, masses)
        return
    for column, level in zip(columns, least.tolist(), strict=True):
        solver.add_row(level / scale, highspy.kHighsInf, np.array([column], np.int32), np.ones(1))


def percent(mean: float) -> float:
    """Return what one of the model's percent is in the stage's unit."""
    return (mean if mean > LEAST_MEAN else 1.0) / PERCENT


def highest_mean(model: Projected, stage: RaiseEquivalent) -> float:
    """Return what the mean level cannot pass, in the stage's unit: what levels are measured by."""
    row = {code: s for s, code in enumerate(model.cells.schools)}
    mass = float(sum(unit.mass for unit in stage.units))
    worth = np.zeros(len(row))
    for unit in stage.units:
        for code, part in unit.parts:
            worth[row[code]] += float(unit.mass * part) / mass
    top = max(float(worth.max()), 1e-300)
    cost = np.zeros(model.solver.n_columns)
    cost[model.pooled] = worth / top
    model.solver.set_objective(cost, maximize=True)
    solved = model.solve()
    if not solved.is_accepted:
        raise SolverFailed(f"Raising levels ended without an answer: {solved.status.value}.")
    most = float(proven_bound(model.solver, solved)) * MONEY * top
    return (most + float(worth @ model.cuts.counted_local)) * (1 + UPWARD)
