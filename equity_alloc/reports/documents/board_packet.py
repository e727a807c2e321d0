"""The board packet: two pages first, then the details, as a PDF that everybody can read."""

from __future__ import annotations

from equity_alloc.reports.commitment_rows import commitments_section, dropped_section
from equity_alloc.reports.decision_sections import decided_section
from equity_alloc.reports.details import details
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.equity_rows import drivers_section
from equity_alloc.reports.paper import LINE, paper
from equity_alloc.reports.section import Section
from equity_alloc.reports.story import MOST_BARS, first_pages
from equity_alloc.reports.story import MOST_ROWS as FEWEST_LOSERS

#: What a page without any text could hold in schools of the picture; how many schools a line of text takes the place of;
#: lines that a heading and a paragraph's end take; and the smallest picture.
PAGE, SCHOOLS_A_LINE, HEADING_LINES, END_LINES, FEWEST_BARS = 58, 1.2, 2, 0.25, 6
#: Lines of a table that page two holds, what a line of text or a heading takes of them, and letters in a line of the last column.
ROWS, ROWS_A_LINE, ROWS_A_HEADING, LETTERS = 58, 1.25, 5, 62


def _write(dossier: Dossier) -> bytes:
    # Who decided, and what is dropped, stands before the picture, which takes what is left of page one.
    beside = (*decided_section(dossier.book, dossier.plan), *dropped_section(dossier.standings))
    draft = draft_line(dossier.draft)
    what, for_whom, costs, _, rejected = first_pages(dossier)
    told = [sentence for section in (what, *beside, for_whom) for sentence in section.sentences]
    lines = sum(-(-len(sentence) // LINE) + END_LINES for sentence in (*told, *((draft,) if draft else ())))
    lines += HEADING_LINES * (2 + len(beside) + bool(draft))
    room = int(PAGE - SCHOOLS_A_LINE * lines)
    losers = max(FEWEST_LOSERS, _room_for_losers(costs, rejected))
    what, for_whom, *others = first_pages(dossier, max(FEWEST_BARS, min(MOST_BARS, room)), losers)
    later: tuple[Section, ...] = ()
    if room < FEWEST_BARS:
        # Words come first on page one; a picture that has no room there begins the details.
        later = (Section("Levels", for_whom.sentences[2:], None, for_whom.chart),)
        for_whom = Section(for_whom.title, for_whom.sentences[:2])
    first = (what, *beside, for_whom, *others)
    rest = (*later, *commitments_section(dossier.standings), drivers_section(dossier.plan), *details(dossier))
    return paper(
        dossier.title,
        f"Board packet. {dossier.plan.scenario.name}",
        draft,
        (*first, *rest),
        breaks=(2 + len(beside), len(first)),
        size=10,
    )


def _room_for_losers(costs: Section, rejected: Section) -> int:
    """Return how many schools that give up page two has room for."""
    lines = sum(ROWS_A_LINE * -(-len(sentence) // LINE) for each in (costs, rejected) for sentence in each.sentences)
    rows = 0 if costs.table is None else len(costs.table.rows)
    rows += 0 if rejected.table is None else sum(-(-len(row[-1]) // LETTERS) for row in rejected.table.rows)
    return int(ROWS - lines - rows - 3 * ROWS_A_HEADING)


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
