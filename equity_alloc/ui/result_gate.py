"""The way into every page that shows a plan: a plan, or the news that there is none and no numbers at all."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.plan import Impossible, OutcomeKind, Plan
from equity_alloc.ui.conflict_view import show_conflicts, show_first
from equity_alloc.ui.page_list import link
from equity_alloc.ui.sentences import impossible_words, not_possible_title
from equity_alloc.ui.session import Session
from equity_alloc.ui.words import plain


def plan_or_stop(session: Session) -> Plan:
    """Return the plan of the current scenario; where there is none, say why and end the page here."""
    found = plan_or_none(session)
    if found is None:
        link("rules", "Change the rules")
        st.stop()
    return found


def plan_or_none(session: Session) -> Plan | None:
    """Return the plan of the current scenario, or say why there is none and return None."""
    try:
        result = session.result()
    except EquityAllocError as error:
        st.error(plain(str(error)), title="These choices cannot be turned into a plan", icon=":material/error:")
        st.markdown("Undo the last change, or correct the choice that the sentence names.")
        return None
    if isinstance(result, Impossible):
        show_impossible(session, result)
        return None
    return result


def show_impossible(session: Session, result: Impossible) -> None:
    """Show what cannot be kept together and the ways out as buttons, or that nothing is known."""
    st.error(plain(impossible_words(result, is_listed=True)), title=not_possible_title(result), icon=":material/block:")
    if result.outcome is OutcomeKind.IMPOSSIBLE:
        show_conflicts(session, result)
    else:
        st.markdown("It is not known whether a plan exists. Nothing below is a plan; loosen a rule and look again.")
        show_first(session, result)
    st.caption("No figures are shown, because there is no plan.")
