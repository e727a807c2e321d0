"""Who is touched by the choice, on screen: what it does to them, whether they were asked, and what they would need."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import streamlit as st

from equity_alloc.decisions.assessment import Voice
from equity_alloc.decisions.case import Case
from equity_alloc.decisions.prefill import first_voices
from equity_alloc.ui.decision_work import attempt, keep_desk, work_of
from equity_alloc.ui.session import Session
from equity_alloc.ui.setting_input import show_typed_error

_FIELD = "decision-voices"
_TITLES = {
    "who": "Who",
    "change": "What it does to them",
    "influence": "Influence (0 to 3)",
    "claim": "Claim (0 to 3)",
    "asked": "Asked on",
    "needs": "What they need to live with it",
}


def voices_of(session: Session, case: Case) -> tuple[Voice, ...]:
    """Return the voices as they were written, or as the plan says them."""
    written = work_of(session).desk.voices
    return first_voices(case) if written is None else written


def show_voices(session: Session, case: Case) -> None:
    """Show a table in which every voice is one line."""
    voices = voices_of(session, case)
    key = f"decision-voices-{case.plan.digest[:8]}-{session.reports.get('decision-cleared', 0)}"
    rows = {title: [getattr(voice, name) for voice in voices] for name, title in _TITLES.items()}
    st.markdown("**Who is touched, and what they would need**")
    edited = st.data_editor(
        rows,
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_config={
            _TITLES[name]: st.column_config.NumberColumn(min_value=0, max_value=3, step=1, default=0)
            for name in ("influence", "claim")
        },
    )
    attempt(session, _FIELD, lambda: _keep(session, voices, edited))
    show_typed_error(session, _FIELD)


def _keep(session: Session, before: tuple[Voice, ...], edited: dict[str, list[Any]]) -> None:
    lines = zip(*(edited[title] for title in _TITLES.values()), strict=True)
    voices = tuple(
        Voice(*(_cell(item.name, cell) for item, cell in zip(fields(Voice), line, strict=True)))
        for line in lines
        if any(line)
    )
    if voices != before:
        keep_desk(session, replace(work_of(session).desk, voices=voices))


def _cell(name: str, cell: Any) -> Any:
    if name in ("influence", "claim"):
        return int(cell or 0)
    return str(cell or "")
