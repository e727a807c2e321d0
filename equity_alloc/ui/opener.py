"""A line with a button that opens what can be changed about it; what is closed costs nothing."""

from __future__ import annotations

import streamlit as st

from equity_alloc.ui.session import Session


def show_opener(session: Session, name: str, words: str, subject: str) -> bool:
    """Show a line and its button, and return whether it is open.

    An expander would close as soon as its own words change, which is what editing does.

    Parameters
    ----------
    session : Session
    name : str
        Name that nothing else on the page has.
    words : str
        Markdown of the line.
    subject : str
        What the button says it changes.
    """
    is_open = name in session.opened
    text, button = st.columns([4, 1], vertical_alignment="center")
    text.markdown(words)
    button.button(
        f"Close {subject}" if is_open else f"Change {subject}",
        key=f"open-{name}",
        on_click=_toggle,
        args=(session, name),
        width="stretch",
    )
    return is_open


def _toggle(session: Session, name: str) -> None:
    session.opened ^= {name}
