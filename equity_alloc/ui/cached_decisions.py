"""What hard choices take longest to work out, by the plan's identity: lenses, what staying costs, and objections."""

from __future__ import annotations

import streamlit as st

from equity_alloc.decisions.book import Book
from equity_alloc.decisions.case import Case, Pace, Told
from equity_alloc.decisions.look import Look, look
from equity_alloc.decisions.objection import Answer, Objection
from equity_alloc.decisions.replies import replies
from equity_alloc.decisions.status_quo import StatusQuo, status_quo
from equity_alloc.planning.plan import Plan


def look_of(plan: Plan) -> Look | None:
    """Return what every lens makes of a plan's district and rules."""
    return _look(plan.certificate.district_digest, plan.certificate.scenario_digest, plan)


def status_quo_of(plan: Plan) -> StatusQuo | None:
    """Return what each rule that protects last year costs."""
    return _status_quo(plan.certificate.district_digest, plan.certificate.scenario_digest, plan)


def replies_of(
    plan: Plan, book: Book, pace: Pace, *, options: int = 0, told: Told | None = None
) -> tuple[tuple[Objection, Answer], ...]:
    """Return the objections to a plan with their answers."""
    last = book.chain[-1].hash if book.chain else ""
    return _replies(plan.digest, last, repr((pace, options, told)), Case(plan, book, pace, options, told or Told()))


@st.cache_resource(max_entries=32, show_spinner="Making each lens's plan and judging it by every other ...")
def _look(district_digest: str, scenario_digest: str, _plan: Plan) -> Look | None:
    return look(_plan.view)


@st.cache_resource(max_entries=32, show_spinner="Working out what staying costs ...")
def _status_quo(district_digest: str, scenario_digest: str, _plan: Plan) -> StatusQuo | None:
    return status_quo(_plan)


@st.cache_resource(max_entries=32, show_spinner="Answering objections from this plan ...")
def _replies(plan_digest: str, last: str, choices: str, _case: Case) -> tuple[tuple[Objection, Answer], ...]:
    return replies(_case)
