"""A field for an amount of money, typed as people write it, with its reading echoed below."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents, print_dollars, read_dollars
from equity_alloc.scenario import Scenario
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import field_key, field_start, show_typed_error
from equity_alloc.ui.words import plain

Change = Callable[[Scenario, Cents], Scenario]


def show_money(session: Session, field: str, label: str, value: Cents, change: Change, *, help_text: str = "") -> None:
    """Show an amount that can be changed.

    Parameters
    ----------
    session : Session
    field, label : str
    value : Cents
    change : callable (scenario, cents) -> scenario
    help_text : str
    """
    key = field_key(session, field)
    st.text_input(
        label,
        field_start(session, field, print_dollars(value, with_cents=value % 100 != 0)),
        key=key,
        on_change=_take,
        args=(session, field, key, change),
        help=help_text or None,
    )
    if field in session.typed:
        show_typed_error(session, field)
    else:
        st.caption(f"Read as {plain(print_dollars(value, with_cents=True))}.")


def _take(session: Session, field: str, key: str, change: Change) -> None:
    typed = str(field_value(key) or "")

    def make() -> Scenario:
        cents = read_dollars(typed)
        if cents < 0:
            raise InvalidValue(f"{typed} is below zero. Enter zero or more.")
        return change(session.scenario, cents)

    session.attempt(field, typed, make)
