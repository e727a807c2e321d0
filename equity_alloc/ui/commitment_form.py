"""The forms of the page Commitments: one more commitment, a step that was done, and the decision to drop one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

import streamlit as st

from equity_alloc.catalogue import rule_classes
from equity_alloc.commitment import NO_DISSENT, NO_WAY, Commitment, Drop, Kind, StepDone
from equity_alloc.commitments.changes import with_commitment, with_drop, with_step, with_words
from equity_alloc.commitments.templates import TEMPLATES, Tells, Template
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.gap_goal import GapGoal
from equity_alloc.rules.setting import settings_of, typed_settings_of
from equity_alloc.scenario import Scenario
from equity_alloc.ui.commitment_test import new_test
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import show_typed_error
from equity_alloc.ui.words import plain

NO_TEST = "None of these fits: it counts as not testable"
_ADD = ("code", "clause", "body", "adopted", "resolution", "owner")
_DROP = ("who", "role", "day", "reason", "dissent", "review", "considered")
_STEP = ("what", "before", "done", "where")
_TEMPLATE = "template "


def show_adding(session: Session) -> None:
    """Show the form for one more commitment; what kind of promise it is decides what else is asked for."""
    kinds = _kinds()
    key = f"commitment-new-{session.revision}"
    st.markdown("**Add a commitment**")
    kind = st.selectbox(
        "What kind of promise is it, and what tells whether it is kept?",
        list(kinds),
        format_func=kinds.__getitem__,
        key=f"{key}-kind",
    )
    template = _template(kind)
    if template is not None:
        st.caption(f"For example: \u201c{plain(template.example)}\u201d Decided by {template.tells.value}.")
    with st.form(key, border=True):
        left, right = st.columns([1, 3])
        left.text_input("Code", key=f"{key}-code", placeholder="C1")
        right.text_input("Adopted by", key=f"{key}-body", placeholder="Board of Education")
        st.text_area("Clause, as adopted (at most 60 words)", key=f"{key}-clause")
        day, number, owner = st.columns(3)
        day.text_input("Adopted on (year first)", key=f"{key}-adopted", placeholder="2025-06-10")
        number.text_input("Resolution", key=f"{key}-resolution")
        owner.text_input("Owner", key=f"{key}-owner")
        force, priority, due = st.columns(3)
        force.selectbox("Law, promise or target", list(Kind), 1, format_func=str, key=f"{key}-force")
        priority.number_input("Priority (1 is kept first)", 1, 99, 1, key=f"{key}-priority")
        due.text_input("Due, for a target (school year)", key=f"{key}-due", placeholder="2028-29")
        if template is not None and template.tells is Tells.STEP:
            _show_step(key)
        if template is not None and template.tells is Tells.GAP:
            _show_gap(session, key)
        st.form_submit_button("Add this commitment", icon=":material/add:", on_click=_add, args=(session, key))
    show_typed_error(session, "commitment-new")


def show_words(session: Session, commitment: Commitment) -> None:
    """Show the form in which a commitment's words, owner, priority and year are changed."""
    key = f"words-{session.revision}-{commitment.code}"
    with st.form(key, border=True):
        st.text_area("Clause, as adopted (at most 60 words)", commitment.clause, key=f"{key}-clause")
        owner, priority, due = st.columns(3)
        owner.text_input("Owner", commitment.owner, key=f"{key}-owner")
        priority.number_input("Priority (1 is kept first)", 1, None, commitment.priority, key=f"{key}-priority")
        due.text_input("Due, for a target (school year)", commitment.due, key=f"{key}-due")
        st.form_submit_button(
            f"Change the words of {commitment.code}", on_click=_change_words, args=(session, commitment.code, key)
        )
    show_typed_error(session, f"commit-{commitment.code}-words")


def show_step(session: Session, commitment: Commitment) -> None:
    """Show the form in which somebody records that a step was done."""
    step = commitment.step
    if step is None:
        return
    key = f"step-{session.revision}-{commitment.code}"
    with st.form(key, border=True):
        done, where = st.columns(2)
        done.text_input("Done on (year first; blank as long as it is not)", step.done, key=f"{key}-done")
        where.text_input("Recorded in", step.where, key=f"{key}-where")
        st.form_submit_button("Record this", on_click=_record_step, args=(session, commitment.code, step, key))
    show_typed_error(session, f"commit-{commitment.code}-step")


