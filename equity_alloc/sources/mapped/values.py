"""One cell of a table of another program: a number, a number within bounds, unknown, or unreadable."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from equity_alloc.domain.errors import InvalidValue

#: Longer texts are no number that a district has.
LONGEST = 40

#: Words that stand for "nothing is known" in tables of every kind; numbers such as -1 do so by format only.
MISSING_WORDS = frozenset(
    {"", "n/a", "na", "n.a.", "#n/a", "nan", "null", "none", ".", "-", "--", "\u2013", "\u2014", "nrd", "not reported"}
)
#: Signs by which small counts are suppressed, without a bound of their own.
SUPPRESSED_WORDS = frozenset({"*", "**", "***", "s", "ds", "suppressed", "redacted"})

_BOUND = re.compile(
    r"(?:n\s*)?(?P<sign><=|>=|<|>|\u2264|\u2265|above|below|under|over|at least|at most|fewer than|less than|more than)"
    r"\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<percent>%?)",
    re.IGNORECASE,
)
_OR = re.compile(r"(?P<number>\d[\d,]*)\s*(?:or|and)\s+(?P<word>fewer|less|more)", re.IGNORECASE)
_RANGE = re.compile(r"(?P<low>\d[\d,]*)\s*(?:-|\u2013|to)\s*(?P<high>\d[\d,]*)")
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?")
_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s*:\s*1")
_AROUND_SIGN = re.compile(r"\s*([$%()+-])\s*")
#: A space joins groups of three digits only: "12 40" is two cells that ran together, and no number.
_SPACED = re.compile(r"-?\(?\d{1,3}(?: \d{3})+(?:\.\d+)?%?\)?-?")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
_AT_MOST = {"<=", "\u2264", "at most"}
_AT_LEAST = {">=", "\u2265", "at least"}
_UNDER = {"<", "below", "under", "fewer than", "less than"}


@dataclass(frozen=True, slots=True)
class Between:
    """A number of which only bounds are known: suppressed, or printed as "Above 95%".

    Parameters
    ----------
    low : Decimal
    high : Decimal or None
        None where nothing is known above.
    is_share : bool
        Whether the bounds were printed as percentages; they are shares in [0, 1] then.
    """

    low: Decimal
    high: Decimal | None
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A sign for suppressed counts in one kind of file, with its bounds.

    Parameters
    ----------
    text : str
    low : int
    high : int or None
    """

    text: str
    low: int = 0
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Codes:
    """What stands for unknown and for suppressed in one kind of file.

    Parameters
    ----------
    missing : collection of str
        In lower case; the words of `MISSING_WORDS` always count.
    suppressed : tuple of Suppressed
    """

    missing: Collection[str] = frozenset()
    suppressed: Sequence[Suppressed] = ()


def read_number(text: str, codes: Codes) -> Decimal | Between | None:
    """Return a number, its bounds, or None where nothing is known.

    Parameters
    ----------
    text : str
        As found: "$ 177,444", "11,936.00$", "(500)", "70.3%", "14:1", "<10", "Above 95%", "N/A".
    codes : Codes

    Returns
    -------
    Decimal, Between or None
        A percentage comes as a share.

    Raises
    ------
    InvalidValue
        If the text is none of these.

    Examples
    --------
    >>> read_number("$ 177,444", Codes()), read_number("70.3%", Codes()), read_number("14:1", Codes())
    (Decimal('177444'), Decimal('0.703'), Decimal('14'))
    >>> read_number("n<16", Codes())
    Between(low=Decimal('0'), high=Decimal('15'), is_share=False)
    >>> read_number("-1", Codes(missing={"-1"})) is None, read_number("-1", Codes())
    (True, Decimal('-1'))
    """
    bare = text.replace("\u00a0", " ").replace("\u202f", " ").strip().removeprefix("'").strip()
    lower = bare.lower()
    if lower in MISSING_WORDS or lower in codes.missing:
        return None
    for sign in codes.suppressed:
        if lower == sign.text.lower():
            return Between(Decimal(sign.low), None if sign.high is None else Decimal(sign.high))
    if lower in SUPPRESSED_WORDS:
        return Between(Decimal(0), None)
    if len(bare) > LONGEST:
        raise InvalidValue(f"'{bare[:LONGEST]}...' is not a number.")
    bounds = _bounds(lower)
    return bounds if bounds is not None else _plain(bare)


