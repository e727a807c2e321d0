"""Commitments on screen: how each stands in the plan, what keeping it takes, and who dropped it."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from equity_alloc.catalogue import rule_classes
from equity_alloc.commitment import NO_DISSENT, Commitment, Drop
from equity_alloc.commitments.scoreboard import Standing, State, drop_words
from equity_alloc.planning.plan import Plan
from equity_alloc.rules.setting import settings_of, typed_settings_of
from equity_alloc.scenario import Scenario
from equity_alloc.ui.commitment_changes import (
    bound,
    new_test,
    released,
    with_commitment,
    with_drop,
    with_test,
    with_test_setting,
    without_commitment,
)
from equity_alloc.ui.numbers import count_words, print_level, print_level_change
from equity_alloc.ui.opener import show_opener
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import show_settings, show_typed_error
from equity_alloc.ui.words import plain

_BADGES = {
    State.KEPT: ":green-badge[:material/check: kept]",
    State.NO_ROOM: ":blue-badge[:material/check: kept, no room left]",
    State.BROKEN: ":red-badge[:material/close: broken, undecided]",
    State.DROPPED: ":orange-badge[:material/event_busy: dropped]",
    State.NOT_TESTABLE: ":gray-badge[:material/help: not testable]",
}
NO_TEST = "No rule can tell (not testable)"
_ADD = ("code", "clause", "body", "adopted", "resolution", "owner")
_DROP = ("who", "role", "day", "reason", "dissent", "review")


def show_count(standings: tuple[Standing, ...]) -> None:
    """Say how many commitments there are and how they stand."""
    counts = [(state, sum(1 for each in standings if each.state is state)) for state in State]
    parts = ", ".join(f"{count} {state.value}" for state, count in counts if count)
    st.markdown(f"**{count_words(len(standings), 'commitment')}: {parts}.**")


def show_standing(session: Session, standing: Standing, plan: Plan) -> None:
    """Show one commitment with what can be done about it."""
    commitment = standing.commitment
    with st.container(border=True):
        if not show_opener(session, f"commitment-{commitment.code}", _label(standing), commitment.code):
            return
        if standing.report is not None:
            st.markdown(f"**Test.** {plain(standing.report.explain)}")
        if commitment.test is not None:
            show_settings(session, commitment.test, f"commit-{commitment.code}", partial(_set_test, commitment.code))
        _show_binding(session, standing, plan)
        _show_drop(session, standing)
        st.button(
            f"Take {commitment.code} off the list",
            icon=":material/delete:",
            key=f"uncommit-{session.revision}-{commitment.code}",
            on_click=lambda: session.choose(without_commitment(session.scenario, commitment.code)),
        )


def show_adding(session: Session) -> None:
    """Show the form for one more commitment."""
    testable = {
        code: kind.title
        for code, kind in rule_classes().items()
        if not kind.always and settings_of(kind) == typed_settings_of(kind)
    }
    kinds = {"": NO_TEST, **testable}
    key = f"commitment-new-{session.revision}"
    with st.form(key, border=True):
        st.markdown("**Add a commitment**")
        left, right = st.columns([1, 3])
        left.text_input("Code", key=f"{key}-code", placeholder="C1")
        right.text_input("Adopted by", key=f"{key}-body", placeholder="Board of Education")
        st.text_area("Clause, as adopted (at most 60 words)", key=f"{key}-clause")
        day, number, owner = st.columns(3)
        day.text_input("Adopted on (year first)", key=f"{key}-adopted", placeholder="2025-06-10")
        number.text_input("Resolution", key=f"{key}-resolution")
        owner.text_input("Owner", key=f"{key}-owner")
        st.selectbox(
            "What tells whether a plan keeps it", list(kinds), format_func=kinds.__getitem__, key=f"{key}-kind"
        )
        st.form_submit_button("Add this commitment", icon=":material/add:", on_click=_add, args=(session, key))
    show_typed_error(session, "commitment-new")


def _label(standing: Standing) -> str:
    commitment = standing.commitment
    owner = f" Owner: {commitment.owner}." if commitment.owner else ""
    number = f", resolution {commitment.resolution}" if commitment.resolution else ""
    adopted = f"Adopted by {commitment.body} on {commitment.adopted}{number}.{owner}"
    binds = "The plan had to keep it." if standing.is_bound else "The plan was free to break it."
    tested = "" if commitment.test is None else f"{binds} "
    dropped = drop_words(commitment) if commitment.drop is not None else ""
    small = (f":small[{plain(part)}]" for part in (f"{tested}{standing.words}", dropped, adopted) if part)
    first = f"**{plain(commitment.code)}**&ensp;{plain(commitment.clause)} {_BADGES[standing.state]}"
    return "  \n".join((first, *small))


def _set_test(code: str, scenario: Scenario, name: str, value: Any) -> Scenario:
    return with_test_setting(scenario, code, name, value)


def _show_binding(session: Session, standing: Standing, plan: Plan) -> None:
    code, commitment = standing.commitment.code, standing.commitment
    if commitment.test is None:
        _show_choosing(session, commitment)
        return
    if standing.is_bound:
        st.button(
            f"Release the plan from {code}",
            icon=":material/lock_open:",
            key=f"release-{session.revision}-{code}",
            on_click=lambda: session.choose(released(session.scenario, code)),
            help="It is tested all the same; the plan may break it, and then somebody must decide.",
        )
        return
    st.button(
        f"Bind the plan to {code}",
        icon=":material/lock:",
        key=f"bind-{session.revision}-{code}",
        on_click=lambda: session.choose(bound(session.scenario, code)),
        type="primary",
    )
    if standing.state.is_kept:
        return
    if st.button(f"What would keeping {code} take?", icon=":material/help:", key=f"take-{session.revision}-{code}"):
        st.markdown(plain(_what_it_takes(session, code, plan)))


def _what_it_takes(session: Session, code: str, plan: Plan) -> str:
    other = session.result_or_none(bound(session.scenario, code))
    if not isinstance(other, Plan):
        words = other.words if other is not None else "its test asks for what the district does not have."
        return f"No plan can keep it together with the other rules. {words}"
    unit = plan.view.levels.unit
    there = _lowest(other)
    return (
        f"A plan that keeps it stands at {print_level(there, unit)} at the lowest school, "
        f"{print_level_change(there - _lowest(plan), unit)} against this plan."
    )


def _lowest(plan: Plan) -> float:
    levels = plan.view.levels
    return min(
        plan.view.district.counted_dollars(plan.allocation, code) / float(weight) / levels.cents_per_unit
        for code, weight in levels.weights
    )


def _show_choosing(session: Session, commitment: Commitment) -> None:
    kinds = {
        code: kind.title
        for code, kind in rule_classes().items()
        if not kind.always and settings_of(kind) == typed_settings_of(kind)
    }
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


def _show_drop(session: Session, standing: Standing) -> None:
    code = standing.commitment.code
    if standing.commitment.drop is not None:
        st.button(
            f"Take back that {code} was dropped",
            icon=":material/undo:",
            key=f"undrop-{session.revision}-{code}",
            on_click=lambda: session.choose(with_drop(session.scenario, code, None)),
        )
        return
    if standing.state is not State.BROKEN:
        return
    key = f"drop-{session.revision}-{code}"
    with st.form(key, border=True):
        st.markdown(f"**Record the decision to drop {code}.** Until somebody decides, documents leave as drafts.")
        who, role = st.columns(2)
        who.text_input("Decided by", key=f"{key}-who")
        role.text_input("Role", key=f"{key}-role", placeholder="Board of Education, 5 to 2")
        st.text_area("Reason", key=f"{key}-reason")
        st.text_area("Dissent, verbatim", key=f"{key}-dissent", placeholder=NO_DISSENT)
        day, review = st.columns(2)
        day.text_input("Decided on (year first)", key=f"{key}-day")
        review.text_input("Looked at again on (year first)", key=f"{key}-review")
        st.form_submit_button("Record the decision", on_click=_drop, args=(session, code, key))
    show_typed_error(session, f"commit-{code}-drop")


def _drop(session: Session, code: str, key: str) -> None:
    given = {name: str(field_value(f"{key}-{name}") or "") for name in _DROP}
    _taken(session, f"commit-{code}-drop", lambda: with_drop(session.scenario, code, Drop(**given)))


def _add(session: Session, key: str) -> None:
    code, clause, body, adopted, resolution, owner = (str(field_value(f"{key}-{name}") or "").strip() for name in _ADD)
    kind = str(field_value(f"{key}-kind") or "")
    _taken(
        session,
        "commitment-new",
        lambda: with_commitment(
            session.scenario,
            Commitment(
                code, clause, body, adopted, resolution, owner, new_test(session.scenario, kind, session.district)
            ),
        ),
    )


def _taken(session: Session, field: str, make: Any) -> None:
    """Take a form; its fields are emptied only when nothing stood against it."""
    session.attempt(field, "", make)
    if field not in session.typed:
        session.choose(session.scenario)
