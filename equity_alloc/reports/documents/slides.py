"""Slides for the meeting: one thought a slide, its title says it, with native charts that can be changed."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pptx import Presentation

from equity_alloc.domain.number import count_words
from equity_alloc.planning.summary import SchoolRow
from equity_alloc.reports.chart import change_chart, level_chart
from equity_alloc.reports.commitment_rows import commitments_section, dropped_section
from equity_alloc.reports.decision_sections import decided_section
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.fixed_zip import with_fixed_dates
from equity_alloc.reports.rejected import rejected_in_short
from equity_alloc.reports.section import Section, dollars
from equity_alloc.reports.slide_paper import Deck
from equity_alloc.reports.story import cost_words, first_pages, kept_words, lowest_words

#: Schools in a picture: one bar for each, or two.
MOST_BARS, MOST_PAIRS = 12, 5
#: Rows of a table that has room for all of its columns.
FEW = 3


def _write(dossier: Dossier) -> bytes:
    slides = Presentation()
    slides.core_properties.title = f"{dossier.title}: {dossier.plan.scenario.name}"
    slides.core_properties.author = "Equity Alloc"
    slides.core_properties.language = "en-US"
    deck = Deck(slides, f"{dossier.title}{'. DRAFT' if dossier.draft else ''}")
    invented = ("This district is invented.",) if dossier.plan.district.invented else ()
    deck.first(dossier.title, (dossier.plan.scenario.name, *invented), draft_line(dossier.draft))
    what, for_whom, costs, gives_up, rejected = first_pages(dossier)
    decided = decided_section(dossier.book, dossier.plan) if dossier.is_decided else ()
    money = f"{dollars(dossier.totals.counted_plan)} of core money for {count_words(len(dossier.rows), 'school')}"
    told = [sentence for sentence in what.sentences if sentence not in invented]
    kept = kept_words(dossier)
    proof = next(place for place, sentence in enumerate(told) if sentence.startswith(kept))
    deck.words(money, told[:proof])
    deck.words(kept, [told[proof].removeprefix(f"{kept}. "), *told[proof + 1 :]])
    for section in decided:
        deck.words(section.title, section.sentences)
    if dossier.public.hidden.levels:
        _lowest(deck, dossier)
    gain = sorted((row for row in dossier.rows if row.counted_change > 0), key=lambda row: -row.counted_change)
    lose = sorted((row for row in dossier.rows if row.counted_change < 0), key=lambda row: row.counted_change)
    _changes(deck, dossier, for_whom, gain)
    if costs.table is not None:
        place = costs.table.headings.index("Unallocated")
        left = any(row[place] != dollars(0) for row in costs.table.rows)
        deck.table(
            cost_words(dossier), costs.table if left else costs.table.without("Unallocated"), beneath=costs.sentences
        )
    _changes(deck, dossier, gives_up, lose)
    if rejected.table is not None:
        few = len(rejected.table.rows) <= FEW
        shown = rejected.table if few else rejected.table.without("Lowest level", "FTE moved")
        deck.table(rejected_in_short(dossier).rstrip("."), shown, beneath=rejected.sentences)
    for section in dropped_section(dossier.standings):
        deck.words(section.title, section.sentences)
    for section in commitments_section(dossier.standings):
        if section.table is not None:
            title = f"How the plan stands to {count_words(len(section.table.rows), 'commitment')}"
            deck.table(title, section.table.without("Kind", "Adopted by", "Held the plan back"), section.sentences[:1])
    deck.number()
    stream = io.BytesIO()
    slides.save(stream)
    return with_fixed_dates(stream.getvalue())


def _lowest(deck: Deck, dossier: Dossier) -> None:
    """Show the schools that were lowest last year, with what the plan brings them to."""
    known = [row for row in dossier.rows if row.level_today is not None and row.level_plan is not None]
    rows = sorted(known, key=lambda row: (row.level_today or 0, row.code))[:MOST_PAIRS]
    unit = dossier.plan.view.levels.unit
    if not rows:
        return
    shares = unit.startswith("share")
    title = "Where the lowest schools stand" if shares else lowest_words(dossier).rstrip(".")
    note = f"The {len(rows)} lowest schools of last year, {unit}" if len(rows) > 1 else f"In {unit}"
    deck.bars(title, level_chart(rows, unit), shares=shares, note=note)


def _changes(deck: Deck, dossier: Dossier, section: Section, members: Sequence[SchoolRow]) -> None:
    """Show the largest changes one way; where there is none, the sentence that says so."""
    if not members:
        deck.words(section.title, section.sentences)
        return
    note = f"The {MOST_BARS} largest, core dollars" if len(members) > MOST_BARS else "Core dollars"
    if any(row.code in dossier.estimated for row in members):
        note = f"{note}; some are estimates"
    deck.bars(section.sentences[0].rstrip("."), change_chart(members[:MOST_BARS]), note=note)


DOCUMENT = Document(
    "slides",
    "Slides for the meeting",
    "One thought a slide, with charts that can be changed in PowerPoint. For the public meeting.",
    Readers.PUBLIC,
    30,
    ".pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    _write,
)