def show_drop_form(session: Session, code: str, considered: str) -> None:
    """Show the form of the decision to drop a commitment; nothing in it may stay blank."""
    key = f"drop-{session.revision}-{code}"
    with st.form(key, border=True):
        st.markdown(f"**Record the decision to drop {code}.** Until somebody decides, documents leave as drafts.")
        who, role = st.columns(2)
        who.text_input("Decided by", key=f"{key}-who")
        role.text_input("Role", key=f"{key}-role", placeholder="Board of Education, 5 to 2")
        st.text_area("Reason", key=f"{key}-reason")
        st.text_area("Dissent, verbatim", key=f"{key}-dissent", placeholder=NO_DISSENT)
        st.text_area("Cheapest way to keep it that was looked at", considered or NO_WAY, key=f"{key}-considered")
        day, review = st.columns(2)
        day.text_input("Decided on (year first)", key=f"{key}-day")
        review.text_input("Looked at again on (year first)", key=f"{key}-review")
        st.form_submit_button("Record the decision", on_click=_drop, args=(session, code, key))
    show_typed_error(session, f"commit-{code}-drop")


def testing_rules() -> dict[str, str]:
    """Return the rules that can test a commitment: title by code."""
    return {
        code: kind.title
        for code, kind in rule_classes().items()
        if not kind.always and settings_of(kind) == typed_settings_of(kind)
    }


def _kinds() -> dict[str, str]:
    templates = {f"{_TEMPLATE}{each.code}": each.title for each in TEMPLATES}
    rules = {code: f"Another rule: {title}" for code, title in testing_rules().items()}
    return {**templates, **rules, "": NO_TEST}


def _template(kind: str) -> Template | None:
    return next((each for each in TEMPLATES if f"{_TEMPLATE}{each.code}" == kind), None)


def _show_step(key: str) -> None:
    what, before = st.columns([3, 1])
    what.text_input("What must be done", key=f"{key}-what", placeholder="A hearing at every school")
    before.text_input("Before (year first)", key=f"{key}-before")
    done, where = st.columns([1, 3])
    done.text_input("Done on, if it is", key=f"{key}-done")
    where.text_input("Recorded in", key=f"{key}-where")


def _show_gap(session: Session, key: str) -> None:
    indicators = [indicator.title for indicator in session.district.indicators]
    groups = {group.code: group.title for group in session.district.groups}
    if not indicators:
        st.markdown("The district has no counts. Add the sheets Indicators and Outcomes to its workbook first.")
    st.selectbox("Indicator", indicators, key=f"{key}-indicator")
    group, points = st.columns([3, 1])
    group.selectbox("Student group", list(groups), format_func=groups.__getitem__, key=f"{key}-group")
    points.text_input("Gap at most, points", key=f"{key}-points", placeholder="5")


def _add(session: Session, key: str) -> None:
    given = {name: str(field_value(f"{key}-{name}") or "").strip() for name in (*_ADD, *_STEP, "due")}
    template, kind = _template(str(field_value(f"{key}-kind") or "")), str(field_value(f"{key}-kind") or "")

    def make() -> Scenario:
        rule = kind if template is None else template.rule
        test = new_test(session.scenario, rule, session.district, dict(template.settings) if template else {})
        tells = None if template is None else template.tells
        return with_commitment(
            session.scenario,
            Commitment(
                given["code"],
                given["clause"],
                given["body"],
                given["adopted"],
                given["resolution"],
                given["owner"],
                test=test,
                kind=Kind(field_value(f"{key}-force") or Kind.PROMISE),
                priority=int(field_value(f"{key}-priority") or 1),
                due=given["due"],
                step=StepDone(**{name: given[name] for name in _STEP}) if tells is Tells.STEP else None,
                gap=_gap(key) if tells is Tells.GAP else None,
            ),
        )

    _taken(session, "commitment-new", make)


def _gap(key: str) -> GapGoal:
    typed = str(field_value(f"{key}-points") or "").strip()
    try:
        points = Decimal(typed)
    except InvalidOperation:
        raise InvalidValue(f"Gap at most is '{typed}'. Enter percentage points, like 5.") from None
    return GapGoal(str(field_value(f"{key}-indicator") or ""), str(field_value(f"{key}-group") or ""), points)


def _change_words(session: Session, code: str, key: str) -> None:
    clause, owner, due = (str(field_value(f"{key}-{name}") or "").strip() for name in ("clause", "owner", "due"))
    priority = int(field_value(f"{key}-priority") or 1)
    field = f"commit-{code}-words"
    _taken(session, field, lambda: with_words(session.scenario, code, clause, owner, priority, due))


def _record_step(session: Session, code: str, step: StepDone, key: str) -> None:
    done, where = (str(field_value(f"{key}-{name}") or "").strip() for name in ("done", "where"))
    field = f"commit-{code}-step"
    _taken(session, field, lambda: with_step(session.scenario, code, StepDone(step.what, step.before, done, where)))


def _drop(session: Session, code: str, key: str) -> None:
    given = {name: str(field_value(f"{key}-{name}") or "") for name in _DROP}
    _taken(session, f"commit-{code}-drop", lambda: with_drop(session.scenario, code, Drop(**given)))


def _taken(session: Session, field: str, make: Callable[[], Scenario]) -> None:
    """Take a form; its fields are emptied only when nothing stood against it."""
    session.attempt(field, "", make)
    if field not in session.typed:
        session.choose(session.scenario)
