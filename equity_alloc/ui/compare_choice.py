"""Which two sides are compared: today, the current scenario, the district's own, or a saved one."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.plan import Impossible
from equity_alloc.scenario import Scenario
from equity_alloc.store.compared import CURRENT, OWN, SAVED, TODAY, Compared
from equity_alloc.ui.sentences import not_possible_title
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.sides import Side, Sides
from equity_alloc.ui.words import plain

_TITLES = {TODAY: "Today", CURRENT: "Current scenario", OWN: "The district's own scenario"}


def choose_sides(session: Session) -> tuple[Side | None, Side | None]:
    """Let a visitor choose two sides; None, with the reason and the ways out on screen, for one that has no plan."""
    named = {CURRENT: session.scenario, OWN: session.own}
    named |= {f"{SAVED}{scenario.name}": scenario for scenario in session.saved}
    options = [TODAY, *named]
    default = Compared()
    chosen = []
    for column, letter in zip(st.columns(2), ("a", "b"), strict=True):
        side = getattr(session.compared, letter)
        side = side if side in options else getattr(default, letter)
        chosen.append(side)
        key = f"compare-{letter}-{session.revision}-{side}"
        column.selectbox(
            letter.upper(),
            options,
            options.index(side),
            format_func=_title,
            key=key,
            on_change=_choose,
            args=(session, key, letter),
        )
    a, b = (_side(session, name, letter, named) for name, letter in zip(chosen, "AB", strict=True))
    return a, b


def say_differences(a: Side, b: Side) -> None:
    """Say where the two plans do not weigh or count alike."""
    if a.plan is None or b.plan is None:
        return
    first, second = a.plan.view, b.plan.view
    if first.levels.weights != second.levels.weights or first.levels.unit != second.levels.unit:
        st.warning(f"The two weigh pupils differently. Levels and measures of both are taken as in {plain(a.name)}.")
    if first.district.counted_funds != second.district.counted_funds:
        st.warning(f"The two count different funds. The funds counted here are those of {plain(a.name)}.")


def sides_of(session: Session, *sides: Side) -> Sides:
    """Return sides as the first one that has a plan weighs and counts; the current scenario where none has."""
    plan = next((side.plan for side in sides if side.plan is not None), None)
    return Sides(plan.view if plan is not None else session.scenario.view(session.district), sides)


def _choose(session: Session, key: str, letter: str) -> None:
    sides = {"a": session.compared.a, "b": session.compared.b, letter: str(field_value(key))}
    session.compare(Compared(**sides))


def _title(side: str) -> str:
    return _TITLES.get(side) or f"Saved: {side.removeprefix(SAVED)}"


def _side(session: Session, name: str, letter: str, named: dict[str, Scenario]) -> Side | None:
    if name not in named:
        return Side(_TITLES[TODAY], session.district.today)
    shown = f"{letter}, {plain(_title(name))}"
    try:
        result = session.result(named[name])
    except EquityAllocError as error:
        st.error(plain(str(error)), title=f"{shown}: no plan", icon=":material/error:")
        return None
    if isinstance(result, Impossible):
        ways = "".join(f"\n- {plain(repair.words)}" for repair in result.repairs)
        words = plain(result.words) + (f"\n\nWays out:\n{ways}" if ways else "")
        st.error(words, title=f"{shown}: {not_possible_title(result).lower()}", icon=":material/block:")
        return None
    return Side(_TITLES.get(name) or name.removeprefix(SAVED), result.allocation, result)
