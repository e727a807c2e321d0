"""The level at which needs use up a budget, for very many schools: Newton's steps inside a bracket, without sorting."""

from __future__ import annotations

import numpy as np

from equity_alloc.problem.arrays import Floats

#: Steps smaller than this share of the level are rounding; far below a cent.
SETTLED = 1e-13
MOST_STEPS = 200
#: Schools looked at together: few enough that their columns stay in the processor's own memory.
BLOCK = 16_384


def level_by_steps(begin: Floats, span: Floats, weights: Floats, spare: float) -> float:
    """Return the level at which schools that rise together have drawn so much.

    Need is piecewise linear in the level, so a step from the right piece ends the search; a step that leaves the bracket
    is replaced by its middle.

    Parameters
    ----------
    begin : ndarray, shape (n_schools,)
        Level from which a school draws.
    span : ndarray, shape (n_schools,)
        How much further it draws; above zero.
    weights : ndarray, shape (n_schools,)
        Cents that one unit of level takes.
    spare : float, cents
        Less than all schools would draw together.

    Returns
    -------
    float

    Examples
    --------
    From 1, 2 and 4 on, two cents are poured: to 2.5.

    >>> level_by_steps(np.array([1.0, 2, 4]), np.full(3, 10.0), np.ones(3), 2.0)
    2.5
    """
    least, most = float(begin.min()), float((begin + span).max())
    if spare <= 0:
        return least
    at = min(max((spare + float((weights * begin).sum())) / float(weights.sum()), least), most)
    for _ in range(MOST_STEPS):
        taken, slope = _taken(begin, span, weights, at)
        lacking = spare - taken
        least, most = (at, most) if lacking > 0 else (least, at)
        step = lacking / slope if slope else np.inf
        after = at + step if least <= at + step <= most else (least + most) / 2
        if abs(after - at) <= SETTLED * abs(after):
            return after
        at = after
    return at


def _taken(begin: Floats, span: Floats, weights: Floats, level: float) -> tuple[float, float]:
    """Return what schools have drawn at a level, and what one unit of level more takes."""
    taken = slope = 0.0
    room, flags = np.empty(min(BLOCK, len(begin))), np.empty(min(BLOCK, len(begin)), bool)
    for first in range(0, len(begin), BLOCK):
        at = slice(first, first + BLOCK)
        own, most = weights[at], span[at]
        drawn, is_rising = room[: len(own)], flags[: len(own)]
        np.subtract(level, begin[at], out=drawn)
        np.maximum(drawn, 0.0, out=drawn)
        np.minimum(drawn, most, out=drawn)
        np.greater(drawn, 0.0, out=is_rising)
        is_rising &= drawn < most
        drawn *= own
        taken += float(drawn.sum())
        np.multiply(own, is_rising, out=drawn)
        slope += float(drawn.sum())
    return taken, slope
