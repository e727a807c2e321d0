"""The Atkinson index at aversion 0.5."""

from __future__ import annotations

from equity_alloc.measures.base import Floats
from equity_alloc.measures.families import atkinson_index, atkinson_measure


def atkinson_half(values: Floats, weights: Floats) -> float:
    """Return the Atkinson index at an aversion of 0.5; what it takes, returns and refuses stands at `atkinson_index`.

    Examples
    --------
    Half the pupils have nothing: 1 - (1 / 2)^2.

    >>> import numpy as np
    >>> atkinson_half(np.array([0, 10000]), np.array([100, 100]))
    0.5
    """
    return atkinson_index(values, weights, 0.5)


MEASURE = atkinson_measure(
    atkinson_half,
    "atkinson-half",
    "0.5",
    misleads="It hardly minds a school with very little: at this aversion even one with nothing costs less than everything.",
)
