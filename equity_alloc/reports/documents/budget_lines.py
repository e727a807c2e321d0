"""Budget lines in the district's account codes, for the accounting system to take in."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.reports.account_lines import AccountLine, Where, budget_lines
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import statuses
from equity_alloc.sources.cell_words import dollars

_HEADINGS = (
    "Kind", "Account", "Dollars", "Fund", "School", "School name", "Position or line", "Title", "Status", "Note",
)  # fmt: skip


def _write(dossier: Dossier) -> bytes:
    return csv_bytes(_HEADINGS, _rows(dossier))


def _rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield a row for each line, then what each fund comes to, which is its appropriation."""
    plan = dossier.plan
    status = statuses(dossier.draft)
    lines = budget_lines(plan, dossier.pattern)
    for line in lines:
        yield (line.where.value, line.account, dollars(line.cents), line.fund, *_named(dossier, line), next(status),
               _note(dossier, line))  # fmt: skip
    for fund in plan.certificate.funds:
        total = sum(line.cents for line in lines if line.fund == fund.code)
        says = f"sum of the {fund.title} lines above; its appropriation is {dollars(fund.appropriation)}"
        yield ("total of the fund", "", dollars(total), fund.code, "", "", "", fund.title, next(status), says)


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
