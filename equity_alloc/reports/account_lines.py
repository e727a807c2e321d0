"""A plan in account codes: one line for each school, item and fund, checked before anything leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents
from equity_alloc.reports.accounts import SCHOOL, AccountPattern, Segment

#: So many problems are named; the rest is counted.
NAMED = 8


@dataclass(frozen=True, slots=True)
class AccountLine:
    """Money of one fund for one position or line at one school.

    Parameters
    ----------
    account : str
    school, item, fund : str
        The district's own codes.
    is_position : bool
    cents : Cents
    """

    account: str
    school: str
    item: str
    fund: str
    is_position: bool
    cents: Cents


def account_lines(district: District, allocation: Allocation, pattern: AccountPattern) -> tuple[AccountLine, ...]:
    """Return an allocation in account codes; the lines sum to it, to the cent.

    Raises
    ------
    InvalidValue
        If a code is missing, has other digits than its segment, is not one that the segment may hold, or if two schools
        would share one; every problem is named, up to eight.
    """
    book = _Book(district, pattern)
    lines = []
    for entries, is_position in ((allocation.pay, True), (allocation.dollars, False)):
        for (school, item, fund), cents in entries:
            lines.append(
                AccountLine(book.account(school, item, fund, is_position), school, item, fund, is_position, cents)
            )
    if book.problems:
        first = list(book.problems)[:NAMED]
        more = f" And {len(book.problems) - NAMED} more." if len(book.problems) > NAMED else ""
        raise InvalidValue(
            f"The account codes ({pattern.title}) are not complete. {' '.join(first)}{more} Name the codes in your own pattern, "
            "a TOML file that begins as a copy of a shipped one in data/accounts."
        )
    if sum(line.cents for line in lines) != allocation.total:
        raise InvalidValue(
            "The account lines do not add up to the plan. This is an error of the program; do not use them."
        )
    return tuple(lines)


class _Book:
    """Looks accounts up, and collects what is wrong with them, each problem once."""

    def __init__(self, district: District, pattern: AccountPattern) -> None:
        self.district, self.pattern = district, pattern
        self.problems: dict[str, None] = {}
        self.schools = {school.code: self._school(school.code) for school in district.schools}
        segment = next((each for each in pattern.segments if each.name == SCHOOL), None)
        if segment is not None and len(set(self.schools.values())) != len(self.schools):
            self.problems["Two schools share one code in the segment school."] = None

    def _school(self, code: str) -> str:
        segment = next((each for each in self.pattern.segments if each.name == SCHOOL), None)
        named = self.pattern.own.get((SCHOOL, code), {}).get(SCHOOL)
        if segment is None:
            return ""
        found = named or code
        return found[-segment.digits :] if segment.may_cut else found

    def account(self, school: str, item: str, fund: str, is_position: bool) -> str:
        kind = "position" if is_position else "line"
        title = self.district.position_of[item].title if is_position else item
        codes = {
            **self.pattern.codes_of("fund", fund, self.district.fund_of[fund].title),
            **self.pattern.codes_of(kind, item, title),
            SCHOOL: self.schools[school],
        }
        for segment in self.pattern.segments:
            for problem in self._wrong(segment, codes.get(segment.name, ""), fund, f"{kind} {title}", school):
                self.problems[problem] = None
        return self.pattern.joint.join(codes.get(segment.name, "") for segment in self.pattern.segments)

    def _wrong(self, segment: Segment, code: str, fund: str, item: str, school: str) -> Iterator[str]:
        of = f"school {school}" if segment.name == SCHOOL else f"{item}, fund {fund}"
        if not code:
            yield f"No {segment.name} code for {of}."
        elif not code.isdigit() or not code.isascii() or not _fits(len(code), segment):
            least = "at most " if segment.is_most else ""
            yield f"The {segment.name} code '{code}' of {of} is not {least}{segment.digits} digits."
        elif segment.name in self.pattern.valid and code not in self.pattern.valid[segment.name]:
            yield f"The {segment.name} code '{code}' of {of} is not in the pattern's list of valid codes."


def _fits(digits: int, segment: Segment) -> bool:
    return digits == segment.digits or (segment.is_most and digits < segment.digits)
