"""Student's distribution: how far chance reaches where few schools tell how much schools differ."""

from __future__ import annotations

from functools import lru_cache
from math import atan, cos, pi, sin, sqrt

#: Halvings of the search for a quantile: more than a float has digits.
HALVINGS = 60


def two_sided(t: float, freedom: int) -> float:
    """Return the probability of a value at least so far from zero, on either side.

    Parameters
    ----------
    t : float
    freedom : int
        Degrees of freedom, one or more.

    References
    ----------
    Abramowitz and Stegun (1964), Handbook of Mathematical Functions, 26.7.3 and 26.7.4.

    Examples
    --------
    The tables give 2.228 for 5 % and ten degrees of freedom.

    >>> round(two_sided(2.228, 10), 4)
    0.05
    """
    angle = atan(abs(t) / sqrt(freedom))
    square = cos(angle) ** 2
    if freedom % 2:
        term = total = cos(angle) if freedom > 1 else 0.0
        for k in range(3, freedom - 1, 2):
            term *= square * (k - 1) / k
            total += term
        inside = 2 / pi * (angle + sin(angle) * total)
    else:
        term = total = 1.0
        for k in range(2, freedom - 1, 2):
            term *= square * (k - 1) / k
            total += term
        inside = sin(angle) * total
    return min(1.0, max(0.0, 1.0 - inside))


@lru_cache(maxsize=1024)
def quantile_95(freedom: int) -> float:
    """Return the value that 5 % lie further from zero than.

    Examples
    --------
    >>> round(quantile_95(19), 3)
    2.093
    """
    low, high = 0.0, 1e3
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if two_sided(middle, freedom) > 0.05 else (low, middle)
    return high
