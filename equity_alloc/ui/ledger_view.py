"""The ledger of promises on screen: record this plan, look at earlier years, take the table away."""

from __future__ import annotations

import streamlit as st

from equity_alloc.commitments.scoreboard import scoreboard
from equity_alloc.commitments.standing import Standing
from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.domain.day import today
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.ledger_rows import HEADINGS, ledger_cells, since_words
from equity_alloc.store.ledger import LedgerRow
from equity_alloc.store.unavailable import StoreUnavailable
from equity_alloc.ui.cached import ledger
from equity_alloc.ui.downloads import file_name, offer
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

_SAID = "ledger"


def show_ledger(session: Session, plan: Plan | None, standings: tuple[Standing, ...]) -> None:
    """Show what was recorded over the years, and the button that records this plan."""
    st.header("Ledger over the years", anchor=False)
    store = ledger()
    if store is None or session.visitor is None:
        st.markdown("No ledger is kept here: this server has no store, or the browser keeps no cookies.")
        return
    st.markdown(
        "One row for each plan and promise. A row is added when documents are made, or here, and never changed, so that a "
        "later year can be held beside what was promised."
    )
    if plan is not None and standings:
        st.button(
            "Record this plan", icon=":material/history_edu:", key="ledger-add", on_click=record, args=(session, plan)
        )
    said = session.reports.pop(_SAID, "")
    if said:
        st.success(plain(said))
    try:
        rows = store.rows(session.visitor, session.district.name)
    except StoreUnavailable as error:
        st.warning(plain(str(error)))
        return
    if rows:
        _show_rows(session, rows)


def record(session: Session, plan: Plan) -> None:
    """Add a plan's promises to the ledger; a server without a store goes on without."""
    store = ledger()
    if store is None or session.visitor is None or not plan.scenario.commitments:
        return
    standings = scoreboard(plan.district, plan.scenario, plan.allocation)
    try:
        new = store.add(session.visitor, [LedgerRow(**cells) for cells in ledger_cells(plan, standings, today())])
    except StoreUnavailable as error:
        session.reports[_SAID] = str(error)
        return
    if new:
        session.reports[_SAID] = f"{count_words(new, 'row')} {'was' if new == 1 else 'were'} added."
    else:
        session.reports[_SAID] = "Every row of this plan stands in the ledger already."


def _show_rows(session: Session, rows: tuple[LedgerRow, ...]) -> None:
    now = session.scenario.commitments
    lines = [
        (
            row.year, row.plan, row.code, row.clause, row.state, row.found, row.short, row.decided, row.recorded,
            since_words(row.code, row.identity, now), row.plan_digest,
        )
        for row in rows
    ]  # fmt: skip
    widths = (80, 120, 60, 320, 180, 320, 200, 320, 110, 220, 120)
    columns = tuple(
        TableColumn(heading, Show.TEXT, tuple(line[place] for line in lines), width=widths[place])
        for place, heading in enumerate(HEADINGS)
    )
    show_table(columns, alt="The ledger of promises: one row for each plan and promise.", key="ledger", most_rows=12)
    offer(
        "Ledger of promises",
        csv_bytes(HEADINGS, lines),
        file_name(session.district, session.scenario, "-ledger-internal.csv"),
        "text/csv",
        key="ledger-get",
    )
