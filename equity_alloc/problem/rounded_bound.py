"""Keeps the fraction of an upper bound short enough to be written down and read again."""

from __future__ import annotations

import math
from fractions import Fraction

#: Parts of a unit that a bound is told in where its fraction is finer.
PARTS = 10**18


def rounded_up(bound: Fraction) -> Fraction:
    """Return a bound, rounded up where its fraction is very fine.

    Weights and prices of hundreds of schools have no small common denominator: the exact fraction gets five digits longer
    with each, until no file holds it and nobody can read it.

    Parameters
    ----------
    bound : Fraction
        That nothing can pass, in any unit of which so small a part is nothing.

    Returns
    -------
    Fraction
        No lower.

    Examples
    --------
    >>> rounded_up(Fraction(1, 3)), rounded_up(Fraction(1, 3**100)), rounded_up(Fraction(-1, 3**100))
    (Fraction(1, 3), Fraction(1, 1000000000000000000), Fraction(0, 1))
    """
    return bound if bound.denominator <= PARTS else Fraction(math.ceil(bound * PARTS), PARTS)
