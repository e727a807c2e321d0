"""Scenarios kept under a name: save, open, rename, delete."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

_MESSAGE = "saved"


def show_saved(session: Session) -> None:
    """Show the saved scenarios and what can be done with each."""
    with st.container(border=True):
        key = f"save-name-{session.revision}"
        st.text_input("Name", session.scenario.name, key=key, max_chars=80)
        st.button(
            "Save the current scenario under this name",
            icon=":material/bookmark_add:",
            on_click=_try,
            args=(session, lambda: session.save_as(str(field_value(key) or "")), "Saved."),
            key="save-current",
        )
    message = session.reports.pop(_MESSAGE, None)
    if message:
        st.info(plain(message))
    for place, scenario in enumerate(session.saved):
        with st.expander(plain(scenario.name), icon=":material/bookmark:"):
            _show_one(session, place, scenario.name)
    if not session.saved:
        st.markdown("No scenario is saved yet. Save this one, change a rule, and lay the two side by side.")


def _show_one(session: Session, place: int, name: str) -> None:
    scenario = session.saved[place]
    if scenario.note:
        st.markdown(plain(scenario.note))
    key = f"rename-{session.revision}-{place}"
    st.text_input("New name", name, key=key, max_chars=80)
    copy = dataclasses.replace(scenario, name=f"{name[:72]} (copy)")
    with st.container(horizontal=True):
        st.button("Work on it", key=f"open-{place}", on_click=session.choose, args=(scenario,))
        st.button(
            "Rename",
            key=f"rename-button-{place}",
            on_click=_try,
            args=(session, lambda: session.rename_saved(name, str(field_value(key) or "")), "Renamed."),
        )
        st.button("Duplicate", key=f"duplicate-{place}", on_click=session.add_saved, args=(copy,))
        st.button("Delete", key=f"delete-{place}", on_click=session.delete_saved, args=(name,))


def _try(session: Session, act: Callable[[], None], done: str) -> None:
    try:
        act()
    except EquityAllocError as error:
        session.reports[_MESSAGE] = str(error)
    else:
        session.reports[_MESSAGE] = done
