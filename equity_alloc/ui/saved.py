"""Scenarios kept under a name, on screen: save, open, rename, delete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.ui.scenario_names import LONGEST, saved_before, standing
from equity_alloc.ui.scenario_shelf import delete, duplicate, rename, save_as, save_changes
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

_MESSAGE = "saved"


def show_saved(session: Session) -> None:
    """Show the saved scenarios and what can be done with each."""
    with st.container(border=True):
        _show_current(session)
    message = session.reports.pop(_MESSAGE, None)
    if message is not None:
        is_done, words = message
        (st.success if is_done else st.error)(plain(words))
    for place, scenario in enumerate(session.saved):
        with st.expander(plain(scenario.name), icon=":material/bookmark:"):
            _show_one(session, place, scenario.name)
    if not session.saved:
        st.markdown("No scenario is saved yet. Save this one, change a rule, and lay the two side by side.")


def _show_current(session: Session) -> None:
    name = session.scenario.name
    st.markdown(
        f"You work on **{plain(name)}**: {plain(standing(session.scenario, session.own, session.saved, session.district))}. "
        "A saved scenario stays as it was saved; a change makes a new one of it."
    )
    origin = saved_before(session.scenario, session.saved)
    if origin is not None:
        st.button(
            f"Save the changes to {plain(origin.name)}",
            icon=":material/save:",
            on_click=_try,
            args=(session, partial(save_changes, session), f"{origin.name} now holds the current choices."),
            key="save-changes",
        )
    key = f"save-name-{session.revision}-{name}"
    st.text_input("Name", name, key=key, max_chars=LONGEST)
    st.button(
        "Save the current scenario under this name",
        icon=":material/bookmark_add:",
        on_click=_try,
        args=(session, lambda: save_as(session, str(field_value(key) or "")), "Saved under this name."),
        key="save-current",
    )


def _show_one(session: Session, place: int, name: str) -> None:
    scenario = session.saved[place]
    if scenario.note:
        st.markdown(plain(scenario.note))
    key = f"rename-{session.revision}-{place}-{name}"
    st.text_input("New name", name, key=key, max_chars=LONGEST)
    with st.container(horizontal=True):
        st.button("Work on it", key=f"open-{place}", on_click=session.choose, args=(scenario,))
        st.button(
            "Rename",
            key=f"rename-button-{place}",
            on_click=_try,
            args=(session, lambda: rename(session, name, str(field_value(key) or "")), "Renamed."),
        )
        st.button("Duplicate", key=f"duplicate-{place}", on_click=duplicate, args=(session, scenario))
        st.button("Delete", key=f"delete-{place}", on_click=delete, args=(session, name))


def _try(session: Session, act: Callable[[], None], done: str) -> None:
    try:
        act()
    except EquityAllocError as error:
        session.reports[_MESSAGE] = (False, str(error))
    else:
        session.reports[_MESSAGE] = (True, done)
