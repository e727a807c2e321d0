"""The equal level that is worth as much against one limit, at stated points: at finite aversion the curve has no corners.

The highest equivalent is a concave function of a limit's right-hand side, as welfare is concave and all else linear.
Points are stated by level, evenly between the two ends, and at each the tightest limit that reaches it is found under
tangents (solver/welfare.py). Between two points a mixture of both plans reaches at least the straight line.
"""

from __future__ import annotations

from fractions import Fraction
from math import nan

import highspy
import numpy as np

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.objectives.units import refuse_nothing
from equity_alloc.solver.moving_limit import NEAR, Look, MovingLimit
from equity_alloc.solver.projected import Projected
from equity_alloc.solver.welfare import MOST_ROUNDS, NOTHING, Welfare

#: Points that are stated along a curve, its ends among them.
STATED = 13
#: Part of the limit by which its end is eased, so that what is just possible is possible in a solver's digits.
ROOM = 2e-11
#: Where the dial gives no value to a level of nothing, the curve begins where everybody has this, in the model's percent.
SOMETHING = 1.0
#: Levels in the model's percent closer than this are the same: a hundredth of a cent in $10,000.
SAME = 1e-6


class EquivalentAgainst:
    """A live model in which one limit moves.

    Parameters
    ----------
    model : Projected
        Fresh; columns and rows are added.
    number : int
        Place of the limit among those that the cells hold together.
    stage : RaiseEquivalent
        Of finite aversion above zero.

    Raises
    ------
    InvalidValue
        If a level must be zero where the dial forbids it.
    """

    def __init__(self, model: Projected, number: int, stage: RaiseEquivalent) -> None:
        self.model, self.limit = model, MovingLimit(model, number)
        self._welfare = Welfare(model, stage)
        best_lowest = self._welfare.lowest()
        refuse_nothing(stage, best_lowest - NOTHING)
        self._start = self._first_limit(stage, min(SOMETHING, best_lowest / 2))
        self.limit.hold(self._start)
        self._welfare.begin(self._welfare.lowest())
        welfare = self._welfare
        self._held = model.solver.add_row(-highspy.kHighsInf, highspy.kHighsInf, welfare.welfare, welfare.masses)

    def look(self, limit: float) -> Look:
        """Return the curve at a value of the limit."""
        self.limit.hold(limit)
        solved, _ = self._welfare.close()
        level = self._welfare.value(solved)
        # Tangents give the level to its last digit, and their prices only nearly.
        return Look(limit, level * self._welfare.scale, nan)

    def bound(self, limit: float) -> Fraction:
        """Return an equivalent that no plan can pass at a value of the limit, re-checked in exact integers."""
        self.limit.hold(limit)
        return self._welfare.close()[1]

    def ends(self) -> tuple[Look, Look]:
        """Return the curve where the limit is as tight as can be, and where it no longer matters."""
        self.limit.hold(None)
        best = self._welfare.value(self._welfare.close()[0])
        loosest = self._limit_for(best, SAME)
        room = max(abs(loosest - self._start), 1.0) * NEAR * self.limit.way
        return self.look(self._start), self.look(loosest + room)

    def corners(self) -> tuple[Look, ...]:
        """Return the stated points, the tightest limit first; one alone where nothing is to be traded."""
        first, last = self.ends()
        scale = self._welfare.scale
        if last.level - first.level <= SAME * scale:
            return (first,)
        found = [first]
        for k in range(1, STATED - 1):
            wanted = (first.level + (last.level - first.level) * k / (STATED - 1)) / scale
            found.append(self.look(self._limit_for(wanted, (last.level - first.level) / scale / 1000)))
        return (*found, last)

    def _first_limit(self, stage: RaiseEquivalent, something: float) -> float:
        """Return the tightest limit at which the dial has a value."""
        self.limit.hold(None)
        tightest = self.limit.tightest()
        room = max(abs(tightest) * ROOM, SAME) * self.limit.way
        self.limit.hold(tightest + room)
        if stage.reference is not None or (stage.aversion or 0) < 1 or self._welfare.lowest() >= something:
            return tightest + room
        self.limit.hold(None)
        columns = self._welfare.level.astype(np.int64)
        lower, upper = self.model.solver.bounds(columns)
        self.model.solver.set_bounds(columns, np.maximum(lower, something), upper)
        found = self.limit.tightest()
        self.model.solver.set_bounds(columns, lower, upper)
        return found + room

    def _limit_for(self, equivalent: float, within: float) -> float:
        """Return the tightest limit whose plans reach an equivalent but for so much, in the model's percent."""
        solver, welfare = self.model.solver, self._welfare
        self.limit.hold(None)
        least = welfare.welfare_of(equivalent - within / 2)
        solver.set_row(self._held, least, highspy.kHighsInf)
        before = None
        try:
            for _ in range(MOST_ROUNDS):
                solved, limit = self.limit.tight()
                value = welfare.value(solved)
                # Where the lowest level is far below the others a tangent is flatter than the solver's tolerance: it draws no nearer.
                if value >= equivalent - within or value == before or not welfare.draw_at(solved):
                    return limit
                before = value
        finally:
            solver.set_row(self._held, -highspy.kHighsInf, highspy.kHighsInf)
        raise SolverFailed("Tightening a limit under tangents ended without an answer.")
