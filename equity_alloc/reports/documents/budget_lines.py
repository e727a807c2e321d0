"""Budget lines in the district's account codes, for the accounting system to take in."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.reports.account_lines import AccountLine, Part, Where, budget_lines, fte_by_payer, notes_of
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import statuses
from equity_alloc.sources.cell_words import dollars, posts

_HEADINGS = (
    "Kind", "Account", "Dollars", "FTE", "Part of the cost", "Fund", "School", "School name", "Position or line", "Title", "Status",
    "Note",
)  # fmt: skip


def _write(dossier: Dossier) -> bytes:
    segments = (f"Account: {segment.name}" for segment in dossier.pattern.segments)
    return csv_bytes((*_HEADINGS, *segments), _rows(dossier))


def _rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield a row for each line and nothing else, so that the file can be taken in as it is; sums are in the control totals."""
    status = statuses(dossier.draft)
    posts_of = fte_by_payer(dossier.plan.allocation)
    for line in budget_lines(dossier.plan, dossier.pattern):
        # Benefits stand beside a salary that holds the FTE.
        holds_fte = line.is_position and line.part is not Part.BENEFITS
        fte = posts_of.get((line.school, line.item, line.fund)) if holds_fte else None
        yield (line.where.value, line.account, dollars(line.cents), "" if fte is None else posts(fte), line.part.value, line.fund,
               *_named(dossier, line), next(status), _note(line, fte), *line.parts)  # fmt: skip


def _named(dossier: Dossier, line: AccountLine) -> tuple[str, str, str, str]:
    district = dossier.plan.view.district
    if line.where is not Where.SCHOOL:
        return ("", "", line.item, line.item or "Appropriated and not allocated")
    title = district.position_of[line.item].title if line.is_position else line.item
    return (line.school, district.school_of[line.school].name, line.item, title)


def _note(line: AccountLine, fte: int | None) -> str:
    words = [*notes_of(line)]
    if fte == 0:
        words.append(
            "less than 0.01 FTE: the fund's share at this school ends here, and it pays nothing else that could take it"
        )
    return "; ".join(words)


DOCUMENT = Document(
    "budget-lines",
    "Budget lines in account codes",
    "Every dollar of every fund as a line with its account code, at schools and centrally. For the accounting system.",
    Readers.INTERNAL,
    80,
    ".csv",
    "text/csv",
    _write,
    has_accounts=True,
)
