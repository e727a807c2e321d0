"""Which two sides are compared: today, the current scenario, the district's own, or a saved one."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.plan import Impossible, Plan
from equity_alloc.scenario import Scenario
from equity_alloc.ui.sentences import not_possible_title
from equity_alloc.ui.session import Session
from equity_alloc.ui.sides import Pair, Side
from equity_alloc.ui.words import plain

TODAY, CURRENT, OWN = "Today", "Current scenario", "The district's own scenario"


def choose_pair(session: Session) -> Pair | None:
    """Let a visitor choose two sides; None, with the reason on screen, where one of them has no plan."""
    saved = {f"Saved: {scenario.name}": scenario for scenario in session.saved}
    options = [TODAY, CURRENT, OWN, *saved]
    columns = st.columns(2)
    with columns[0]:
        first = st.selectbox("A", options, 0, key="compare-a", persist_state="session")
    with columns[1]:
        second = st.selectbox("B", options, 1, key="compare-b", persist_state="session")
    named = {CURRENT: session.scenario, OWN: session.own, **saved}
    a, b = (_side(session, name or TODAY, named) for name in (first, second))
    if a is None or b is None:
        return None
    seen = a.plan or b.plan
    view = seen.view if seen is not None else session.scenario.view(session.district)
    _say_differences(a, b)
    return Pair(view, a, b)


def _side(session: Session, name: str, named: dict[str, Scenario]) -> Side | None:
    if name not in named:
        return Side(TODAY, session.district.today)
    try:
        result = session.result(named[name])
    except EquityAllocError as error:
        st.error(plain(str(error)), title=f"{plain(name)}: no plan")
        return None
    if isinstance(result, Impossible):
        st.error(plain(result.words), title=f"{plain(name)}: {not_possible_title(result).lower()}")
        return None
    return Side(name.removeprefix("Saved: "), result.allocation, result)


def _say_differences(a: Side, b: Side) -> None:
    plans: list[Plan] = [side.plan for side in (a, b) if side.plan is not None]
    if len(plans) < 2:
        return
    first, second = (found.view for found in plans)
    if first.levels.weights != second.levels.weights or first.levels.unit != second.levels.unit:
        st.warning(f"The two weigh pupils differently. Levels and measures of both are taken as in {plain(a.name)}.")
    if first.district.counted_funds != second.district.counted_funds:
        st.warning(f"The two count different funds. The funds counted here are those of {plain(a.name)}.")
