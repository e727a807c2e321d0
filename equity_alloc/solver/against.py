"""The lowest level against one limit: how high it can be for each value of the limit, exact between its corners.

The highest lowest level is a concave, piecewise linear function of a limit's right-hand side, because both are linear.
Each solve gives its value and a slope that is a price (the limit's dual). Where two tangents meet, either the curve
passes there, and it is a corner, or the meeting point lies above it, and the curve is looked at there again
(Eisner and Severance, Mathematical techniques for efficient record segmentation in large shared databases, Journal of the
ACM 23(4), 1976): every corner is found, with at most two solves for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import highspy
import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.solver.projected import Projected
from equity_alloc.solver.proven import proven_bound
from equity_alloc.solver.status import Solved
from equity_alloc.solver.welfare import PERCENT, add_levels, highest_levels, highest_mean, percent

Floats = NDArray[np.float64]

#: Levels in the model's percent closer than this are the same: a hundredth of a cent in $10,000.
SAME = 1e-6
#: A level below this, in the model's percent, is none.
LEAST = -1.0
#: Part of the limit's range by which its ends are told apart.
NEAR = 1e-9
#: Looks at the curve after which corners are given as far as they were found.
MOST_LOOKS = 400


@dataclass(frozen=True, slots=True)
class Look:
    """The curve at one value of the limit.

    Parameters
    ----------
    limit : float
        In the limit's own unit.
    level : float
        Highest lowest level, in the stage's unit.
    price : float
        What one more unit of the limit adds to it; where it turns, the price on one of its sides.
    """

    limit: float
    level: float
    price: float


class LowestAgainst:
    """A live model in which one limit moves.

    Parameters
    ----------
    model : Projected
        Fresh; columns and rows are added.
    number : int
        Place of the limit among those that the cells hold together.
    stage : RaiseEquivalent
        Whose levels.
    """

    def __init__(self, model: Projected, number: int, stage: RaiseEquivalent) -> None:
        self.model, self.row = model, model.limits[number]
        self._is_most = model.cells.coupling[number].least is None
        self._columns = np.array([variable.index for variable, _ in self.row.terms], np.int64)
        self._values = np.array([value for _, value in self.row.terms])
        solver = model.solver
        self._scale = percent(highest_mean(model, stage))
        levels = add_levels(model, stage, self._scale, highest_levels(model, stage, self._scale))
        # The lowest is never above the mean, which is at most 100.
        self._level = solver.add_column(LEAST, PERCENT + 1)
        for column in levels.tolist():
            entries = np.array([column, self._level], np.int32)
            solver.add_row(0.0, highspy.kHighsInf, entries, np.array([1.0, -1.0]))

    @property
    def cents(self) -> int:
        """Cents that rounding pay may move in all."""
        return int(self.model.base.size)

    def look(self, limit: float) -> Look:
        """Return the curve at a value of the limit."""
        return self._read(limit, self._raise(limit))

    def bound(self, limit: float) -> Fraction:
        """Return a level that the lowest cannot pass at a value of the limit, re-checked in exact integers."""
        solved = self._raise(limit)
        return proven_bound(self.model.solver, solved) * Fraction(self._scale)

    def ends(self) -> tuple[Look, Look]:
        """Return the curve where the limit is as tight as can be, and where it no longer matters."""
        self._hold(None)
        tightest = self._tightest()
        best = float(self._solve(maximize=True).values[self._level])
        self.model.solver.set_bounds([self._level], np.array([best - SAME / 100]), np.array([PERCENT + 1]))
        loosest = self._tightest()
        self.model.solver.set_bounds([self._level], np.array([LEAST]), np.array([PERCENT + 1]))
        room = max(abs(loosest - tightest), 1.0) * NEAR
        sign = 1 if self._is_most else -1
        return self.look(tightest + sign * room), self.look(loosest + sign * room)

    def corners(self) -> tuple[Look, ...]:
        """Return the two ends and every corner between them, the tightest limit first."""
        first, last = self.ends()
        found, open_pairs = [first, last], [(first, last)]
        while open_pairs and len(found) < MOST_LOOKS:
            left, right = open_pairs.pop()
            middle = self._meeting(left, right)
            if middle is None:
                continue
            seen = self.look(middle)
            found.append(seen)
            if left.level + left.price * (middle - left.limit) - seen.level > SAME * self._scale:
                open_pairs += [(left, seen), (seen, right)]
        found.sort(key=lambda look: look.limit if self._is_most else -look.limit)
        return _turning(found, SAME * self._scale)

    def _meeting(self, left: Look, right: Look) -> float | None:
        """Return where the tangents of two looks meet strictly between them, or None where the curve is straight."""
        span = right.limit - left.limit
        if not span:
            return None
        chord = (right.level - left.level) / span
        width = SAME * self._scale / abs(span)
        if abs(left.price - chord) <= width or abs(right.price - chord) <= width or left.price == right.price:
            return None
        middle = (right.level - left.level + left.price * left.limit - right.price * right.limit) / (
            left.price - right.price
        )
        inside = min(abs(middle - left.limit), abs(middle - right.limit)) > NEAR * abs(span)
        return middle if inside and (middle - left.limit) * (middle - right.limit) < 0 else None

    def _read(self, limit: float, solved: Solved) -> Look:
        price = float(solved.duals[self.row.number]) / self.row.scale * self._scale
        return Look(limit, float(solved.values[self._level]) * self._scale, price)

    def _raise(self, limit: float) -> Solved:
        self._hold(limit)
        return self._solve(maximize=True)

    def _solve(self, *, maximize: bool) -> Solved:
        cost = np.zeros(self.model.solver.n_columns)
        if maximize:
            cost[self._level] = 1.0
        else:
            np.add.at(cost, self._columns, self._values if self._is_most else -self._values)
        self.model.solver.set_objective(cost, maximize=maximize)
        solved = self.model.solve()
        if not solved.is_accepted:
            raise SolverFailed(
                f"Raising the lowest level under a limit ended without an answer: {solved.status.value}."
            )
        return solved

    def _tightest(self) -> float:
        """Return the tightest value of the limit that what is held leaves."""
        solved = self._solve(maximize=False)
        return float(solved.objective) * self.row.scale * (1 if self._is_most else -1) + self.row.constant

    def _hold(self, limit: float | None) -> None:
        """Set the limit, or take it off."""
        low, high = -highspy.kHighsInf, highspy.kHighsInf
        if limit is not None:
            at = (limit - self.row.constant) / self.row.scale
            low, high = (low, at) if self._is_most else (at, high)
        self.model.solver.set_row(self.row.number, low, high)


def _turning(looks: list[Look], width: float) -> tuple[Look, ...]:
    """Leave out the looks that lie on a straight line between their neighbors, and those that repeat one."""
    kept: list[Look] = []
    for look in looks:
        if kept and look.level - kept[-1].level <= width:
            continue
        while len(kept) >= 2 and _is_straight(kept[-2], kept[-1], look, width):
            kept.pop()
        kept.append(look)
    return tuple(kept)


def _is_straight(left: Look, middle: Look, right: Look, width: float) -> bool:
    span = right.limit - left.limit
    if not span:
        return True
    on_line = left.level + (right.level - left.level) * (middle.limit - left.limit) / span
    return middle.level - on_line <= width
