"""The door for a Kentucky school table, with the decision that it asks for."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.day import today
from equity_alloc.domain.district import Decision
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.money import read_dollars
from equity_alloc.sources.kentucky import read_kentucky
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.upload import MEGABYTES, loaded_words
from equity_alloc.ui.words import plain

_DECISION = "Blank counts of English learners (LEP) mean zero."


def show_kentucky(session: Session) -> None:
    """Show the form for a state table: file, district, money, and who decided what blank means."""
    st.markdown("A public table of the state's schools, one row each. Choose one district of it.")
    with st.form("kentucky"):
        st.file_uploader("Kentucky school table (.csv)", type="csv", key="ky-file", max_upload_size=MEGABYTES)
        st.text_input("District: name or 3-digit number", key="ky-district", placeholder="165")
        st.text_input(
            "Money for schools (dollars)",
            key="ky-pot",
            help="Blank: the sum of what the schools spent, as in the file.",
        )
        st.text_input("Who decides that a blank LEP count means zero", key="ky-who", help="Blank: it stays unknown.")
        st.form_submit_button("Open this district", on_click=_open, args=(session,))
    if session.reports.get("kentucky"):
        st.error(plain(session.reports["kentucky"]), icon=":material/edit_off:")


def _open(session: Session) -> None:
    file, who = field_value("ky-file"), str(field_value("ky-who") or "").strip()
    money = str(field_value("ky-pot") or "").strip()
    session.reports.pop("kentucky", None)
    if file is None:
        session.reports["kentucky"] = "Choose the file first."
        return
    try:
        pot = read_dollars(money) if money else None
    except EquityAllocError as error:
        session.reports["kentucky"] = str(error)
        return
    reading = read_kentucky(
        file.getvalue(),
        str(field_value("ky-district") or ""),
        pot=pot,
        blank_means_zero=Decision(_DECISION, who, today()) if who else None,
        name=file.name,
    )
    if session.load(reading, ""):
        session.notice = loaded_words(session)
