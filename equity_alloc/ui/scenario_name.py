"""The scenario's name and the reason behind it, in the words of whoever made it."""

from __future__ import annotations

import dataclasses

import streamlit as st

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.scenario import Scenario
from equity_alloc.ui.scenario_names import checked_name, standing
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import field_key, field_start, show_typed_error
from equity_alloc.ui.words import plain

_LONGEST_NOTE = 2000


def show_name(session: Session) -> None:
    """Show the fields for the name and the reason."""
    scenario = session.scenario
    # The name follows what is done elsewhere on the page: a change makes the scenario another one.
    key = f"{field_key(session, 'scenario-name')}-{scenario.name}"
    note_key = field_key(session, "scenario-note")
    st.text_input(
        "Name of the scenario",
        field_start(session, "scenario-name", scenario.name),
        key=key,
        on_change=_take,
        args=(session, key, "name"),
    )
    st.caption(
        plain(
            f"Now: {standing(scenario, session.own, session.saved, session.district)}. Scenarios are saved on the page Compare."
        )
    )
    show_typed_error(session, "scenario-name")
    st.text_area(
        "Why these choices",
        field_start(session, "scenario-note", scenario.note),
        key=note_key,
        on_change=_take,
        args=(session, note_key, "note"),
        help="Kept with the scenario and written into every export.",
    )
    show_typed_error(session, "scenario-note")


def _take(session: Session, key: str, name: str) -> None:
    typed = str(field_value(key) or "")

    def make() -> Scenario:
        if name == "name":
            taken = (session.own, *session.saved)
            return dataclasses.replace(session.scenario, name=checked_name(typed, session.scenario, taken))
        if len(typed) > _LONGEST_NOTE:
            raise InvalidValue(f"The reason has {len(typed):,} characters. Enter at most {_LONGEST_NOTE:,}.")
        return dataclasses.replace(session.scenario, note=typed.strip())

    session.attempt(f"scenario-{name}", typed, make)
