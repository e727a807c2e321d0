"""The board packet: two pages first, then the details, as a PDF that everybody can read."""

from __future__ import annotations

from equity_alloc.reports.commitment_rows import commitments_section, dropped_section
from equity_alloc.reports.decision_sections import decided_section
from equity_alloc.reports.details import details
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.paper import paper
from equity_alloc.reports.story import MOST_BARS, first_pages

#: Letters in a line of page one, lines that are left there below the largest picture, and the smallest picture.
LINE, LINES_LEFT, FEWEST_BARS = 95, 6, 6


def _write(dossier: Dossier) -> bytes:
    # Who decided, and what is dropped, stands before the picture, which takes what is left of page one.
    dropped = dropped_section(dossier.standings)
    decided = decided_section(dossier.book, dossier.plan)
    beside = (*decided, *dropped)
    told = (draft_line(dossier.draft), *(sentence for section in beside for sentence in section.sentences))
    lines = sum(-(-len(sentence) // LINE) + 1 for sentence in told if sentence)
    what, *others = first_pages(dossier, max(FEWEST_BARS, MOST_BARS + LINES_LEFT - max(LINES_LEFT, lines)))
    first = (what, *beside, *others)
    rest = (*commitments_section(dossier.standings), *details(dossier))
    return paper(
        dossier.title,
        f"Board packet. {dossier.plan.scenario.name}",
        draft_line(dossier.draft),
        (*first, *rest),
        breaks=(2 + len(beside), len(first)),
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
