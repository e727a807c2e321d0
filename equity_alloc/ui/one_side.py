"""The figures of one scenario, or of today, where the other side of a comparison has no plan."""

from __future__ import annotations

import streamlit as st

from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.ui.compare_choice import sides_of
from equity_alloc.ui.numbers import direction_words, print_measure
from equity_alloc.ui.session import Session
from equity_alloc.ui.sides import Side, fund_columns, measures_of, post_columns, school_columns
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_one_side(session: Session, side: Side) -> None:
    """Show the figures of one side under its name, with its own weights and counted funds."""
    alone = sides_of(session, side)
    note = f"{plain(side.name)}, {plain(session.district.year)}, {len(session.district.schools)} schools."
    rows = measures_of(alone)
    measures = (
        TableColumn("Measure", Show.TEXT, tuple(row.measure.title for row in rows)),
        TableColumn(side.name, Show.TEXT, tuple(print_measure(row.plan, row.measure.unit) for row in rows)),
        TableColumn("Direction", Show.TEXT, tuple(direction_words(row.measure.better) for row in rows)),
        TableColumn("Unit", Show.TEXT, tuple(row.measure.unit for row in rows)),
    )
    st.header(f"{plain(side.name)} alone", anchor=False)
    for title, columns in (
        ("Schools", school_columns(alone)),
        ("Measures", measures),
        ("Funds", fund_columns(alone)),
        ("Posts", post_columns(alone)),
    ):
        st.subheader(title, anchor=False)
        show_table(columns, alt=f"{title}. {note}", key=f"one-side-{title}", pinned=1)
    st.caption(f"{note} Source: {plain(session.district.name)} data.")
