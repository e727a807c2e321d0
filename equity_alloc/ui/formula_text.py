"""The whole text of the formula in a field."""

from __future__ import annotations

import streamlit as st

from equity_alloc.ui.formula_changes import draft_text, take_text
from equity_alloc.ui.session import Session, field_value


def show_text(session: Session) -> None:
    """Show the text; leaving the field takes it."""
    key = f"formula-text-{session.revision}"
    st.text_area(
        "Text of the formula (TOML)",
        draft_text(session),
        height=420,
        key=key,
        on_change=_take,
        args=(session, key),
    )
    st.caption("Leave the field, or press Ctrl+Enter, to use what stands there. A text with errors is kept beside it.")


def _take(session: Session, key: str) -> None:
    take_text(session, str(field_value(key) or ""))
