"""How an exact number is read as typed, and how it and a count are written in a sentence."""

from __future__ import annotations

import re
from decimal import Decimal

#: An exponent would be a slip, and one like 1e999999999 is past any arithmetic.
_TYPED = re.compile(r"[+-]?(?:\d{1,12}(?:\.\d{0,24})?|\.\d{1,24})", re.ASCII)


def typed_number(text: str) -> Decimal | None:
    """Return a number as people type it, without commas or exponent; None for anything else.

    Examples
    --------
    >>> typed_number(" .5 "), typed_number("1e5"), typed_number("1_0")
    (Decimal('0.5'), None, None)
    """
    typed = text.strip()
    return Decimal(typed) if _TYPED.fullmatch(typed) else None


def print_number(value: Decimal) -> str:
    """Return a number with its own digits and no more, never with an exponent.

    Examples
    --------
    >>> print_number(Decimal("4E+2")), print_number(Decimal("0.50")), print_number(Decimal("10000"))
    ('400', '0.5', '10,000')
    """
    # A stored number comes back as 4E+2; without its zeros it is the same number and must read the same.
    return f"{value.normalize():,f}"


def print_share(share: Decimal) -> str:
    """Return a share as a percentage with all its digits, so that no rule is told rounded.

    Examples
    --------
    >>> print_share(Decimal("0.975")), print_share(Decimal("1.10"))
    ('97.5 %', '110 %')
    """
    return f"{print_number(share * 100)} %"


def print_percent(share: float, places: int = 1) -> str:
    """Return a share in percent with so many decimals, and a space before the sign.

    Examples
    --------
    >>> print_percent(0.1234), print_percent(0.56, 0)
    ('12.3 %', '56 %')
    """
    return f"{share * 100:.{places}f} %"


def count_words(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    Parameters
    ----------
    count : int
    one : str
        The noun for one.
    many : str
        For none and for several, where it is not the noun with an s.

    Examples
    --------
    >>> count_words(1, "school"), count_words(13, "school"), count_words(0, "loss", "losses")
    ('1 school', '13 schools', '0 losses')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
