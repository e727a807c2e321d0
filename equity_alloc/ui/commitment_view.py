"""Commitments on screen: how each stands in the plan, what keeping it takes, and who dropped it."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from equity_alloc.commitment import Commitment
from equity_alloc.commitments.changes import (
    bound,
    is_own_rule,
    released,
    with_drop,
    with_test,
    with_test_setting,
    without_commitment,
)
from equity_alloc.commitments.scoreboard import scoreboard
from equity_alloc.commitments.standing import Standing, State, counted_states, drop_words, open_business
from equity_alloc.domain.number import count_words
from equity_alloc.planning.keeping import Keeping
from equity_alloc.planning.keeping_words import cheapest_words, keeping_sentences, level_words
from equity_alloc.planning.plan import Plan
from equity_alloc.scenario import Scenario
from equity_alloc.ui.commitment_form import show_drop_form, show_step, show_words, testing_rules
from equity_alloc.ui.commitment_test import new_test
from equity_alloc.ui.opener import show_opener
from equity_alloc.ui.page_list import link
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import show_settings
from equity_alloc.ui.words import plain

BADGES = {
    State.KEPT: ":green-badge[:material/check: kept]",
    State.AT_RISK: ":blue-badge[:material/check: kept, little room]",
    State.NO_ROOM: ":blue-badge[:material/check: kept, no room left]",
    State.WAITING: ":red-badge[:material/hourglass_empty: not done yet]",
    State.NOT_DUE: ":gray-badge[:material/event: not yet due]",
    State.BROKEN: ":red-badge[:material/close: broken, undecided]",
    State.DROPPED: ":orange-badge[:material/event_busy: dropped]",
    State.NOT_TESTABLE: ":gray-badge[:material/help: not testable]",
    State.UNTESTED: ":gray-badge[:material/block: not tested, no plan]",
}


def count_sentence(standings: tuple[Standing, ...]) -> str:
    """Return how many commitments there are and how they stand."""
    return f"{count_words(len(standings), 'commitment')}: {counted_states(each.state for each in standings)}."


def show_promises(session: Session, plan: Plan) -> None:
    """Say how the promises stand in a plan, with what nobody has decided; nothing where there are none."""
    standings = scoreboard(session.district, plan.scenario, plan.allocation)
    if not standings:
        return
    st.header("Promises", anchor=False)
    st.markdown(plain(count_sentence(standings)))
    for sentence in open_business(standings):
        st.warning(plain(sentence), icon=":material/gavel:")
    link("commitments", "Every promise, and what keeping it takes")


def show_standing(session: Session, standing: Standing, price: Keeping | None) -> None:
    """Show one commitment with what can be done about it.

    Parameters
    ----------
    session : Session
    standing : Standing
    price : Keeping or None
        What keeping it takes, where that was worked out.
    """
    commitment = standing.commitment
    with st.container(border=True):
        if not show_opener(session, f"commitment-{commitment.code}", _label(session, standing, price), commitment.code):
            return
        if price is not None:
            st.markdown("\n".join(f"- {plain(each)}" for each in keeping_sentences(price, session.district)))
        if standing.report is not None:
            st.markdown(f"**Test.** {plain(standing.report.explain)}")
        if commitment.test is not None:
            show_settings(session, commitment.test, f"commit-{commitment.code}", partial(_set_test, commitment.code))
        show_words(session, commitment)
        show_step(session, commitment)
        _show_binding(session, standing)
        _show_drop(session, standing, price)
        st.button(
            f"Take {commitment.code} off the list",
            icon=":material/delete:",
            key=f"uncommit-{session.revision}-{commitment.code}",
            on_click=lambda: session.choose(without_commitment(session.scenario, commitment.code)),
        )


def _label(session: Session, standing: Standing, price: Keeping | None) -> str:
    commitment = standing.commitment
    owner = f" Owner: {commitment.owner}." if commitment.owner else ""
    number = f", resolution {commitment.resolution}" if commitment.resolution else ""
    adopted = f"Adopted by {commitment.body} on {commitment.adopted}{number}.{owner} Priority {commitment.priority}."
    short = standing.shortfall.words if standing.shortfall is not None else ""
    takes = "" if price is None else f"What keeping it takes: {_takes(session, standing, price)}"
    if price is not None and price.can_be_kept and commitment.drop is not None:
        takes += " Money is not what stands in its way."
    dropped = drop_words(commitment) if commitment.drop is not None else ""
    found = " ".join(part for part in (_binds(session.scenario, standing), standing.words) if part)
    small = (f":small[{plain(part)}]" for part in (found, short, takes, dropped, adopted) if part)
    first = f"**{plain(commitment.code)}**&ensp;{plain(commitment.clause)} {BADGES[standing.state]}"
    return "  \n".join((first, *small))


def _takes(session: Session, standing: Standing, price: Keeping) -> str:
    """Return what keeping it takes; of what every plan keeps anyway, what that does to the lowest school."""
    if standing.is_bound and price.can_be_kept:
        return f"{level_words(price)}."
    return cheapest_words(price, session.district)


def _binds(scenario: Scenario, standing: Standing) -> str:
    if standing.commitment.test is None or standing.state is State.UNTESTED:
        return ""
    if not standing.is_bound:
        return "The plan was free to break it."
    if is_own_rule(standing.commitment, scenario):
        return "The plan had to keep it: a rule of the scenario says the same."
    return "The plan had to keep it."


def _set_test(code: str, scenario: Scenario, name: str, value: Any) -> Scenario:
    return with_test_setting(scenario, code, name, value)


def _show_binding(session: Session, standing: Standing) -> None:
    code, commitment = standing.commitment.code, standing.commitment
    if commitment.test is None:
        if not commitment.has_test:
            _show_choosing(session, commitment)
    elif is_own_rule(commitment, session.scenario):
        number = session.scenario.rules.index(commitment.test) + 1
        st.markdown(
            f"Rule {number} of the scenario says the same, so every plan keeps {code}. It stands apart from the commitment: "
            "change it on Rules and formula, not here."
        )
    elif standing.is_bound:
        st.button(
            f"Release the plan from {code}",
            icon=":material/lock_open:",
            key=f"release-{session.revision}-{code}",
            on_click=lambda: session.choose(released(session.scenario, code)),
            help="It is tested all the same; the plan may break it, and then somebody must decide.",
        )
    else:
        st.button(
            f"Bind the plan to {code}",
            icon=":material/lock:",
            key=f"bind-{session.revision}-{code}",
            on_click=lambda: session.choose(bound(session.scenario, code)),
        )


def _show_choosing(session: Session, commitment: Commitment) -> None:
    kinds = testing_rules()
    key = f"test-kind-{session.revision}-{commitment.code}"
    st.selectbox("A rule that could test it", list(kinds), format_func=kinds.__getitem__, key=key)
    st.button(
        f"Test {commitment.code} by this rule",
        key=f"test-{session.revision}-{commitment.code}",
        on_click=_choose_test,
        args=(session, commitment.code, key),
    )


def _choose_test(session: Session, code: str, key: str) -> None:
    kind = str(field_value(key))
    session.attempt(
        f"commit-{code}-test",
        kind,
        lambda: with_test(session.scenario, code, new_test(session.scenario, kind, session.district)),
    )


def _show_drop(session: Session, standing: Standing, price: Keeping | None) -> None:
    code = standing.commitment.code
    if standing.commitment.drop is not None:
        st.button(
            f"Take back that {code} was dropped",
            icon=":material/undo:",
            key=f"undrop-{session.revision}-{code}",
            on_click=lambda: session.choose(with_drop(session.scenario, code, None)),
        )
    elif standing.state.is_open:
        show_drop_form(session, code, "" if price is None else cheapest_words(price, session.district))
