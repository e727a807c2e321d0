"""What drives the plan on screen: every count with its purpose, and what cannot drive it."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.inequity.drivers import drivers_of, statement
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_drivers(session: Session) -> None:
    """Show the statement and the list behind it."""
    try:
        found = drivers_of(session.district, session.scenario)
    except EquityAllocError as error:
        st.markdown(plain(str(error)))
        return
    for sentence in statement(session.district, session.scenario):
        st.markdown(plain(sentence))
    show_table(
        (
            TableColumn("Count of pupils", Show.TEXT, tuple(each.title for each in found), width=200),
            TableColumn("What rests on it", Show.TEXT, tuple("; ".join(each.used_by) for each in found), width=420),
            TableColumn("Why it may count", Show.TEXT, tuple(each.purpose for each in found), width=420),
            TableColumn("Where that is written", Show.TEXT, tuple(each.source for each in found), width=420),
        ),
        alt="Counts of pupils that the plan rests on, with their purpose.",
        key="drivers",
        pinned=1,
    )
