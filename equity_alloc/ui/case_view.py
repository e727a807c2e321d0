"""A live case on the page Library: its story, questions and notes, and the button that opens it."""

from __future__ import annotations

from functools import cache

import streamlit as st

from equity_alloc.cases.case import Case, case_in
from equity_alloc.cases.key import computed_key
from equity_alloc.cases.opened import Opened, further_scenarios
from equity_alloc.scenario import Scenario
from equity_alloc.store.compared import CURRENT, SAVED, Compared
from equity_alloc.ui.page_list import page
from equity_alloc.ui.session import Session
from equity_alloc.ui.words import plain

_SIDES = 3


def show_case(session: Session, case: Case) -> None:
    """Show a case, closed until it is asked for."""
    with st.expander(plain(_heading(case))):
        st.markdown(plain(case.story))
        st.markdown("\n".join(f"{place}. {plain(text)}" for place, text in enumerate(case.questions, start=1)))
        _open_button(session, case)
        if st.toggle("Notes for whoever leads the conversation", key=f"notes-{case.name}"):
            st.markdown(plain(case.notes))
        if st.toggle("The key, worked out now", key=f"key-{case.name}"):
            _show_key(case)


def _open_button(session: Session, case: Case) -> None:
    agreed = True
    if _holds_own_work(session):
        agreed = st.checkbox(
            f"Put {plain(session.district.name)} and its saved scenarios away; I have downloaded what I need on Export",
            key=f"agree-{case.name}",
        )
    if st.button(
        f"Open the case ({case.minutes} minutes)",
        key=f"open-{case.name}",
        icon=":material/play_arrow:",
        disabled=not agreed,
        help="Loads this invented district with its scenarios, as they are locked in the case.",
    ):
        open_case(session, case)
        st.switch_page(page(case.page))


def _heading(case: Case) -> str:
    """Return title and question in one line; a title that asks has its mark already."""
    return f"{case.title}{'' if case.title.endswith(('?', '!', '.')) else '.'} {case.asks}"


def _holds_own_work(session: Session) -> bool:
    """Whether opening a case would put away more than an invented district with the scenarios that a case brings."""
    if not session.district.invented:
        return True
    return any(each not in _brought(session.district.name) for each in session.saved)


@cache
def _brought(district: str) -> tuple[Scenario, ...]:
    """Return what the case of a district lays beside its first scenario; the files are locked, so they are read once."""
    case = case_in(district)
    return () if case is None else further_scenarios(case)


def open_case(session: Session, case: Case) -> None:
    """Load a case: its district, its scenario, and its further scenarios beside it on the page Compare."""
    first = Opened(case)
    if session.load(first.reading, f"The case {case.title}: {first.district.name} is loaded."):
        session.saved = further_scenarios(case)
        sides = [CURRENT, *(f"{SAVED}{each.name}" for each in session.saved)][:_SIDES]
        if len(sides) > 1:
            session.compared = Compared(*sides)
        session.keep()


def _show_key(case: Case) -> None:
    with st.spinner("Planning the case ..."):
        found = list(computed_key(case))
    for each in found:
        st.markdown(f"**{plain(each.line.asks)}**  \n{plain(each.computed)}  \n*By hand:* {plain(each.line.because)}")
