"""The figures of one scenario, or of today, where no other side of a comparison has a plan."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.ui.compare_choice import sides_of
from equity_alloc.ui.session import Session
from equity_alloc.ui.sides import Side, kinds_of, side_columns
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_one_side(session: Session, side: Side) -> None:
    """Show the figures of one side under its name, with its own weights and counted funds."""
    alone = sides_of(session, side)
    note = (
        f"{plain(side.name)}, {plain(session.district.year)}, {count_words(len(session.district.schools), 'school')}."
    )
    st.header(f"{plain(side.name)} alone", anchor=False)
    for of in kinds_of(alone):
        st.subheader(of.value, anchor=False)
        show_table(side_columns(alone, of), alt=f"{of.value}. {note}", key=f"one-side-{of}", pinned=1)
    st.caption(f"{note} Source: {plain(session.district.name)} data.")
