"""Money in whole cents: reading, printing, and sharing out without losing a cent."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from equity_alloc.domain.errors import InvalidValue

Cents: TypeAlias = int

#: A hundred billion dollars: more than any district has, and far inside 64 bits.
MOST_CENTS: Cents = 10**13

#: Longer texts are no amount that a district has.
_LONGEST = 40

_AMOUNT = re.compile(r"^\(?-?\$?\s*-?(\d{1,3}(,\d{3})+|\d+)?(\.\d{1,2})?\)?$")


def read_dollars(text: str) -> Cents:
    """Read an amount as people type it: "1250000", "$1,250,000.00", "$ 177,444", "(500.00)".

    Parameters
    ----------
    text : str
        Dollars with at most two decimals; a minus sign or brackets mean a negative amount.

    Returns
    -------
    Cents

    Raises
    ------
    InvalidValue
        If the text is not an amount, or has fractions of a cent.

    Examples
    --------
    >>> read_dollars("$ 177,444"), read_dollars("(12.50)")
    (17744400, -1250)
    """
    compact = text.strip()
    is_amount = len(compact) <= _LONGEST and re.search(r"\d", compact) and _AMOUNT.match(compact)
    # "500)" is a slip, and whether it means a minus is nobody's to guess.
    if not is_amount or compact.startswith("(") != compact.endswith(")"):
        raise InvalidValue(f"'{text}' is not an amount in dollars and cents. Write it like 1250000 or $1,250,000.00.")
    negative = compact.startswith("(") or "-" in compact
    whole, _, part = re.sub(r"[^\d.]", "", compact).partition(".")
    cents = int(whole or 0) * 100 + int(part.ljust(2, "0"))
    return -cents if negative else cents


def print_dollars(cents: Cents, *, with_cents: bool = False) -> str:
    """Return cents as dollars with commas; a negative amount has its sign before the dollar sign.

    Parameters
    ----------
    cents : Cents
    with_cents : bool
        Print the cents (exports) or round half up to whole dollars (screens).

    Examples
    --------
    >>> print_dollars(-123456789), print_dollars(5, with_cents=True)
    ('-$1,234,568', '$0.05')
    """
    sign = "-" if cents < 0 else ""
    if with_cents:
        whole, rest = divmod(abs(cents), 100)
        return f"{sign}${whole:,}.{rest:02d}"
    told = abs(whole_dollars(cents))
    return f"{sign if told else ''}${told:,}"


def whole_dollars(cents: Cents) -> int:
    """Return cents as dollars the way they are printed without cents: rounded half away from zero.

    Examples
    --------
    >>> whole_dollars(150), whole_dollars(-150), whole_dollars(149)
    (2, -2, 1)
    """
    told = (abs(cents) + 50) // 100
    return -told if cents < 0 else told


def share_out(pot: Cents, weights: Sequence[Fraction], ties: Sequence[str]) -> tuple[Cents, ...]:
    """Split a pot in proportion to weights, to the cent, by largest remainder.

    Each share is first cut to whole cents; the cents left over go to the largest remainders, and among equal
    remainders to the smallest tie key, so that row order decides nothing.

    Parameters
    ----------
    pot : Cents
        Zero or more.
    weights : sequence of Fraction
        Zero or more each, at least one above zero unless the pot is zero.
    ties : sequence of str
        One key for each weight, usually the school's code.

    Returns
    -------
    tuple of Cents
        Sums to the pot exactly.

    Raises
    ------
    InvalidValue
        If nobody has a weight, or a weight or the pot is negative.

    Examples
    --------
    >>> share_out(100, [Fraction(1), Fraction(1), Fraction(1)], ["b", "a", "c"])
    (33, 34, 33)
    """
    if pot < 0 or any(weight < 0 for weight in weights):
        raise InvalidValue("A pot and its weights must be zero or more.")
    if pot == 0:
        return tuple(0 for _ in weights)
    # Over one denominator the exact shares are whole numbers of parts, and remainders compare as integers.
    parts = math.lcm(*(weight.denominator for weight in weights))
    whole = [weight.numerator * (parts // weight.denominator) for weight in weights]
    total = sum(whole)
    if total == 0:
        raise InvalidValue("Nobody has a weight, so the pot cannot be shared out. Give at least one school a count.")
    divided = [divmod(pot * weight, total) for weight in whole]
    shares = [share for share, _ in divided]
    order = sorted(range(len(divided)), key=lambda i: (-divided[i][1], ties[i]))
    for i in order[: pot - sum(shares)]:
        shares[i] += 1
    return tuple(shares)