def _bounds(text: str) -> Between | None:
    match = _BOUND.fullmatch(text)
    if match:
        is_share = bool(match["percent"])
        number = Decimal(match["number"].replace(",", ""))
        sign, step = match["sign"], Decimal(0) if is_share or number != number.to_integral_value() else Decimal(1)
        limit = number / 100 if is_share else number
        if sign in _AT_MOST or sign in _UNDER:
            return Between(Decimal(0), limit if sign in _AT_MOST else max(Decimal(0), limit - step), is_share)
        top = Decimal(1) if is_share else None
        return Between(limit if sign in _AT_LEAST else limit + step, top, is_share)
    match = _OR.fullmatch(text)
    if match:
        number = Decimal(match["number"].replace(",", ""))
        return Between(number, None) if match["word"] == "more" else Between(Decimal(0), number)
    match = _RANGE.fullmatch(text)
    if match:
        low, high = (Decimal(match[name].replace(",", "")) for name in ("low", "high"))
        return Between(low, high) if low < high else None
    return None


def _plain(text: str) -> Decimal:
    ratio = _RATIO.fullmatch(text)
    if ratio:
        return Decimal(ratio[1])
    bare = _AROUND_SIGN.sub(r"\1", text).replace("$", "")
    if " " in bare:
        if not _SPACED.fullmatch(bare):
            raise InvalidValue(f"'{text}' is two numbers, or none.")
        bare = bare.replace(" ", "")
    is_share = bare.endswith("%")
    bare = bare.removesuffix("%")
    is_negative = bare.startswith(("(", "-")) or bare.endswith("-")
    if bare.startswith("(") != bare.endswith(")"):
        raise InvalidValue(f"'{text}' has one bracket only.")
    bare = bare.strip("()").removeprefix("-").removesuffix("-").removeprefix("+")
    if not any(sign.isdigit() for sign in bare) or not bare.isascii() or not _NUMBER.fullmatch(bare):
        raise InvalidValue(f"'{text}' is not a number.")
    number = Decimal(bare.replace(",", ""))
    number = number / 100 if is_share else number
    return -number if is_negative else number


def is_scientific(text: str) -> bool:
    """Whether a spreadsheet has written a long code as 1.20039E+11, so that its digits are lost.

    Examples
    --------
    >>> is_scientific("1.20039E+11"), is_scientific("05M125"), is_scientific("12E3")
    (True, False, True)
    """
    return _SCIENTIFIC.fullmatch(text.strip()) is not None


def plain_number(text: str, codes: Codes) -> Decimal | None:
    """Return a number that is printed as such, None for everything else."""
    try:
        number = read_number(text, codes)
    except InvalidValue:
        return None
    return number if isinstance(number, Decimal) else None


def count_of(share: Decimal, pupils: int, places: int) -> tuple[int, int, int]:
    """Return the fewest, the nearest and the most pupils that print as a share with so many places.

    Parameters
    ----------
    share : Decimal
    pupils : int
    places : int
        Decimal places of the share itself: 70.3 % has 3.

    Examples
    --------
    >>> count_of(Decimal("0.703"), 593, 3)
    (417, 417, 417)
    """
    half = Decimal(5).scaleb(-places - 1)
    low = int(((share - half) * pupils).to_integral_value(rounding="ROUND_CEILING"))
    high = int(((share + half) * pupils).to_integral_value(rounding="ROUND_FLOOR"))
    nearest = int((share * pupils).to_integral_value(rounding=ROUND_HALF_UP))
    return max(0, min(low, nearest)), nearest, min(pupils, max(high, nearest))
