"""The level at which the needs of very many schools use up a budget, in one reading of their columns.

A few of the schools say about where the level lies. One pass over all of them then adds up what those draw that stand
clearly below, within or above that place, and keeps aside the few whose turn comes inside it; among these Newton's
steps end the search exactly. Where the place was wrong the pass says on which side the level lies, and the next looks there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.level_by_steps import level_by_steps

#: From this many schools on, reading the columns a few times is quicker than sorting them, and from so many on the few
#: that are asked save more than they cost.
MANY, VERY_MANY = 20_000, 200_000
#: Schools that say about where the level lies.
ASKED = 16_384
#: How far the level may be from there at first, as a share of it.
AROUND = 0.01
#: Schools looked at together: few enough that their columns stay in the processor's own memory.
BLOCK = 8_192
#: Brackets tried before all schools are stepped through.
MOST_BRACKETS = 4


@dataclass(frozen=True, eq=False)
class Columns:
    """What decides a school's need of a fund set at a level; each of shape (n_schools,), in cents but for weights."""

    weights: Floats
    low: Floats
    high: Floats
    local: Ints
    must: Ints
    others: Ints

    def at(self, which: slice) -> tuple[Floats, Floats, Floats, Floats]:
        """Return weights, what is drawn anyway, from which money on more is drawn, and how much more; of some schools."""
        # Whole numbers are turned into floats once: arithmetic on both at a time is slow.
        begin, others = self.must[which].astype(float), self.others[which].astype(float)
        drawn = self.low[which] - others
        np.maximum(begin, drawn, out=drawn)
        begin += others
        np.maximum(self.low[which], begin, out=begin)
        span = np.subtract(self.high[which], begin, out=others)
        np.maximum(span, 0.0, out=span)
        begin += self.local[which]
        return self.weights[which], drawn, begin, span


def level_of_many(columns: Columns, budget: float) -> float:
    """Return the level at which all schools together need the budget, or infinity where they never do."""
    if len(columns.weights) < VERY_MANY:
        return _stepped(columns, budget)
    step = max(1, len(columns.weights) // ASKED) | 1
    weights, drawn, begin, span = columns.at(slice(None, None, step))
    # A school's floor tells best how large it is, so the few are taken to have as large a part of the budget as of floors.
    floors = float(columns.low.sum())
    part = float(columns.low[::step].sum()) / floors if floors else len(weights) / len(columns.weights)
    spare = min(max(0.0, budget * part - float(drawn.sum())), float(span.sum()) * (1 - AROUND))
    near = level_by_steps(begin / weights, span / weights, weights, spare)
    low, high = _around(near)
    for _ in range(MOST_BRACKETS):
        passed = _pass(columns, low, high)
        if passed.drawn + passed.most <= budget:
            return np.inf
        lacking = budget - passed.drawn - passed.taken
        if 0 <= lacking <= passed.between:
            return _inside(passed, low, high, lacking)
        if not passed.slope:
            break
        low, high = _around(low + lacking / passed.slope)
    return _stepped(columns, budget)


def needed(columns: Columns, level: float) -> float:
    """Return what all schools together draw at a level."""
    total = 0.0
    for first in range(0, len(columns.weights), BLOCK):
        at = slice(first, first + BLOCK)
        pooled = columns.weights[at] * level
        pooled -= columns.local[at]
        np.maximum(pooled, columns.low[at], out=pooled)
        np.minimum(pooled, columns.high[at], out=pooled)
        pooled -= columns.others[at]
        np.maximum(pooled, columns.must[at], out=pooled)
        total += float(pooled.sum())
    return total


def _stepped(columns: Columns, budget: float) -> float:
    weights, drawn, begin, span = columns.at(slice(None))
    spare = budget - float(drawn.sum())
    if float(span.sum()) <= spare:
        return np.inf
    begin /= weights
    span /= weights
    return level_by_steps(begin, span, weights, spare)


def _around(near: float) -> tuple[float, float]:
    width = AROUND * max(abs(near), 1.0)
    return near - width, near + width


@dataclass(eq=False)
class _Passed:
    """Sums over all schools for a bracket of levels, in cents.

    Parameters
    ----------
    drawn, most : float
        What is drawn anyway, and how much more at the most.
    taken, between : float
        More than anyway at the low end, and from there to the high end.
    slope : float
        Cents that one unit of level takes from schools that rise all through the bracket.
    few : list of (weights, begin, span)
        Schools that begin or end inside it; in cents.
    """

    drawn: float = 0.0
    most: float = 0.0
    taken: float = 0.0
    between: float = 0.0
    slope: float = 0.0
    few: list[tuple[Floats, Floats, Floats]] | None = None


def _pass(columns: Columns, low: float, high: float) -> _Passed:
    found = _Passed(few=[])
    few: list[tuple[Floats, Floats, Floats]] = []
    for first in range(0, len(columns.weights), BLOCK):
        weights, drawn, begin, span = columns.at(slice(first, first + BLOCK))
        found.drawn += float(drawn.sum())
        found.most += float(span.sum())
        at_low = weights * low
        at_low -= begin
        at_high = weights * (high - low)
        at_high += at_low
        is_rising = at_low >= 0.0
        is_rising &= at_high <= span
        is_mixed = at_high > 0.0
        is_mixed &= at_low < span
        is_mixed &= ~is_rising
        np.maximum(at_low, 0.0, out=at_low)
        np.minimum(at_low, span, out=at_low)
        found.taken += float(at_low.sum())
        found.slope += float(np.multiply(weights, is_rising, out=at_low).sum())
        if is_mixed.any():
            few.append((weights[is_mixed], begin[is_mixed], span[is_mixed]))
    found.few = few
    found.between = found.slope * (high - low) + sum(
        float((np.clip(w * high - b, 0.0, s) - np.clip(w * low - b, 0.0, s)).sum()) for w, b, s in few
    )
    return found


def _inside(passed: _Passed, low: float, high: float, lacking: float) -> float:
    """Return the level inside a bracket: those that rise all through it count as one school."""
    few = passed.few or []
    weights = np.concatenate([w for w, _, _ in few] + [np.array([passed.slope])])
    begin = np.concatenate([b / w for w, b, _ in few] + [np.array([low])])
    end = np.concatenate([(b + s) / w for w, b, s in few] + [np.array([high])])
    begin, end = np.clip(begin, low, high), np.clip(end, low, high)
    kept = (end > begin) & (weights > 0)
    return level_by_steps(begin[kept], (end - begin)[kept], weights[kept], lacking) if kept.any() else low
