"""What stands beside every page: the district, the scenario, undo, and whether work is kept."""

from __future__ import annotations

import streamlit as st

from equity_alloc.cases.case import case_in
from equity_alloc.ui.cached import drafts
from equity_alloc.ui.scenario_names import standing
from equity_alloc.ui.session import Session
from equity_alloc.ui.words import plain


def show_sidebar(session: Session) -> None:
    """Show what is being worked on."""
    with st.sidebar:
        st.markdown("Equity Alloc")
        st.markdown(f"**{plain(session.district.name)}**  \n{plain(session.district.year)}")
        if session.district.invented:
            st.badge("Invented sample", color="gray")
        if (case := case_in(session.district.name)) is not None:
            with st.expander(plain(f"The case: {case.title}")):
                st.markdown("\n".join(f"{place}. {plain(text)}" for place, text in enumerate(case.questions, start=1)))
        kept = standing(session.scenario, session.own, session.saved, session.district)
        st.markdown(f"Scenario: **{plain(session.scenario.name)}**  \n{plain(kept)}")
        st.button(
            "Undo last change",
            icon=":material/undo:",
            on_click=session.undo,
            disabled=not session.earlier,
            width="stretch",
            key="sidebar-undo",
        )
        st.markdown(f":small[{_kept_words(session)}]")


def _kept_words(session: Session) -> str:
    if session.store_notice:
        return session.store_notice
    if session.visitor is None or drafts() is None:
        return "Your work lasts as long as this page stays open."
    return "Your work is kept on the computer that runs this for 30 days, for this browser only."
