"""Budget lines in the district's account codes, for the accounting system to take in."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.reports.account_lines import account_lines
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import MARK
from equity_alloc.sources.cell_words import dollars

_HEADINGS = ("Account", "Dollars", "Fund", "School", "School name", "Position or line", "Title", "Status", "Note")


def _write(dossier: Dossier) -> bytes:
    return csv_bytes(_HEADINGS, _rows(dossier))


def _rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    district, pattern = dossier.plan.view.district, dossier.pattern
    status = MARK if dossier.draft else "adoptable"
    unverified = ", ".join(pattern.unverified)
    note = f"unverified default: {unverified}" if unverified else ""
    for line in account_lines(district, dossier.plan.allocation, pattern):
        title = district.position_of[line.item].title if line.is_position else line.item
        pay = "; salary and benefits together" if line.is_position else ""
        yield (
            line.account,
            dollars(line.cents),
            line.fund,
            line.school,
            district.school_of[line.school].name,
            line.item,
            title,
            status,
            f"{note}{pay}".removeprefix("; "),
        )


DOCUMENT = Document(
    "budget-lines",
    "Budget lines in account codes",
    "Every dollar at schools as a line with its account code, for the accounting system.",
    Readers.INTERNAL,
    80,
    ".csv",
    "text/csv",
    _write,
)
