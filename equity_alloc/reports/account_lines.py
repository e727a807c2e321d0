"""A plan in account codes: each school, item and fund, what is central, what is left; checked before anything leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.accounts import SCHOOL, AccountPattern, Segment

#: So many problems are named; the rest is counted.
NAMED = 8
_OURS = "This is an error of the program; do not use them."


class Where(StrEnum):
    """Where a line's money is: at a school, budgeted centrally, or not allocated yet."""

    SCHOOL = "school"
    CENTRAL = "central"
    LEFT = "not allocated"


@dataclass(frozen=True, slots=True)
class AccountLine:
    """Money of one fund for one position or line, at one school or centrally; or what of a fund is not allocated.

    Parameters
    ----------
    account : str
    school, item, fund : str
        The district's own codes; no school where the money is central, no item where it is not allocated.
    is_position : bool
    cents : Cents
    where : Where
    is_verified : bool
        False where the codes of what is central, or of the balance, are defaults that nobody has checked.
    parts : tuple of str
        The account, segment by segment.
    """

    account: str
    school: str
    item: str
    fund: str
    is_position: bool
    cents: Cents
    where: Where = Where.SCHOOL
    is_verified: bool = True
    parts: tuple[str, ...] = ()


def budget_lines(plan: Plan, pattern: AccountPattern) -> tuple[AccountLine, ...]:
    """Return every dollar of every fund in account codes; the lines of a fund sum to its appropriation, to the cent.

    Raises
    ------
    InvalidValue
        As `account_lines`; or if a fund's lines do not sum to its appropriation.
    """
    district = plan.view.district
    book = _Book(district, pattern)
    lines = [*book.school_lines(plan.allocation), *book.central_lines()]
    lines += [book.balance_line(fund.code, fund.unallocated) for fund in plan.certificate.funds if fund.unallocated]
    book.refuse_problems()
    for fund in plan.certificate.funds:
        if fund.appropriation != sum(line.cents for line in lines if line.fund == fund.code):
            raise InvalidValue(f"The account lines of {fund.title} do not add up to its appropriation. {_OURS}")
    return tuple(lines)


def account_lines(district: District, allocation: Allocation, pattern: AccountPattern) -> tuple[AccountLine, ...]:
    """Return an allocation to schools in account codes; the lines sum to it, to the cent.

    Raises
    ------
    InvalidValue
        If a code is missing, has other digits than its segment, is not one that the segment may hold, or if two schools
        would share one; every problem is named, up to eight.
    """
    book = _Book(district, pattern)
    lines = book.school_lines(allocation)
    book.refuse_problems()
    if sum(line.cents for line in lines) != allocation.total:
        raise InvalidValue(f"The account lines do not add up to the plan. {_OURS}")
    return tuple(lines)


def balance_account(district: District, fund: str, pattern: AccountPattern) -> str:
    """Return the account that takes the other side where the changes of a fund do not net to zero.

    Raises
    ------
    InvalidValue
        If the pattern names none, or one with other digits than its segments.
    """
    book = _Book(district, pattern)
    account = book.balance_line(fund, 0).account
    book.refuse_problems()
    return account


