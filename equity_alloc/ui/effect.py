"""What the last change did to the plan, in one line that screen readers announce."""

from __future__ import annotations

import streamlit as st

from equity_alloc.planning.plan import Plan
from equity_alloc.ui.cached import summary_of
from equity_alloc.ui.left_over_view import show_unallocated
from equity_alloc.ui.plan_head import show_supposed
from equity_alloc.ui.scenario_names import own_words
from equity_alloc.ui.sentences import certified_words, effect_sentence, headline, who_moves
from equity_alloc.ui.session import Session
from equity_alloc.ui.words import plain


def show_effect(session: Session, plan: Plan | None) -> None:
    """Show the plan in one line, and what the last change and all changes did to it."""
    if plan is not None:
        sums = summary_of(plan).totals
        st.success(
            plain(f"{headline(plan, sums)}; {who_moves(sums)}; {certified_words(plan)}."),
            title="The plan now",
            icon=":material/verified:",
        )
        show_supposed(plan.certificate)
        show_unallocated(plan)
    if session.earlier:
        last = effect_sentence(session.result_or_none(session.earlier[-1].scenario), plan)
        words = f"**Last change.** {plain(last)}"
        if session.is_changed and len(session.earlier) > 1:
            own = effect_sentence(session.result_or_none(session.own), plan)
            words += f"  \n**Against {own_words(session.own, session.district)}.** {plain(own)}"
        st.info(words, icon=":material/change_history:")


def show_steps_back(session: Session) -> None:
    """Show the ways back: one step, or to what the district brought."""
    with st.container(horizontal=True):
        st.button(
            "Undo last change",
            icon=":material/undo:",
            on_click=session.undo,
            disabled=not session.earlier,
            key="rules-undo",
        )
        st.button(
            f"Back to {own_words(session.own, session.district)}",
            icon=":material/restart_alt:",
            on_click=session.choose,
            args=(session.own,),
            disabled=not session.is_changed and not session.typed,
            key="rules-reset",
        )
