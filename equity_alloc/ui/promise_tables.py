"""Tables about all promises together: their order, saved plans, and the years that were recorded."""

from __future__ import annotations

import dataclasses

import streamlit as st

from equity_alloc.commitments.order import tested_in_order
from equity_alloc.commitments.scoreboard import scoreboard
from equity_alloc.commitments.standing import State
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.in_turn import Turn, in_turn
from equity_alloc.planning.keeping import Keeping, keeping_of
from equity_alloc.planning.plan import Plan
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import Scenario
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Above so many schools the answers take many seconds, so they are given on demand.
AT_ONCE = 60


def prices_of(session: Session) -> dict[str, Keeping]:
    """Return what keeping each promise takes, by code; empty where nobody asks for it."""
    tested = tested_in_order(session.scenario)
    if not tested:
        return {}
    is_small = len(session.district.schools) <= AT_ONCE
    if not st.toggle("Work out what keeping each promise takes", is_small, key="commitment-prices"):
        return {}
    key = (session.district_digest, session.scenario.digest)
    found = {each.code: _keeping(*key, each.code, session.district, session.scenario, test) for each, test in tested}
    for code, price in found.items():
        if isinstance(price, str):
            st.warning(plain(f"What keeping {code} takes could not be worked out: {price}"), icon=":material/help:")
    return {code: price for code, price in found.items() if isinstance(price, Keeping)}


def show_order(session: Session) -> None:
    """Show what is kept where promises come one after the other by priority."""
    tested = tested_in_order(session.scenario)
    if len(tested) < 2:
        return
    st.subheader("If promises came one after the other", anchor=False)
    turns = _turns(session.district_digest, session.scenario.digest, session.district, session.scenario)
    if turns is None:
        st.markdown("Not even the scenario's rules can all be kept, so no promise comes to its turn.")
        return
    if isinstance(turns, str):
        st.markdown(plain(f"No promise comes to its turn: {turns}"))
        return
    show_table(
        (
            TableColumn("Turn", Show.COUNT, tuple(range(1, len(turns) + 1)), width=60),
            TableColumn("Code", Show.TEXT, tuple(each.code for each, _ in tested), width=70),
            TableColumn("Priority", Show.COUNT, tuple(each.priority for each, _ in tested), width=80),
            TableColumn("Kept", Show.TEXT, tuple("yes" if turn.is_kept else "no" for turn in turns), width=60),
            TableColumn("As near as the money goes", Show.TEXT, tuple(turn.nearest for turn in turns), width=420),
        ),
        alt="Promises in the order of their priority, and whether each can be kept beside those before it.",
        key="commitment-order",
        pinned=2,
    )
    st.caption(
        "Law first, then by priority. Each is kept as far as those before it leave room. In dollars and fractions of posts."
    )


def show_saved_plans(session: Session) -> None:
    """Show how every saved plan stands to the promises as they read now."""
    now = session.scenario.commitments
    if not now or not session.saved:
        return
    st.subheader("How every saved plan stands", anchor=False)
    columns = [
        TableColumn("Code", Show.TEXT, tuple(each.code for each in now), width=70),
        TableColumn("This plan", Show.TEXT, _states(session, session.scenario), width=150),
    ]
    for scenario in session.saved:
        states = _states(session, dataclasses.replace(scenario, commitments=now))
        columns.append(TableColumn(plain(scenario.name), Show.TEXT, states, width=150))
    alt = "Every commitment as it reads now, tested against every saved plan."
    show_table(tuple(columns), alt=alt, key="commitment-saved", pinned=1)
    st.caption("Tested again whenever a commitment is changed.")


def _states(session: Session, scenario: Scenario) -> tuple[str, ...]:
    made = session.result_or_none(scenario)
    if not isinstance(made, Plan):
        return (State.UNTESTED.value,) * len(scenario.commitments)
    return tuple(each.state.value for each in scoreboard(session.district, scenario, made.allocation))


@st.cache_resource(max_entries=64, show_spinner="Working out what keeping a promise takes ...")
def _keeping(
    district_digest: str, scenario_digest: str, code: str, _district: District, _scenario: Scenario, _test: Rule
) -> Keeping | str:
    try:
        return keeping_of(_district, _scenario, _test)
    except EquityAllocError as error:
        return str(error)


@st.cache_resource(max_entries=64, show_spinner="Taking promises in their order ...")
def _turns(
    district_digest: str, scenario_digest: str, _district: District, _scenario: Scenario
) -> tuple[Turn, ...] | str | None:
    try:
        return in_turn(_district, _scenario, [test for _, test in tested_in_order(_scenario)])
    except EquityAllocError as error:
        return str(error)
