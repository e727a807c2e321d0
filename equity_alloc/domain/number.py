"""How an exact number is written in a sentence."""

from __future__ import annotations

from decimal import Decimal


def print_number(value: Decimal) -> str:
    """Return a number with its own digits and no more, never with an exponent.

    Examples
    --------
    >>> print_number(Decimal("4E+2")), print_number(Decimal("0.50")), print_number(Decimal("10000"))
    ('400', '0.5', '10,000')
    """
    # A stored number comes back as 4E+2; without its zeros it is the same number and must read the same.
    return f"{value.normalize():,f}"
