"""What the plan raises: the objective with its card, the level, and the tolerance for the sake of fewer moves."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import streamlit as st

from equity_alloc.catalogue import objective_classes
from equity_alloc.figures.dial_picture import dial_picture
from equity_alloc.figures.draws_picture import draws_picture
from equity_alloc.figures.goal_pictures import goal_picture
from equity_alloc.formulas.use import Use
from equity_alloc.objectives.dial import dial_card
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.raise_lowest import RaiseLowestFirst
from equity_alloc.objectives.worst_draws import RaiseWorstDrawsFirst
from equity_alloc.rules.setting import settings_of
from equity_alloc.scenario import LevelBasis, Scenario
from equity_alloc.ui.changes import open_settings, with_objective, with_objective_setting
from equity_alloc.ui.district_lists import options_of
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.money_input import show_money
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import field_key, field_start, show_settings, show_typed_error
from equity_alloc.ui.words import plain


def show_objective(session: Session) -> None:
    """Show the objective with its settings, the level basis and the tolerance."""
    scenario, kinds = session.scenario, objective_classes()
    key = field_key(session, "objective")
    codes = sorted(kinds, key=lambda code: kinds[code].place)
    chosen = field_start(session, "objective", scenario.objective.code)
    st.selectbox(
        "What the plan raises",
        codes,
        codes.index(chosen),
        format_func=lambda code: kinds[code].title,
        key=key,
        on_change=_take,
        args=(session, "objective", key, lambda code: with_objective(session.scenario, code)),
    )
    objective = kinds[chosen] if chosen != scenario.objective.code else scenario.objective
    with st.container(border=True):
        st.markdown(
            f"**{plain(objective.title)}.**  \n**Good for.** {plain(objective.good_for)}  \n**Ignores.** "
            f"{plain(objective.ignores)}  \n**Misleads.** {plain(objective.misleads)}"
        )
        st.markdown(f":small[In the literature: {plain(objective.field_name)}. Source: {plain(str(objective.source))}]")
    if isinstance(objective, RaiseLowestFirst):
        show_figure(dial_picture(colors()))
    picture = goal_picture(chosen, colors())
    if picture is not None:
        show_figure(picture)
    if objective is not scenario.objective:
        _ask_first(session, chosen)
    elif settings_of(objective):
        show_settings(session, objective, "objective", with_objective_setting)
        if isinstance(objective, RaiseByDial):
            _show_dial(objective)
        if isinstance(objective, RaiseWorstDrawsFirst):
            show_figure(draws_picture(colors()))
    _show_basis(session)
    show_money(
        session,
        "tolerance",
        "Tolerance (dollars per weighted pupil)",
        scenario.tolerance,
        _with_tolerance,
        help_text="How far a school's level may stay below the best one for the sake of fewer moves.",
    )


def _show_dial(objective: RaiseByDial) -> None:
    """Show the card of the setting that is chosen, and what all settings would do to two schools."""
    card = dial_card(objective.aversion)
    st.markdown(
        f"**{plain(card.name)}**: {plain(card.field_name)}.  \n**Good for.** {plain(card.good_for)}  \n"
        f"**Ignores.** {plain(card.ignores)}  \n**Misleads.** {plain(card.misleads)}"
    )
    show_figure(dial_picture(colors()))


def _ask_first(session: Session, code: str) -> None:
    """Ask for what an objective cannot do without, before any plan is made with it."""
    st.warning(plain(session.typed["objective"].sentence), title="One choice is missing", icon=":material/touch_app:")
    for name, info in open_settings(code).items():
        titles = options_of(info.choice, session.district) if info.choice is not None else {}
        key = field_key(session, f"objective-first-{name}")
        st.selectbox(
            info.label,
            list(titles),
            index=None,
            placeholder=f"Choose the {info.label.lower()}",
            format_func=titles.__getitem__,
            key=key,
            on_change=_take_first,
            args=(session, code, name, key),
        )


def _take_first(session: Session, code: str, name: str, key: str) -> None:
    value = field_value(key)
    if value is not None:
        session.attempt("objective", code, lambda: with_objective(session.scenario, code, {name: str(value)}))


def _show_basis(session: Session) -> None:
    key = field_key(session, "basis")
    options, formula = [basis.value for basis in LevelBasis], session.scenario.formula
    st.selectbox(
        "Schools are compared by",
        options,
        options.index(session.scenario.basis.value),
        key=key,
        on_change=_take,
        args=(session, "basis", key, lambda value: dataclasses.replace(session.scenario, basis=LevelBasis(value))),
        help="What a school's core dollars are divided by. Targets are the formula's where it is the target; otherwise "
        "the district's own, or they follow the need weights.",
        disabled=formula is not None and formula.use is Use.TARGET,
    )
    show_typed_error(session, "basis")


def _with_tolerance(scenario: Scenario, cents: int) -> Scenario:
    return dataclasses.replace(scenario, tolerance=cents)


def _take(session: Session, field: str, key: str, make: Callable[[Any], Scenario]) -> None:
    value = field_value(key)
    session.attempt(field, value, lambda: make(value))
