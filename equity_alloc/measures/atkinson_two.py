"""The Atkinson index at aversion 2."""

from __future__ import annotations

from equity_alloc.measures.base import Floats
from equity_alloc.measures.families import atkinson_index, atkinson_measure


def atkinson_two(values: Floats, weights: Floats) -> float:
    """Return the Atkinson index at an aversion of 2; what it takes, returns and refuses stands at `atkinson_index`.

    Examples
    --------
    The harmonic mean of 4,000 and 12,000 is 6,000 and the mean 8,000: 1 - 0.75.

    >>> import numpy as np
    >>> round(atkinson_two(np.array([4000, 12000]), np.array([100, 100])), 9)
    0.25
    """
    return atkinson_index(values, weights, 2.0)


MEASURE = atkinson_measure(
    atkinson_two,
    "atkinson-two",
    "2",
    misleads="The lowest schools all but decide it, and it does not exist where a school has nothing.",
)
