"""The record of the decision on a plan: options, reasons, dissent, objections and replies, as a PDF that everybody can read."""

from __future__ import annotations

import dataclasses

from equity_alloc.reports.decision_sections import blank_sections, record_sections, shown_in_public
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.paper import paper
from equity_alloc.reports.record_in_public import record_in_public
from equity_alloc.reports.section import Section


def _write(dossier: Dossier) -> bytes:
    book, plan = dossier.book, dossier.plan
    found = [] if book is None else [book.decision_of(plan.digest), book.assessment_of(plan.digest)]
    shown = dataclasses.replace(
        shown_in_public(dossier.public, plan), sums=not dossier.estimated, posts=dossier.knows_posts
    )
    on_record = [each for each in found if each is not None]
    told = [
        section
        for link, record in on_record
        for section in record_sections(link, record_in_public(record, dossier, shown), shown, book)
    ]
    if told and dossier.money_note:
        told.insert(0, Section("How to read the amounts", dossier.money_note))
    if not found or found[0] is None:
        told += blank_sections(assessed=bool(on_record))
    return paper(
        dossier.title,
        f"Decision record. {plan.scenario.name}",
        draft_line(dossier.draft),
        told,
        size=10,
    )


DOCUMENT = Document(
    "decision-record",
    "Decision record",
    "Options, reasons, dissent verbatim, who carries the loss, objections and replies; until then a form to fill in. Read it before you "
    "publish it.",
    Readers.PUBLIC,
    25,
    ".pdf",
    "application/pdf",
    _write,
)
