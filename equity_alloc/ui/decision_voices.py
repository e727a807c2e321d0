"""Who is touched by the choice, on screen: what it does to them, whether they were asked, and what they would need."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from typing import Any

import streamlit as st

from equity_alloc.decisions.assessment import ASKED_COLUMN, VOICES_LABEL, Voice, voices_words
from equity_alloc.decisions.case import Case
from equity_alloc.decisions.prefill import first_voices
from equity_alloc.ui.decision_work import attempt, keep_desk, renew_fields, work_of
from equity_alloc.ui.session import Session
from equity_alloc.ui.setting_input import show_typed_error
from equity_alloc.ui.words import plain

_FIELD = "decision-voices"
NOT_ASKED = "not asked"
_TITLES = {
    "who": "Who",
    "change": "What it does to them",
    "influence": "Influence (0 to 3)",
    "claim": "Claim (0 to 3)",
    "asked": ASKED_COLUMN,
    "needs": "What they need to live with it",
}
#: What must be said stands where it is seen without moving the table sideways.
_ORDER = ("who", "asked", "change", "needs", "influence", "claim")


def voices_of(session: Session, case: Case) -> tuple[Voice, ...]:
    """Return the voices as they were written, or as the plan says them."""
    written = work_of(session).desk.voices
    return first_voices(case) if written is None else written


def show_voices(session: Session, case: Case) -> None:
    """Show a table in which every voice is one line."""
    voices = voices_of(session, case)
    records = len(work_of(session).book.chain)
    key = f"decision-voices-{case.plan.digest[:8]}-{records}-{session.reports.get('decision-cleared', 0)}"
    rows = {title: [_shown(getattr(voice, name)) for voice in voices] for name, title in _TITLES.items()}
    st.markdown(f"**{VOICES_LABEL}**")
    st.caption(
        "Say of each whether it was asked: the day, or 'not asked'. Until every line says so, the assessment is not complete. What else stays blank "
        "counts as not entered, and the record says so. A line that does not belong here can be taken out."
    )
    edited = st.data_editor(
        rows,
        key=key,
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        column_order=[_TITLES[name] for name in _ORDER],
        column_config={
            _TITLES[name]: st.column_config.NumberColumn(min_value=0, max_value=3, step=1, width="small")
            for name in ("influence", "claim")
        }
        | {_TITLES["asked"]: st.column_config.TextColumn(width=130)},
    )
    attempt(session, _FIELD, lambda: _keep(session, voices, edited))
    show_typed_error(session, _FIELD)
    missing = voices_words(voices_of(session, case))
    if missing:
        st.warning(plain(missing), icon=":material/edit_note:")
        st.button(
            "Write 'not asked' where that is blank",
            key="decision-voices-not-asked",
            icon=":material/edit_note:",
            on_click=_fill_in,
            args=(session, case),
            help="Only where it is true: the record is public, and names each group that was not asked.",
        )


def _fill_in(session: Session, case: Case) -> None:
    """Write of every group of which nothing is said that it was not asked."""
    voices = tuple(
        voice if not voices_words([voice]) else replace(voice, asked=NOT_ASKED) for voice in voices_of(session, case)
    )
    keep_desk(session, replace(work_of(session).desk, voices=voices))
    renew_fields(session)


def _keep(session: Session, before: tuple[Voice, ...], edited: dict[str, list[Any]]) -> None:
    lines = zip(*(edited[title] for title in _TITLES.values()), strict=True)
    cells = ([_cell(item.name, cell) for item, cell in zip(fields(Voice), line, strict=True)] for line in lines)
    voices = tuple(Voice(*line) for line in cells if any(line))
    if voices != before:
        keep_desk(session, replace(work_of(session).desk, voices=voices))


def _shown(value: str | int | None) -> str | float:
    """Return a value as the table takes it: a column of nothing but None would not be one of numbers."""
    return math.nan if value is None else value


def _cell(name: str, cell: Any) -> Any:
    if name in ("influence", "claim"):
        return None if cell is None or math.isnan(cell) else int(cell)
    return str(cell or "")
