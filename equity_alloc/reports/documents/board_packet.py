"""The board packet: two pages first, then the details, as a PDF that everybody can read."""

from __future__ import annotations

from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.paper import paper
from equity_alloc.reports.story import details, first_pages


def _write(dossier: Dossier) -> bytes:
    first, rest = first_pages(dossier), details(dossier)
    return paper(
        dossier.title,
        f"Board packet. {dossier.plan.scenario.name}",
        draft_line(dossier.draft),
        (*first, *rest),
        breaks=(2, len(first)),
        size=10,
    )


DOCUMENT = Document(
    "board-packet",
    "Board packet",
    "Two pages first: what, for whom, what it costs, who gives up, what was rejected; then the details. For the board.",
    Readers.PUBLIC,
    10,
    ".pdf",
    "application/pdf",
    _write,
)
