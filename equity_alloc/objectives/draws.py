"""Draws of enrollment: how many pupils may come instead of those projected, the same draws every time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Draws further out than this many standard deviations are pulled in.
FURTHEST = 3.0


def enrollment_errors(code: str, draws: int) -> Floats:
    """Return a school's errors in standard deviations; they depend on its code and the number of draws only."""
    seed = int.from_bytes(hashlib.sha256(code.encode()).digest()[:8], "big")
    errors: Floats = np.clip(np.random.default_rng(seed).standard_normal(draws), -FURTHEST, FURTHEST)
    return errors


def factors_of(code: str, enrollment: int, spread: float, draws: int) -> tuple[Fraction, ...]:
    """Return pupils that come over pupils projected, in whole pupils, one for each draw.

    Examples
    --------
    >>> min(factors_of("0101", 100, 0.03, 50)) >= Fraction(91, 100), factors_of("0101", 0, 0.03, 2)
    (True, (Fraction(1, 1), Fraction(1, 1)))
    """
    if not enrollment:
        return (Fraction(1),) * draws
    errors = enrollment_errors(code, draws) * spread
    return tuple(Fraction(round(enrollment * max(0.0, 1 + float(error))), enrollment) for error in errors)


def mean_of_worst(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """Return the mean of the worst share of equally likely values (conditional value at risk), exact.

    Parameters
    ----------
    values : sequence of Fraction
        At least one; higher is better.
    share : Fraction
        Above 0, at most 1.

    References
    ----------
    Rockafellar and Uryasev, Optimization of conditional value-at-risk, Journal of Risk 2(3), 2000, 21-41.

    Examples
    --------
    The worst 30 % of five values are the lowest and half of the next.

    >>> mean_of_worst([Fraction(n) for n in (5, 1, 4, 2, 3)], Fraction(3, 10))
    Fraction(4, 3)
    """
    left = whole = share * len(values)
    total = Fraction(0)
    for value in sorted(values):
        part = min(left, Fraction(1))
        total += part * value
        left -= part
    return total / whole
