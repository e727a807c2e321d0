"""The lowest level against one limit: how high it can be for each value of the limit, exact between its corners.

The highest lowest level is a concave, piecewise linear function of a limit's right-hand side, because both are linear.
Each solve gives its value and a slope that is a price (the limit's dual). Where two tangents meet, either the curve
passes there, and it is a corner, or the meeting point lies above it, and the curve is looked at there again
(Eisner and Severance, Mathematical techniques for efficient record segmentation in large shared databases, Journal of the
ACM 23(4), 1976): every corner is found, with at most two solves for each.
"""

from __future__ import annotations

from fractions import Fraction

import highspy
import numpy as np

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.solver.level_columns import PERCENT, add_levels, highest_levels, highest_mean, percent
from equity_alloc.solver.moving_limit import NEAR, Look, MovingLimit
from equity_alloc.solver.projected import Projected
from equity_alloc.solver.proven import proven_bound
from equity_alloc.solver.status import Solved

#: Levels in the model's percent closer than this are the same: a hundredth of a cent in $10,000.
SAME = 1e-6
#: A level below this, in the model's percent, is none.
LEAST = -1.0
#: Looks at the curve after which corners are given as far as they were found.
MOST_LOOKS = 400


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
        self.model, self.limit = model, MovingLimit(model, number)
        solver = model.solver
        self._scale = percent(highest_mean(model, stage))
        levels = add_levels(model, stage, self._scale, highest_levels(model, stage, self._scale))
        # The lowest is never above the mean, which is at most 100.
        self._level = solver.add_column(LEAST, PERCENT + 1)
        for column in levels.tolist():
            entries = np.array([column, self._level], np.int32)
            solver.add_row(0.0, highspy.kHighsInf, entries, np.array([1.0, -1.0]))

    def look(self, limit: float) -> Look:
        """Return the curve at a value of the limit."""
        return self._read(limit, self._raise(limit))

    def bound(self, limit: float) -> Fraction:
        """Return a level that the lowest cannot pass at a value of the limit, re-checked in exact integers."""
        solved = self._raise(limit)
        return proven_bound(self.model.solver, solved) * Fraction(self._scale)

    def ends(self) -> tuple[Look, Look]:
        """Return the curve where the limit is as tight as can be, and where it no longer matters."""
        self.limit.hold(None)
        tightest = self.limit.tightest()
        best = float(self._highest().values[self._level])
        self.model.solver.set_bounds([self._level], np.array([best - SAME / 100]), np.array([PERCENT + 1]))
        loosest = self.limit.tightest()
        self.model.solver.set_bounds([self._level], np.array([LEAST]), np.array([PERCENT + 1]))
        room = max(abs(loosest - tightest), 1.0) * NEAR * self.limit.way
        return self.look(tightest + room), self.look(loosest + room)

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
        found.sort(key=lambda look: look.limit * self.limit.way)
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
        return Look(limit, float(solved.values[self._level]) * self._scale, self.limit.price(solved) * self._scale)

    def _raise(self, limit: float) -> Solved:
        self.limit.hold(limit)
        return self._highest()

    def _highest(self) -> Solved:
        cost = np.zeros(self.model.solver.n_columns)
        cost[self._level] = 1.0
        self.model.solver.set_objective(cost, maximize=True)
        solved = self.model.solve()
        if not solved.is_accepted:
            raise SolverFailed(
                f"Raising the lowest level under a limit ended without an answer: {solved.status.value}."
            )
        return solved


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
