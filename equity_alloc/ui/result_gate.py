"""The way into every page that shows a plan: a plan, or the news that there is none and no numbers at all."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.plan import Impossible, OutcomeKind, Plan, Repair
from equity_alloc.ui.changes import with_repair
from equity_alloc.ui.page_list import link
from equity_alloc.ui.sentences import not_possible_title
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
    """Show which rules stand against each other, weakest force first, and the ways out as buttons."""
    st.error(plain(result.words), title=not_possible_title(result), icon=":material/block:")
    if result.outcome is not OutcomeKind.IMPOSSIBLE:
        st.markdown("It is not known whether a plan exists. Nothing below is a plan; loosen a rule and look again.")
    rules = [(number, session.scenario.rules[number - 1]) for number in result.conflict]
    if len(rules) > 1 and result.outcome is OutcomeKind.IMPOSSIBLE:
        st.subheader("Rules that stand against each other, weakest authority first", anchor=False)
        for number, rule in rules:
            st.markdown(
                f"- **{plain(rule.title)}** (rule {number}, {rule.force.value}). "
                f"{plain(rule.explain(session.scenario.apply(session.district)))}"
            )
    st.subheader("Ways out", anchor=False)
    if not result.repairs:
        st.markdown(
            "No single change of one setting was found that would do. Undo the last change or loosen two rules."
        )
    for place, repair in enumerate(result.repairs):
        with st.container(border=True):
            st.markdown(plain(repair.words))
            st.button(
                _button_words(session, repair),
                key=f"repair-{session.revision}-{place}",
                on_click=_apply,
                args=(session, repair),
            )
    st.caption("No figures are shown, because there is no plan.")


def _button_words(session: Session, repair: Repair) -> str:
    if repair.rule_number is not None:
        return f"Change rule {repair.rule_number} like this"
    return f"Suppose this money in {session.district.fund_of[repair.setting].title}"


def _apply(session: Session, repair: Repair) -> None:
    session.choose(with_repair(session.scenario, session.district, repair))
