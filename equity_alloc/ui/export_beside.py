"""What stands beside a plan in its documents: saved scenarios and the options of Decision record, made before the documents are."""

from __future__ import annotations

import streamlit as st

from equity_alloc.decisions.options import COMPROMISE, LAST_YEAR
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.record import digest
from equity_alloc.planning.plan import Impossible, Plan
from equity_alloc.scenario import Scenario
from equity_alloc.ui.decision_options import beside
from equity_alloc.ui.decision_work import work_of
from equity_alloc.ui.page_list import link
from equity_alloc.ui.session import Session
from equity_alloc.ui.words import plain

_MISSING = "export-beside-missing"


def show_beside(session: Session, plan: Plan) -> None:
    """Say what documents will show beside the plan as not chosen."""
    if not _is_of(session, plan):
        return
    names = dict.fromkeys(
        (LAST_YEAR, *(each.name for each in session.saved if each != plan.scenario), *_asked(session))
    )
    names.pop(plan.scenario.name, None)
    st.caption(
        plain(
            f"Not chosen, and shown beside the plan: {'; '.join(names)}. What is not made yet is made first, which takes some seconds."
        )
    )
    link("decision", "Choose what stands beside the plan")


def typed_beside(session: Session, plan: Plan) -> tuple[Scenario, ...]:
    """Return the scenarios of people that will stand beside the plan; those of the lenses are the program's, and made later."""
    if not _is_of(session, plan):
        return ()
    own = (session.own,) if session.own.name in _asked(session) else ()
    return tuple(each for each in (*session.saved, *own) if each != plan.scenario)


def show_missing(session: Session, plan: Plan) -> None:
    """Say what could not be made of it, once documents were made."""
    for sentence in session.reports.get(_MISSING, {}).get(_key(session, plan), ()):
        st.warning(plain(sentence), icon=":material/block:")


def rejected_beside(session: Session, plan: Plan) -> tuple[Plan | Impossible, ...]:
    """Return what stands beside the plan, with progress; of another district, such as one with fall counts, nothing does."""
    if not _is_of(session, plan):
        return ()
    missing: list[str] = []
    bar = st.progress(0.0, "Looking for what stands beside the plan ...")
    scenarios = _scenarios(session, plan, missing)
    found: list[Plan | Impossible] = []
    for number, scenario in enumerate(scenarios):
        bar.progress((number + 1) / (len(scenarios) + 1), f"Making what was not chosen: {plain(scenario.name)} ...")
        try:
            found.append(session.result(scenario))
        except EquityAllocError as error:
            missing.append(f"'{scenario.name}' does not stand beside the plan: {error}")
    bar.empty()
    session.reports[_MISSING] = {_key(session, plan): tuple(missing)}
    return tuple(found)


def beside_identity(session: Session) -> str:
    """Return a digest of all that decides what stands beside a plan of the district on screen; nothing is made for it."""
    saved = tuple(each.digest for each in session.saved)
    return digest((session.own.digest, saved, work_of(session).desk.options))


def _scenarios(session: Session, plan: Plan, missing: list[str]) -> list[Scenario]:
    try:
        options = beside(session, plan)
    except EquityAllocError as error:
        options = ()
        missing.append(
            f"What the lenses ask for could not be worked out, so it does not stand beside the plan: {error}"
        )
    else:
        asked = [name for name in _asked(session) if name not in (plan.scenario.name, *(each.name for each in options))]
        if asked:
            missing.append(
                f"There is no such plan, so it does not stand beside this one: {'; '.join(asked)}. Either no view of what is right has "
                "anything to gain under these rules, or a saved scenario was taken back."
            )
    looked_at = {scenario.digest: scenario for scenario in (*session.saved, *options)}
    return [scenario for scenario in looked_at.values() if scenario != plan.scenario]


def _asked(session: Session) -> tuple[str, ...]:
    """Return the names of the options of Decision record, as they are known before any is worked out."""
    chosen = work_of(session).desk.options
    return (COMPROMISE,) if chosen is None else chosen


def _is_of(session: Session, plan: Plan) -> bool:
    return plan.certificate.district_digest == session.district_digest


def _key(session: Session, plan: Plan) -> str:
    return digest((plan.digest, beside_identity(session)))
