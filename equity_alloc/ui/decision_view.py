"""The decision record on screen: how far the plan has come, the assessment, the decision, and the review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import partial

import streamlit as st

from equity_alloc.commitment import NO_DISSENT
from equity_alloc.decisions.assessment import ASSESSMENT_LABELS, NAMES, Assessment, refuse_incomplete
from equity_alloc.decisions.book import ENDS_WHEN
from equity_alloc.decisions.case import Case, Told
from equity_alloc.decisions.chain import Link
from equity_alloc.decisions.compose import Typed, compose
from equity_alloc.decisions.decision import DECISION_LABELS, FEWEST_OPTIONS
from equity_alloc.decisions.parts import Option
from equity_alloc.decisions.prefill import prefilled
from equity_alloc.decisions.review import REVIEW_LABELS, Review
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.decision_sections import lacking
from equity_alloc.reports.public_counts import public_counts
from equity_alloc.reports.run_record import versions_here
from equity_alloc.ui.cached_decisions import look_of
from equity_alloc.ui.decision_fields import long_field, short_field
from equity_alloc.ui.decision_options import options_of
from equity_alloc.ui.decision_voices import show_voices, voices_of
from equity_alloc.ui.decision_work import attempt, keep_desk, record, renew_fields, work_of
from equity_alloc.ui.export_ledger import before
from equity_alloc.ui.session import Session
from equity_alloc.ui.setting_input import show_typed_error
from equity_alloc.ui.words import plain

_ASSESS, _DECIDE, _REVIEW = "decision-assess", "decision-decide", "decision-review"
#: Fields of the decision that are one line long.
_SHORT = {
    "title": "Which schools get the new money",
    "decided_by": "Board of Education",
    "body": "Board, regular meeting",
    "vote": "5 to 2",
    "decided_on": "2026-11-27",
    "review_on": "2027-05-01",
}
_HINTS = {
    "dissent": NO_DISSENT,
    "changed": "Nothing changed, because ...",
    "mitigation": "Nothing is done for them, because ...",
}
#: Where a field of the assessment lies on the desk, and where those of the review lie.
_ASSESSED = "assess_{}"
_REVIEWED = {"found": "review_found", "next_step": "review_next", "by": "review_by", "role": "review_role"}


def show_stages(session: Session, plan: Plan, options: int) -> None:
    """Show how far the plan has come, and what ends each stage."""
    work = work_of(session)
    stages = work.book.stages(plan.digest, question=work.desk.text("question"), options=options, fewest=FEWEST_OPTIONS)
    now = next((stage for stage, done in stages.items() if not done), None)
    with st.grid(min_column_width=150):
        for stage, done in stages.items():
            with st.container(border=True, height="stretch"):
                sign = (
                    ":material/check_circle:" if done else ":material/adjust:" if stage is now else ":material/circle:"
                )
                state = "done" if done else "now" if stage is now else "to come"
                st.markdown(f"{sign} **{stage.value}**: {state}")
                st.markdown(f":small[Ends when {ENDS_WHEN[stage]}.]")


def show_question(session: Session, plan: Plan) -> None:
    """Show the field for the question, or the question as it was decided, until somebody writes another."""
    work = work_of(session)
    found = work.book.decision_of(plan.digest)
    if found is not None:
        st.markdown(plain(f"On record, as it was decided: {found[1].question}"))
    if found is None or work.desk.text("question").strip():
        long_field(session, "question", "What is to be decided, and which gap is it about?")


def show_assessment(session: Session, plan: Plan, case: Case) -> None:
    """Show the assessment of this plan, or the fields to complete one."""
    found = case.assessment
    if found is not None:
        link, assessment = found
        st.success(
            plain(
                f"Complete since {link.at[:10]} {link.at[11:16]} UTC, by {assessment.by} ({assessment.role}). It is record {link.number} of the chain."
            ),
            icon=":material/check_circle:",
        )
        return
    st.markdown(
        "What the plan itself can say stands there already; change it as you like. What is typed is kept at once. Until the assessment is complete, documents "
        "of this plan leave as drafts."
    )
    begun = case.unfinished_assessment
    if begun is not None:
        st.warning(plain(_unfinished(*begun)), icon=":material/history:")
    told, version = prefilled(case), f"{plan.digest[:8]}{begun[0].hash[:8] if begun else ''}"
    for name, label in ASSESSMENT_LABELS.items():
        if name not in NAMES:
            long_field(session, _ASSESSED.format(name), label, told.get(name, ""), version=version)
    show_voices(session, case)
    by, role = st.columns(2)
    with by:
        short_field(session, "assess_by", ASSESSMENT_LABELS["by"])
    with role:
        short_field(session, "assess_role", ASSESSMENT_LABELS["role"])
    st.button(
        "Complete the assessment",
        key="decision-assess-now",
        icon=":material/task_alt:",
        on_click=_try,
        args=(session, _ASSESS, partial(_assess, session, plan, case)),
    )
    show_typed_error(session, _ASSESS)


def _unfinished(link: Link, record: Assessment) -> str:
    """Say what an assessment lacks that was recorded when less was asked for, and what to do."""
    return (
        f"Record {link.number} of the chain, of {link.at[:10]}, is an assessment of this plan that is not complete. What is missing: "
        f"{'; '.join(record.unsaid)}. It stays on record as it is, and its words stand in the fields below: "
        "add what is missing, and complete the assessment once more."
    )


def show_decision(session: Session, plan: Plan, case: Case) -> None:
    """Show the decision on this plan, or the fields to record one."""
    found = case.book.decision_of(plan.digest)
    if found is not None:
        link, decision = found
        st.success(
            plain(
                f"Decided by {decision.decided_by} on {decision.decided_on} ({decision.vote}). It is record {link.number} of the chain."
            ),
            icon=":material/gavel:",
        )
        for words in lacking(decision):
            st.warning(plain(words), icon=":material/history:")
        if decision.was_assessed_before is not True:
            words = (
                "The assessment came AFTER the decision."
                if decision.assessed_at
                else "The decision names no assessment."
            )
            st.warning(words, icon=":material/schedule:")
        return
    if case.assessment is None:
        st.warning(
            "The assessment of this plan is not complete. A decision can be recorded all the same; the record will say so on its first page.",
            icon=":material/schedule:",
        )
    for name, label in DECISION_LABELS.items():
        if name == "question":
            continue
        if name in _SHORT:
            short_field(
                session, name, label if "on" not in name.split("_") else f"{label} (year first)", hint=_SHORT[name]
            )
        else:
            hint = _HINTS.get(name, "")
            untouched = case.assessment[1].changed if name == "changed" and case.assessment else ""
            long_field(
                session,
                name,
                f"{label}, verbatim" if name == "dissent" else label,
                untouched,
                hint=hint,
                version=plan.digest[:8],
                whole=(NO_DISSENT,) if name == "dissent" else (),
            )
        if name == "mitigation":
            short_field(session, "mitigation_dollars", "Dollars for it (blank for none)", hint="250,000")
    long_field(session, "reflection", "What would a good person do here? (may stay blank)", may_stay_blank=True)
    st.button(
        "Sign and record the decision",
        key="decision-record-now",
        icon=":material/history_edu:",
        on_click=_try,
        args=(session, _DECIDE, partial(_decide, session, plan, case)),
        help="Your name is what you typed, and the time is this machine's. A record cannot be changed afterwards, only followed by another.",
    )
    show_typed_error(session, _DECIDE)


def show_review(session: Session, plan: Plan) -> None:
    """Show what became of the decision, or the fields to write it down."""
    book = work_of(session).book
    found = book.decision_of(plan.digest)
    if found is None:
        st.markdown("There is nothing to look back on before a decision is recorded.")
        return
    link, decision = found
    review = book.review_of(link.hash)
    if review is not None:
        st.markdown(
            f"**Found.** {plain(review.found)}  \n**What follows.** {plain(review.next_step)}  \n:small[{plain(review.by)}, {plain(review.role)}]"
        )
        return
    st.markdown(
        plain(f"To be looked at again on {decision.review_on}. What was to tell whether it worked: {decision.measures}")
    )
    for name in ("found", "next_step"):
        long_field(session, _REVIEWED[name], REVIEW_LABELS[name])
    for name, column in zip(("by", "role"), st.columns(2), strict=True):
        with column:
            short_field(session, _REVIEWED[name], REVIEW_LABELS[name])
    st.button(
        "Record the review",
        key="decision-review-now",
        icon=":material/task_alt:",
        on_click=_try,
        args=(session, _REVIEW, partial(_review, session, link.hash)),
    )
    show_typed_error(session, _REVIEW)


def _try(session: Session, field: str, make: Callable[[], None]) -> None:
    attempt(session, field, make)


def public_case(session: Session, plan: Plan, options: int) -> Case:
    """Return the plan as its record tells of it: nothing in it gives a small count away."""
    work = work_of(session)
    try:
        public = public_counts(plan, before(session, plan).releases)
    except EquityAllocError:
        # Nothing of counts is public here, so the record tells nothing of them.
        return Case(plan, work.book, work.desk.pace, options, Told(levels=False, groups=frozenset()))
    groups = frozenset(group.code for group in public.groups) - {code for _, code in public.hidden.places}
    told = Told(levels=public.hidden.levels, groups=groups - public.incomplete)
    return Case(plan, work.book, work.desk.pace, options, told)


def _assess(session: Session, plan: Plan, case: Case) -> None:
    desk, told = work_of(session).desk, prefilled(case)
    said = {name: desk.text(_ASSESSED.format(name), told.get(name, "")).strip() for name in ASSESSMENT_LABELS}
    voices = voices_of(session, case)
    refuse_incomplete(said, voices)
    record(session, Assessment(plan=plan.digest, scenario=plan.scenario.name, **said, voices=voices))
    _clear(session, tuple(_ASSESSED.format(name) for name in ASSESSMENT_LABELS if name not in NAMES))


def _decide(session: Session, plan: Plan, case: Case) -> None:
    desk = work_of(session).desk
    untouched = {"changed": case.assessment[1].changed} if case.assessment else {}
    typed = Typed(**{item.name: desk.text(item.name, untouched.get(item.name, "")) for item in fields(Typed)})
    options = _options(session, plan, case)
    record(session, compose(case, typed, options, look_of(plan), tuple(sorted(versions_here().items()))))
    _clear(session, tuple(item.name for item in fields(Typed)))


def _options(session: Session, plan: Plan, case: Case) -> tuple[Option, ...]:
    return options_of(session, plan, with_levels=case.told.levels)[0]


def _review(session: Session, decision: str) -> None:
    desk = work_of(session).desk
    record(session, Review(decision, **{name: desk.text(field).strip() for name, field in _REVIEWED.items()}))
    _clear(session, tuple(_REVIEWED.values()))


def _clear(session: Session, names: tuple[str, ...]) -> None:
    """Empty fields whose words are on record now."""
    keep_desk(session, work_of(session).desk.without(names))
    renew_fields(session)
