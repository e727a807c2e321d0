"""The memo to the board: the first pages in Word, to be changed and signed."""

from __future__ import annotations

import dataclasses

from docx.shared import Pt

from equity_alloc.reports.commitment_rows import commitments_section, dropped_section
from equity_alloc.reports.decision_sections import decided_section
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.letter_paper import new_word, put_draft, put_sections, word_bytes
from equity_alloc.reports.section import Section
from equity_alloc.reports.story import first_pages


def _write(dossier: Dossier) -> bytes:
    word = new_word(f"{dossier.title}: memo to the board", is_draft=bool(dossier.draft))
    word.add_heading("Memo", level=0)
    for label, value in (
        ("To:", "The board of education"),
        ("From:", "[name and title]"),
        ("Date:", "[date]"),
        ("About:", f"{dossier.title}: {dossier.plan.scenario.name}"),
    ):
        line = word.add_paragraph()
        line.paragraph_format.space_after = Pt(1)
        line.add_run(f"{label} ").bold = True
        line.add_run(value)
    put_draft(word, draft_line(dossier.draft))
    put_sections(word, (_asked(dossier),))
    what, for_whom, *others = first_pages(dossier)
    # A memo has no picture, so what says that one shows only the largest changes stays away too.
    for_whom = Section(for_whom.title, for_whom.sentences[:2])
    # What is dropped stands on page one, with who decided it; behind the others only how each commitment stands.
    commitments = (
        dataclasses.replace(each, sentences=each.sentences[:1]) for each in commitments_section(dossier.standings)
    )
    beside = (*decided_section(dossier.book, dossier.plan), *dropped_section(dossier.standings))
    put_sections(word, (what, *beside, for_whom, *others, *commitments))
    return word_bytes(word)


def _asked(dossier: Dossier) -> Section:
    """Return what the board has still to do; what it has decided it is not asked for again."""
    tied = "Every figure has its details in the board packet, and the workbook for the auditor ties them to the cent."
    if dossier.is_decided:
        still = f" To be finished is what is named above. {tied}" if dossier.draft else f" {tied}"
        return Section("What this memo is for", (f"The decision is taken; this memo says what was decided.{still}",))
    if dossier.draft:
        return Section("What the board is asked to do", ("To finish the open business named above before it votes.",))
    return Section(
        "What the board is asked to do", (f"To adopt the plan, or to name what in it should change. {tied}",)
    )


DOCUMENT = Document(
    "memo",
    "Memo to the board",
    "What is proposed, for whom, what it costs, who gives up, and what was rejected, in Word. For the superintendent to sign.",
    Readers.PUBLIC,
    20,
    ".docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    _write,
)
