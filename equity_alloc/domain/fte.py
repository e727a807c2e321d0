"""Full-time equivalents in whole hundredths: 1.0 FTE is 100, half a post is 50."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents
from equity_alloc.domain.number import typed_number

Hundredths: TypeAlias = int

#: The steps in which districts fill posts.
STEPS: tuple[Hundredths, ...] = (10, 20, 25, 50, 100)

#: One whole post.
FULL_TIME: Hundredths = 100


def read_fte(text: str) -> Hundredths:
    """Read an FTE with at most two decimals, zero or more.

    Raises
    ------
    InvalidValue
        If the text is not a number, is negative, or is finer than a hundredth.

    Examples
    --------
    >>> read_fte("2.25")
    225
    """
    number = typed_number(text)
    if number is None:
        raise InvalidValue(f"'{text}' is not an FTE. Write it like 2 or 0.50.")
    value = number * 100
    if value < 0:
        raise InvalidValue(f"{text} is not an FTE. Enter zero or more.")
    if value != value.to_integral_value():
        raise InvalidValue(f"{text} FTE is finer than a hundredth of a post. Give two decimals at most.")
    return int(value)


def print_fte(fte: Hundredths) -> str:
    """Return an FTE with two decimals.

    Examples
    --------
    >>> print_fte(225), print_fte(-50)
    ('2.25', '-0.50')
    """
    sign = "-" if fte < 0 else ""
    whole, rest = divmod(abs(fte), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def pay_of(fte: Hundredths, cost: Cents) -> Cents:
    """Return what an FTE costs, half a cent up.

    On a position's own steps the result is exact, because the door refuses a cost whose step is not whole cents.

    Parameters
    ----------
    fte : Hundredths
    cost : Cents
        Cost of one full-time post.

    Examples
    --------
    >>> pay_of(250, 8_000_000)
    20000000
    """
    return int((Decimal(fte) * cost / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