class _Book:
    """Looks accounts up, and collects what is wrong with them, each problem once."""

    def __init__(self, district: District, pattern: AccountPattern) -> None:
        self.district, self.pattern = district, pattern
        self.problems: dict[str, None] = {}
        self.schools = {school.code: self._school(school.code) for school in district.schools}
        segment = next((each for each in self.pattern.segments if each.name == SCHOOL), None)
        if segment is not None and len(set(self.schools.values())) != len(self.schools):
            self.problems["Two schools share one code in the segment school."] = None

    def refuse_problems(self) -> None:
        """Stop where anything is wrong."""
        if not self.problems:
            return
        first = list(self.problems)[:NAMED]
        more = f" And {len(self.problems) - NAMED} more." if len(self.problems) > NAMED else ""
        raise InvalidValue(
            f"The account codes ({self.pattern.title}) are not complete. {' '.join(first)}{more} Copy a pattern from "
            'data/accounts, give each in the copy a heading with its code in quotes, such as [line."Supplies"], [position.X], [fund.X] or '
            '[school.X], and below it a row such as function = "1000"; then hand it over: on Export, or with --accounts ours.toml.'
        )

    def _school(self, code: str) -> str:
        segment = next((each for each in self.pattern.segments if each.name == SCHOOL), None)
        named = self.pattern.own.get((SCHOOL, code), {}).get(SCHOOL)
        if segment is None:
            return ""
        found = named or code
        return found[-segment.digits :] if segment.may_cut else found

    def school_lines(self, allocation: Allocation) -> list[AccountLine]:
        """Return what schools get."""
        lines = []
        for entries, is_position in ((allocation.pay, True), (allocation.dollars, False)):
            for (school, item, fund), cents in entries:
                parts = self._at_school(school, item, fund, is_position)
                line = AccountLine(self._joined(parts), school, item, fund, is_position, cents, parts=parts)
                lines.append(line)
        return lines

    def central_lines(self) -> list[AccountLine]:
        """Return what is budgeted centrally."""
        lines = []
        for spent in self.district.central:
            entry = self.pattern.central_of(spent.line)
            site = entry.codes.get(SCHOOL, "")
            if site and site in self.schools.values():
                self.problems[f"The school code '{site}' of central line {spent.line} is that of a school."] = None
            parts = self._account(entry.codes, spent.fund, f"central line {spent.line}", f"school {site or 'code'}")
            account, known = self._joined(parts), entry.is_verified
            lines.append(
                AccountLine(account, "", spent.line, spent.fund, False, spent.amount, Where.CENTRAL, known, parts)
            )
        return lines

    def balance_line(self, fund: str, cents: Cents) -> AccountLine:
        """Return a fund's own account: for what is not allocated, and for the other side of a change."""
        parts = self._account(self.pattern.balance, fund, "the balance", "the balance", is_spending=False)
        is_verified = self.pattern.balance_is_verified
        return AccountLine(self._joined(parts), "", "", fund, False, cents, Where.LEFT, is_verified, parts)

    def _joined(self, parts: tuple[str, ...]) -> str:
        return self.pattern.joint.join(parts)

    def _at_school(self, school: str, item: str, fund: str, is_position: bool) -> tuple[str, ...]:
        kind = "position" if is_position else "line"
        title = self.district.position_of[item].title if is_position else item
        codes = {**self.pattern.codes_of(kind, item, title), SCHOOL: self.schools[school]}
        return self._account(codes, fund, f"{kind} {title}", f"school {school}")

    def _account(
        self, given: Mapping[str, str], fund: str, item: str, school: str, *, is_spending: bool = True
    ) -> tuple[str, ...]:
        codes = {**given, **self.pattern.codes_of("fund", fund, self.district.fund_of[fund].title)}
        for segment in self.pattern.segments:
            of = school if segment.name == SCHOOL else f"{item}, fund {fund}"
            for problem in self._wrong(segment, codes.get(segment.name, ""), of, is_spending):
                self.problems[problem] = None
        return tuple(codes.get(segment.name, "") for segment in self.pattern.segments)

    def _wrong(self, segment: Segment, code: str, of: str, is_spending: bool) -> Iterator[str]:
        if not code:
            yield f"No {segment.name} code for {of}."
        elif not code.isdigit() or not code.isascii() or not _fits(len(code), segment):
            least = "at most " if segment.is_most else ""
            yield f"The {segment.name} code '{code}' of {of} is not {least}{segment.digits} digits."
        elif is_spending and segment.name in self.pattern.valid and code not in self.pattern.valid[segment.name]:
            # The lists of valid codes are those of spending; a balance has accounts of its own.
            yield f"The {segment.name} code '{code}' of {of} is not in the pattern's list of valid codes."


def _fits(digits: int, segment: Segment) -> bool:
    return digits == segment.digits or (segment.is_most and digits < segment.digits)
