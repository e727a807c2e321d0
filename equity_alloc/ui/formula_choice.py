"""Where a formula comes from: one that is shipped, or a file."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.formulas.templates import read_template, template_names, template_text
from equity_alloc.ui.formula_changes import district_of, draft_text, take_text
from equity_alloc.ui.formula_judge import judge
from equity_alloc.ui.formula_text import show_text
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

MEGABYTES = 2
_MESSAGE = "formula-file"


def show_choice(session: Session) -> None:
    """Show the shipped formulas and the door for a file."""
    shipped, file = st.columns(2, gap="large")
    with shipped:
        _show_shipped(session)
    with file:
        key = f"formula-upload-{session.revision}"
        st.file_uploader(
            "Your own formula (.toml)",
            type="toml",
            key=key,
            on_change=_take_file,
            args=(session, key),
            max_upload_size=MEGABYTES,
            help="A formula that was downloaded here, or written by hand.",
        )
        message = session.reports.pop(_MESSAGE, None)
        if message:
            st.error(plain(message), icon=":material/edit_off:")
    if not draft_text(session):
        with st.expander("Or paste its text", icon=":material/content_paste:"):
            show_text(session)


def _show_shipped(session: Session) -> None:
    titles = _titles()
    key = "formula-template"
    chosen = st.selectbox(
        "Formula that comes with this version",
        list(titles),
        format_func=lambda name: titles.get(name, name),
        key=key,
        persist_state="session",
    )
    reading = read_template(str(chosen))
    if reading.formula is not None:
        judged = judge(reading.formula.text, district_of(session))
        fits = "It fits this district." if judged.is_usable else (
            f"{count_words(len(judged.errors), 'name')} in it must first be given a meaning in this district."
        )  # fmt: skip
        year = f", {reading.formula.year}" if reading.formula.year else ""
        st.caption(plain(f"{count_words(len(reading.formula.components), 'component')}{year}. {fits}"))
    st.button("Work with this formula", icon=":material/edit_document:", on_click=_take_shipped, args=(session, key))


@st.cache_resource(show_spinner=False)
def _titles() -> dict[str, str]:
    """Return what a reader calls each shipped formula, by its name; the simplest first."""
    found = {name: read_template(name).formula for name in template_names()}
    simplest = sorted(found.items(), key=lambda pair: len(pair[1].components) if pair[1] else 0)
    return {name: (formula.title or name) if formula else name for name, formula in simplest}


def _take_shipped(session: Session, key: str) -> None:
    take_text(session, template_text(str(field_value(key))))


def _take_file(session: Session, key: str) -> None:
    file = field_value(key)
    if file is None:
        return
    try:
        text = file.getvalue().decode("utf-8-sig")
    except UnicodeDecodeError:
        session.reports[_MESSAGE] = f"{file.name} is not text in UTF-8. Save it as plain text and choose it again."
        return
    take_text(session, text)
