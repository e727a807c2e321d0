"""Budget lines in the district's account codes, for the accounting system to take in."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.domain.money import share_out
from equity_alloc.reports.account_lines import AccountLine, Where, budget_lines
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import statuses
from equity_alloc.sources.cell_words import dollars, posts

_HEADINGS = (
    "Kind", "Account", "Dollars", "FTE", "Fund", "School", "School name", "Position or line", "Title", "Sum of the fund",
    "Status", "Note",
)  # fmt: skip


def _write(dossier: Dossier) -> bytes:
    segments = (f"Account: {segment.name}" for segment in dossier.pattern.segments)
    return csv_bytes((*_HEADINGS, *segments), _rows(dossier))


def _rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield a row for each line, then what each fund comes to, which is its appropriation.

    The sums stand in a column of their own, so that the column of dollars adds up to what is appropriated, and to no more.
    """
    plan = dossier.plan
    status = statuses(dossier.draft)
    lines = budget_lines(plan, dossier.pattern)
    posts_of = _posts(dossier)
    for line in lines:
        fte = posts_of.get((line.school, line.item, line.fund)) if line.is_position else None
        yield (line.where.value, line.account, dollars(line.cents), "" if fte is None else posts(fte), line.fund,
               *_named(dossier, line), "", next(status), _note(dossier, line), *line.parts)  # fmt: skip
    for fund in plan.certificate.funds:
        total = sum(line.cents for line in lines if line.fund == fund.code)
        says = f"sum of the {fund.title} lines above; its appropriation is {dollars(fund.appropriation)}"
        named = (fund.code, "", "", "", fund.title, dollars(total))
        yield ("total of the fund", "", "", "", *named, next(status), says, *("" for _ in dossier.pattern.segments))


def _posts(dossier: Dossier) -> dict[tuple[str, str, str], int]:
    """Return each fund's part of the FTE of a position at a school, by what it pays; the parts come to the whole."""
    payers: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for (school, position, fund), cents in dossier.plan.allocation.pay:
        payers.setdefault((school, position), []).append((fund, cents))
    parts: dict[tuple[str, str, str], int] = {}
    for place, paid in payers.items():
        weights = [Fraction(max(0, cents)) for _, cents in paid]
        codes = [fund for fund, _ in paid]
        if not any(weights):
            continue
        shares = share_out(dossier.plan.allocation.fte_of.get(place, 0), weights, codes)
        parts.update({(*place, code): share for code, share in zip(codes, shares, strict=True)})
    return parts


def _named(dossier: Dossier, line: AccountLine) -> tuple[str, str, str, str]:
    district = dossier.plan.view.district
    if line.where is not Where.SCHOOL:
        return ("", "", line.item, line.item or "Appropriated and not allocated")
    title = district.position_of[line.item].title if line.is_position else line.item
    return (line.school, district.school_of[line.school].name, line.item, title)


def _note(dossier: Dossier, line: AccountLine) -> str:
    unverified = dossier.pattern.unverified
    if not line.is_verified:
        unverified = tuple(segment.name for segment in dossier.pattern.segments)
    words = [f"unverified default: {', '.join(unverified)}"] if unverified else []
    return "; ".join([*words, *(["salary and benefits together"] if line.is_position else [])])


DOCUMENT = Document(
    "budget-lines",
    "Budget lines in account codes",
    "Every dollar of every fund as a line with its account code: schools, central, and the sum. For the accounting system.",
    Readers.INTERNAL,
    80,
    ".csv",
    "text/csv",
    _write,
)
