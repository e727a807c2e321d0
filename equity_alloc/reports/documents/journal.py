"""A journal against last year: an entry for each account that changes, and for each fund the account that balances it."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.domain.errors import NothingToTell
from equity_alloc.planning.baseline import knows_last_year
from equity_alloc.reports.account_lines import notes_of
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import statuses
from equity_alloc.reports.journal_entries import Entry, journal_entries
from equity_alloc.sources.cell_words import dollars

_HEADINGS = (
    "Kind", "Account", "Debit", "Credit", "Last year at plan-year costs", "Plan", "Change", "Part of the cost", "Fund", "School",
    "Position or line", "Says", "Status",
)  # fmt: skip


def _write(dossier: Dossier) -> bytes:
    if not knows_last_year(dossier.plan):
        raise NothingToTell(
            "The data hold nothing of last year (sheets Staffing and Spending): there is no change to book."
        )
    segments = (f"Account: {segment.name}" for segment in dossier.pattern.segments)
    return csv_bytes((*_HEADINGS, *segments), _rows(dossier))


def _rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield what is posted and nothing else, so that the file can be taken in as it is; sums are in the control totals."""
    status = statuses(dossier.draft)
    for entry in journal_entries(dossier.plan, dossier.pattern):
        line = entry.line
        says = entry.says or "; ".join(notes_of(line))
        yield (entry.kind, line.account, dollars(entry.debit), dollars(entry.credit), *_amounts(entry), line.part.value,
               line.fund, line.school, line.item, says, next(status), *line.parts)  # fmt: skip


def _amounts(entry: Entry) -> tuple[str, ...]:
    if entry.is_balance:
        return ("", "", "")
    return tuple(map(dollars, (entry.before, entry.now, entry.now - entry.before)))


DOCUMENT = Document(
    "journal",
    "Journal against last year",
    "What changes in each account, and for each fund the account that balances it: debits equal credits.",
    Readers.INTERNAL,
    90,
    ".csv",
    "text/csv",
    _write,
    has_accounts=True,
)
