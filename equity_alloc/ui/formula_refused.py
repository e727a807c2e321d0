"""A text that could not be used: what is wrong with it, line by line, and the ways on. The last good formula stays."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.finding import Severity
from equity_alloc.domain.number import count_words
from equity_alloc.formulas.use import Salary
from equity_alloc.ui.downloads import offer
from equity_alloc.ui.formula_changes import district_of, forget_refused, take_text
from equity_alloc.ui.formula_components import show_component_editor
from equity_alloc.ui.formula_judge import judge
from equity_alloc.ui.formula_meanings import show_meanings
from equity_alloc.ui.formula_text import show_text
from equity_alloc.ui.problem_table import show_findings
from equity_alloc.ui.session import Session
from equity_alloc.ui.words import plain


def show_refused(session: Session) -> None:
    """Show what keeps a text from being used, with each line and its fix, and the ways on."""
    if not session.desk.refused:
        return
    in_plan = session.scenario.formula is not None
    district = district_of(session)
    salary = session.formula.salary if session.formula else Salary.AS_WRITTEN
    judged = judge(session.desk.refused, district, salary=salary, for_plan=in_plan)
    if judged.is_usable:
        # The district has changed since: what was missing is there now.
        st.info("The formula that could not be used fits now.", icon=":material/task_alt:")
        st.button("Use it", on_click=_use, args=(session,), key="formula-try-again")
        return
    stays = "" if session.formula is None else " The formula below is the last one that could be used, and stays."
    problems = count_words(len(judged.errors) or 1, "problem")
    st.error(
        f"{problems} must be mended before this formula can be used.{stays} Your text is kept.",
        title="The formula was not taken",
        icon=":material/rule:",
    )
    if judged.sentence:
        st.markdown(plain(judged.sentence))
    with st.container(horizontal=True):
        st.button(
            "Put this text away",
            icon=":material/delete:",
            on_click=forget_refused,
            args=(session,),
            key="formula-forget",
        )
        offer(
            "This text",
            session.desk.refused,
            "formula-draft.toml",
            "application/toml",
            key="formula-draft-download",
        )
    if judged.formula is not None:
        show_meanings(session, judged.formula, district)
    with st.expander(f"All problems with line and fix: {len(judged.errors)}", expanded=judged.formula is None):
        errors = [finding for finding in judged.findings if finding.severity is Severity.ERROR]
        show_findings(errors, key="formula-refused")
    if judged.formula is not None:
        with st.expander("Its components"):
            show_component_editor(session)
    with st.expander("Its text", expanded=judged.formula is None):
        show_text(session)


def _use(session: Session) -> None:
    take_text(session, session.desk.refused)
