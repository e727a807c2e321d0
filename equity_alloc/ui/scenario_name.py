"""The scenario's name and the reason behind it, in the words of whoever made it."""

from __future__ import annotations

import dataclasses

import streamlit as st

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.scenario import Scenario
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import field_key, field_start, show_typed_error

_LONGEST = {"name": 80, "note": 2000}


def show_name(session: Session) -> None:
    """Show the fields for the name and the reason."""
    scenario = session.scenario
    key, note_key = field_key(session, "scenario-name"), field_key(session, "scenario-note")
    st.text_input(
        "Name of the scenario",
        field_start(session, "scenario-name", scenario.name),
        key=key,
        on_change=_take,
        args=(session, key, "name"),
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
        if len(typed) > _LONGEST[name] or (name == "name" and not typed.strip()):
            raise InvalidValue(f"Enter at least one and at most {_LONGEST[name]} characters.")
        changes = {name: typed.strip()}
        return dataclasses.replace(session.scenario, **changes)  # type: ignore[arg-type]

    session.attempt(f"scenario-{name}", typed, make)
