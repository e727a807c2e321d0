"""A plan in account codes: each school, item and fund, what is central, what is left; checked before anything leaves."""

from __future__ import annotations

from fractions import Fraction

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents, share_out
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.account_book import AccountLine, Book, Part, Where
from equity_alloc.reports.accounts import AccountPattern

__all__ = ["AccountLine", "Part", "Where", "account_lines", "balance_line", "budget_lines", "fte_by_payer", "notes_of"]

_OURS = "This is an error of the program; do not use them."


def budget_lines(plan: Plan, pattern: AccountPattern) -> tuple[AccountLine, ...]:
    """Return every dollar of every fund in account codes; the lines of a fund sum to its appropriation, to the cent.

    Raises
    ------
    InvalidValue
        As `account_lines`; or if a fund's lines do not sum to its appropriation.
    """
    district = plan.view.district
    book = Book(district, pattern)
    lines = [*book.school_lines(plan.allocation), *book.central_lines()]
    lines += [book.balance_line(fund.code, fund.unallocated) for fund in plan.certificate.funds if fund.unallocated]
    book.problems.refuse()
    for fund in plan.certificate.funds:
        if fund.appropriation != sum(line.cents for line in lines if line.fund == fund.code):
            raise InvalidValue(f"The account lines of {fund.title} do not add up to its appropriation. {_OURS}")
    return tuple(lines)


def account_lines(district: District, allocation: Allocation, pattern: AccountPattern) -> tuple[AccountLine, ...]:
    """Return an allocation to schools in account codes; the lines sum to it, to the cent.

    Raises
    ------
    InvalidValue
        If a code is missing, has other digits than its segment, is not one that the segment may hold, does not go with the
        account's other codes, if two schools would share one, or if a heading of the district's own codes names nothing that it
        has; every problem is named, up to eight.
    """
    book = Book(district, pattern)
    lines = book.school_lines(allocation)
    book.problems.refuse()
    if sum(line.cents for line in lines) != allocation.total:
        raise InvalidValue(f"The account lines do not add up to the plan. {_OURS}")
    return tuple(lines)


def balance_line(district: District, fund: str, pattern: AccountPattern) -> AccountLine:
    """Return the account that takes the other side where the changes of a fund do not net to zero, without money.

    Raises
    ------
    InvalidValue
        If the pattern names none, or one with other digits than its segments.
    """
    book = Book(district, pattern)
    line = book.balance_line(fund, 0)
    book.problems.refuse()
    return line


def notes_of(line: AccountLine) -> tuple[str, ...]:
    """Return what whoever books a line must know of its account: which codes nobody has checked, and what else is remarked."""
    together = "salary and benefits are not told apart: the account codes give no benefit rate for them"
    words = (
        f"unverified default: {', '.join(line.unverified)}" if line.unverified else "",
        line.remark,
        together if line.part is Part.BOTH else "",
    )
    return tuple(filter(None, words))


def fte_by_payer(allocation: Allocation) -> dict[tuple[str, str, str], Hundredths]:
    """Return each fund's part of the FTE of a position at a school, by what it pays; the parts come to the whole.

    Examples
    --------
    >>> half = Allocation.of({("A", "COACH"): 150}, {("A", "COACH", "GEN"): 200, ("A", "COACH", "T1A"): 100}, {})
    >>> fte_by_payer(half)
    {('A', 'COACH', 'GEN'): 100, ('A', 'COACH', 'T1A'): 50}
    """
    payers: dict[tuple[str, str], list[tuple[str, Cents]]] = {}
    for (school, position, fund), cents in allocation.pay:
        payers.setdefault((school, position), []).append((fund, cents))
    parts: dict[tuple[str, str, str], Hundredths] = {}
    for place, paid in payers.items():
        weights = [Fraction(max(0, cents)) for _, cents in paid]
        codes = [fund for fund, _ in paid]
        if not any(weights):
            continue
        shares = share_out(allocation.fte_of.get(place, 0), weights, codes)
        parts.update({(*place, code): share for code, share in zip(codes, shares, strict=True)})
    return parts
