"""A district's account codes: a pattern of segments, and which code each fund, position and line has in each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache

from equity_alloc.domain.district import Fund
from equity_alloc.domain.source import Source
from equity_alloc.parameters.read_amounts import AmountTable

SCHOOL = "school"
#: Signs that are written in more than one way in the titles of funds: Title I\u2013A is Title I-A.
_PLAIN = str.maketrans({**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"), "\u00a0": " ", ":": ","})
#: What an entry without words is called where it gives a code.
CATCH_ALL = "taken because no word of the pattern fits"
#: What is said of a line whose account is one of salaries.
WHOLE_LINE = "the whole line stands in one object of salaries; benefits and other costs in it are not told apart"


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of an account code.

    Parameters
    ----------
    name : str
    digits : int
    source : Source
    is_verified : bool
        False for a length and codes that nobody has checked against the source.
    may_cut : bool
        Whether a longer code is cut from the left.
    is_most : bool
        Whether fewer digits may stand there too.
    has_letters : bool
        Whether capital letters may stand for digits, as in a project code 310K.
    """

    name: str
    digits: int
    source: Source
    is_verified: bool
    may_cut: bool
    is_most: bool = False
    has_letters: bool = False

    @property
    def kind(self) -> str:
        """What a code must be, in words."""
        most = "at most " if self.is_most else ""
        many = "" if self.digits == 1 else "s"
        return f"{most}{self.digits} digit{many}{f' or capital letter{many}' if self.has_letters else ''}"

    def fits(self, code: str) -> bool:
        """Whether a code is digits (and letters where there may be some) alone, as many as there are here.

        Examples
        --------
        >>> Segment("fund", 2, Source("A", "b"), is_verified=True, may_cut=False).fits("01")
        True
        """
        is_plain = code.isascii() and (code.isdigit() or (self.has_letters and code.isalnum() and code == code.upper()))
        return is_plain and (len(code) == self.digits or (self.is_most and len(code) < self.digits))


@dataclass(frozen=True, slots=True)
class ByWords:
    """Codes for whatever has one of the words in its title; without words, for all that is left.

    Parameters
    ----------
    words : tuple of str
        In small letters.
    codes : mapping of segment to code
    is_verified : bool
        False where nobody has checked the codes for this district.
    money : tuple of str
        For funds of money from these sources alone, such as "private"; empty for any.
    paid_by : tuple of str
        For what a fund pays whose title has one of these words; empty for any fund.
    place : str
        File and line, for whoever mends a code.
    """

    words: tuple[str, ...]
    codes: Mapping[str, str]
    is_verified: bool = False
    money: tuple[str, ...] = ()
    paid_by: tuple[str, ...] = ()
    place: str = ""

    def fits(self, title: str, money: str = "", payer: str = "") -> bool:
        """Whether these codes are for what bears this title, of money from this source, paid by the fund of this title."""
        has_words = all(not words or any(word in f"{told.lower().translate(_PLAIN)} " for word in words)
                        for words, told in ((self.words, title), (self.paid_by, payer)))  # fmt: skip
        return has_words and (not self.money or money in self.money)


@dataclass(frozen=True, slots=True)
class Combination:
    """Segments that go together: where some hold certain codes, others must hold certain codes.

    Parameters
    ----------
    where, needs : mapping of segment to codes
        A question mark stands for any digit.
    says : str
        The rule as its source names it.
    source : Source
    is_warning : bool
        Whether a line that breaks it leaves with a remark, instead of being refused.
    """

    where: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, tuple[str, ...]]
    says: str
    source: Source
    is_warning: bool = False

    def broken(self, codes: Mapping[str, str]) -> str:
        """Return the first segment that does not go with the others; "" where all do."""
        if not all(fits_code(codes.get(name, ""), allowed) for name, allowed in self.where.items()):
            return ""
        return next((name for name, allowed in self.needs.items() if not fits_code(codes.get(name, ""), allowed)), "")


@dataclass(frozen=True, slots=True)
class BenefitPart:
    """Benefits that are booked beside a salary, with codes of their own.

    Parameters
    ----------
    where : mapping of segment to codes
        Of the salary.
    codes : mapping of segment to code
        What is another code than the salary's.
    rate : str
        Name of the value that says what they are for each dollar of salary.
    positions : tuple of str
        Codes of the positions that have them; empty for all.
    place : str
        File and line.
    """

    where: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, str]
    rate: str
    positions: tuple[str, ...] = ()
    place: str = ""

    def fits(self, position: str, codes: Mapping[str, str]) -> bool:
        """Whether they come with this position's salary in this account."""
        named = not self.positions or position in self.positions
        return named and self.is_beside(codes)

    def is_beside(self, codes: Mapping[str, str]) -> bool:
        """Whether they come with salaries in this account."""
        return all(fits_code(codes.get(name, ""), allowed) for name, allowed in self.where.items())


