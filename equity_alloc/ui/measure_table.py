"""Equity measures before and after, each with its direction, definition, source and what it misleads about."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.summary import MeasureRow
from equity_alloc.ui.measure_words import READINGS
from equity_alloc.ui.numbers import direction_words, verdict_words
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_measures(
    rows: Sequence[MeasureRow], *, key: str, before: str = "Last year", after: str = "Proposal", note: str = ""
) -> None:
    """Show measures as a table.

    Parameters
    ----------
    rows : sequence of MeasureRow
    key : str
    before, after : str
        What the two values describe.
    note : str
        Unit, weighting and n.
    """
    columns = (
        TableColumn("Measure", Show.TEXT, tuple(row.measure.title for row in rows)),
        TableColumn(before, Show.TEXT, tuple(row.measure.printed(row.today) for row in rows), before),
        TableColumn(after, Show.TEXT, tuple(row.measure.printed(row.plan) for row in rows), after),
        TableColumn("Verdict", Show.TEXT, tuple(verdict_words(r.today, r.plan, r.measure) for r in rows)),
        TableColumn("Direction", Show.TEXT, tuple(direction_words(row.measure.better) for row in rows)),
        TableColumn("Unit", Show.TEXT, tuple(row.measure.unit for row in rows)),
    )
    show_table(columns, alt=f"Equity measures: {before} and {after}. {note}", key=key, pinned=1)
    for words in filter(None, (note, *dict.fromkeys(row.basis for row in rows))):
        st.caption(plain(words))
    missing = dict.fromkeys(row.note for row in rows if row.note.startswith("Not computable"))
    for words in missing:
        names = ", ".join(row.measure.title for row in rows if row.note == words)
        st.caption(plain(f"{names}. {words}"))


def show_board_measures(rows: Sequence[MeasureRow], *, key: str, note: str) -> None:
    """Show the few measures that a board reads, each with how to read it."""
    known = {row.measure.code: row for row in rows}
    shown = [known[code] for code in READINGS if code in known]
    columns = (
        TableColumn("Measure", Show.TEXT, tuple(row.measure.title for row in shown)),
        TableColumn("Last year", Show.TEXT, tuple(row.measure.printed(row.today) for row in shown)),
        TableColumn("Proposal", Show.TEXT, tuple(row.measure.printed(row.plan) for row in shown)),
        TableColumn("Verdict", Show.TEXT, tuple(verdict_words(r.today, r.plan, r.measure) for r in shown)),
        TableColumn("How to read it", Show.TEXT, tuple(READINGS[row.measure.code] for row in shown), width=450),
    )
    show_table(columns, alt=f"{len(shown)} equity measures, last year and proposal. {note}", key=key, pinned=1)
    st.caption(note)


def show_definitions(rows: Sequence[MeasureRow]) -> None:
    """Show what each measure is, where it comes from and where it misleads."""
    for row in rows:
        measure = row.measure
        st.markdown(
            f"**{plain(measure.title)}** ({direction_words(measure.better)}). {plain(measure.definition)}  \n"
            f"Misleads: {plain(measure.misleads)}  \n"
            f"Formula: `{measure.formula}`  \nSource: {plain(str(measure.source))}"
        )
        if row.basis:
            st.markdown(plain(row.basis))
        if row.note:
            st.markdown(f"Not defined here: {plain(row.note)}")
