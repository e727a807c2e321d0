"""Which sides are compared, two to four: today, the current scenario, the district's own, or a saved one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.plan import Impossible
from equity_alloc.scenario import Scenario
from equity_alloc.store.compared import CURRENT, OWN, SAVED, TODAY, Compared
from equity_alloc.ui.scenario_names import own_words
from equity_alloc.ui.sentences import impossible_words, not_possible_title
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.sides import Side, Sides
from equity_alloc.ui.words import plain

#: What stands where no third or fourth side is laid.
NOTHING = "Nothing"

_TODAY = "Last year"


def choose_sides(session: Session) -> tuple[Side, ...]:
    """Let a visitor choose two to four sides; the reason and the ways out are shown for one that has no plan.

    Returns
    -------
    tuple of Side
        Those that have a plan (today is one), under the letters they were chosen by.
    """
    named = {CURRENT: session.scenario, OWN: session.own}
    own = own_words(session.own, session.district)
    titles = {CURRENT: "Current", OWN: f"{own[:1].upper()}{own[1:].removesuffix(' scenario')}"}
    title = partial(_title, named=named, kinds=titles)
    named |= {f"{SAVED}{scenario.name}": scenario for scenario in session.saved}
    options = [TODAY, *named]
    kept, default = dataclasses.asdict(session.compared), dataclasses.asdict(Compared())
    chosen = {}
    # Two rows of two: a scenario's name has room.
    for column, letter in zip((*st.columns(2), *st.columns(2)), kept, strict=True):
        offered = options if default[letter] else ["", *options]
        side = kept[letter] if kept[letter] in offered else default[letter]
        chosen[letter.upper()] = side
        key = f"compare-{letter}-{session.revision}-{side}"
        column.selectbox(
            letter.upper(),
            offered,
            offered.index(side),
            format_func=title,
            key=key,
            on_change=_choose,
            args=(session, key, letter),
        )
    return tuple(
        side
        for letter, name in chosen.items()
        if name and (side := _side(session, name, letter, named, title)) is not None
    )


def say_differences(sides: tuple[Side, ...]) -> None:
    """Say where plans do not weigh or count alike."""
    planned = [(side, side.plan.view) for side in sides if side.plan is not None]
    if not planned:
        return
    first, seen = planned[0]
    views = [(side.letter, view) for side, view in planned[1:]]
    levels = (seen.levels.weights, seen.levels.unit)
    others = [letter for letter, view in views if (view.levels.weights, view.levels.unit) != levels]
    shown = f"{first.letter} ({plain(first.name)})"
    if others:
        st.warning(
            f"{', '.join(others)} {_verb(others, 'weigh')} pupils differently. Levels and measures of all are taken as in {shown}."
        )
    others = [letter for letter, view in views if view.district.counted_funds != seen.district.counted_funds]
    if others:
        st.warning(
            f"{', '.join(others)} {_verb(others, 'count')} different funds. The funds counted here are those of {shown}."
        )


def _verb(subjects: list[str], verb: str) -> str:
    return f"{verb}s" if len(subjects) == 1 else verb


def sides_of(session: Session, *sides: Side) -> Sides:
    """Return sides as the first one that has a plan weighs and counts; the current scenario where none has."""
    plan = next((side.plan for side in sides if side.plan is not None), None)
    return Sides(plan.view if plan is not None else session.scenario.view(session.district), sides)


def _choose(session: Session, key: str, letter: str) -> None:
    session.compare(dataclasses.replace(session.compared, **{letter: str(field_value(key))}))


def _title(side: str, named: dict[str, Scenario], kinds: dict[str, str]) -> str:
    if not side:
        return NOTHING
    if side == TODAY:
        return _TODAY
    return f"{kinds.get(side, 'Saved')}: {named[side].name}"


def _side(
    session: Session, name: str, letter: str, named: dict[str, Scenario], title: Callable[[str], str]
) -> Side | None:
    if name not in named:
        return Side(letter, _TODAY, session.district.today)
    shown = f"{letter}, {plain(title(name))}"
    try:
        result = session.result(named[name])
    except EquityAllocError as error:
        st.error(plain(str(error)), title=f"{shown}: no plan", icon=":material/error:")
        return None
    if isinstance(result, Impossible):
        ways = "".join(f"\n- {plain(repair.words)}" for repair in result.repairs)
        words = plain(impossible_words(result)) + (f"\n\nWays out:\n{ways}" if ways else "")
        st.error(words, title=f"{shown}: {not_possible_title(result).lower()}", icon=":material/block:")
        return None
    return Side(letter, named[name].name, result.allocation, result)