@lru_cache(maxsize=4096)
def fits_code(code: str, allowed: tuple[str, ...]) -> bool:
    """Whether a code is one of those allowed, where a question mark stands for any digit.

    Examples
    --------
    >>> fits_code("7310", ("7200", "73??")), fits_code("7210", ("7200", "73??"))
    (True, False)
    """
    return any(fnmatchcase(code, each) for each in allowed)


@dataclass(frozen=True)
class AccountPattern:
    """A chart of accounts.

    Parameters
    ----------
    title, joint : str
    segments : tuple of Segment
    funds, items, central : tuple of ByWords
        First match wins; central ones are for what is budgeted centrally, with the code that stands in the school's place.
    balance : mapping of segment to code
        The account that takes the other side of a change, such as the fund's balance.
    own : mapping of (kind, code) to codes
        Named codes, before any words; kinds are fund, position, line and school.
    valid : mapping of segment to codes
        What a segment may hold; a segment that is not named may hold any digits.
    balance_is_verified : bool
        False where nobody has checked the balance's account for this district.
    balances : tuple of ByWords
        Balancing accounts of some funds, by words in the fund's title, before `balance`.
    combinations : tuple of Combination
    benefits : tuple of BenefitPart
    values : AmountTable
        Benefit rates, dated and cited.
    file : str
        Name of the district's own file; empty for a shipped pattern.
    rate_places : mapping of str to str
        File and line of each benefit rate.
    """

    title: str
    joint: str
    segments: tuple[Segment, ...]
    funds: tuple[ByWords, ...]
    items: tuple[ByWords, ...]
    central: tuple[ByWords, ...]
    balance: Mapping[str, str]
    own: Mapping[tuple[str, str], ByWords]
    valid: Mapping[str, tuple[str, ...]]
    balance_is_verified: bool = False
    balances: tuple[ByWords, ...] = ()
    combinations: tuple[Combination, ...] = ()
    benefits: tuple[BenefitPart, ...] = ()
    values: AmountTable = field(default_factory=dict)
    file: str = ""
    rate_places: Mapping[str, str] = field(default_factory=dict)

    @property
    def unverified(self) -> tuple[str, ...]:
        """Names of the segments whose codes are defaults that nobody has checked."""
        return tuple(segment.name for segment in self.segments if not segment.is_verified)

    def entries(self, kind: str) -> tuple[ByWords, ...]:
        """Return all codes of funds, of positions or of lines: the district's own, then those by words."""
        own = tuple(entry for (each, _), entry in self.own.items() if each == kind)
        return (*own, *(self.funds if kind == "fund" else self.items))

    def entry_of(self, kind: str, code: str, title: str, *, money: str = "", payer: str = "") -> ByWords:
        """Return the codes of a fund, or of a position or line paid by a fund; the district's own before those by words."""
        named = self.own.get((kind, code))
        if named is not None:
            return named
        entries = self.funds if kind == "fund" else self.items
        fitting = [each for each in entries if each.fits(title, money, payer)]
        if kind == "line":
            # Supplies for nurses are supplies: the word that tells a salary counts last for what is no post.
            fitting.sort(key=lambda each: not each.words or self.is_salary(each.codes))
        return fitting[0] if fitting else ByWords((), {})

    def is_salary(self, codes: Mapping[str, str]) -> bool:
        """Whether an account is one of salaries, beside which benefits are booked."""
        return any(part.is_beside(codes) for part in self.benefits)

    def fund_entry(self, fund: Fund) -> ByWords:
        """Return the codes of a fund."""
        return self.entry_of("fund", fund.code, fund.title, money=fund.source.value if fund.source else "")

    def codes_of(self, kind: str, code: str, title: str) -> Mapping[str, str]:
        """Return the codes alone of a fund, position or line."""
        return self.entry_of(kind, code, title).codes

    def central_of(self, line: str) -> ByWords:
        """Return the codes of a line that is budgeted centrally, the district's own before those by words."""
        entry = next((each for each in self.central if each.fits(line)), ByWords((), {}))
        named = self.own.get(("line", line))
        if named is None:
            return entry
        return ByWords(("own",), {**entry.codes, **named.codes}, entry.is_verified, place=named.place)

    def balance_of(self, fund: Fund) -> tuple[Mapping[str, str], bool]:
        """Return the codes that take the other side of a fund's change, and whether they were checked for the district."""
        money = fund.source.value if fund.source else ""
        entry = next((each for each in self.balances if each.fits(fund.title, money)), None)
        if entry is None:
            return self.balance, self.balance_is_verified
        return {**self.balance, **entry.codes}, entry.is_verified
