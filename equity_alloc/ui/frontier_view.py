"""Equity against something else on screen: the line, certified plans on it, and a plan to load."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.figures.frontier import Mark, frontier_figure, next_gains
from equity_alloc.objectives.dial import OWN, dial_card
from equity_alloc.planning.frontier import LOWEST, Axis, Line, Point, amount_of, settings_of
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.frontier_work import Traced, base_of, go_on, load_point, make_points, traced
from equity_alloc.ui.numbers import print_close, print_level
from equity_alloc.ui.session import Session
from equity_alloc.ui.words import plain

#: Above so many schools the plans take long, so they are made on demand.
AT_ONCE = 60
LABELS = {
    Axis.MOVES: "Posts moved",
    Axis.COST: "Dollars spent",
    Axis.TOTAL: "Total core dollars",
}


#: Said wherever a line raises an equal level.
EQUAL_LEVEL = (
    "The equal level: if every pupil had it, that would be worth as much as the plan's unequal levels, the more so the lower a "
    "school stands (the field's name: Atkinson's equally distributed equivalent; Kolm-Pollak's where dollars are compared)."
)


def setting_words(setting: str) -> str:
    """Return what a setting of the dial raises, as it is chosen."""
    if setting == LOWEST:
        return "The lowest level"
    named = f"aversion {setting}" if setting != OWN else "the scenario's own aversion"
    return f"The equal level at {named}: {dial_card(setting).name.lower()}"


def show_frontier(session: Session, plan: Plan) -> None:
    """Let a visitor choose what equity is set against, and show what is to be had."""
    setting = st.selectbox(
        "Equity is",
        settings_of(base_of(session)),
        format_func=setting_words,
        key="frontier-setting",
        persist_state="session",
    )
    axis = st.segmented_control(
        "Against",
        list(LABELS),
        format_func=LABELS.__getitem__,
        default=Axis.MOVES if session.district.positions else Axis.COST,
        required=True,
        key="frontier-axis",
        persist_state="session",
    )
    try:
        work = traced(session, Axis(axis or Axis.MOVES), setting=setting or LOWEST)
    except EquityAllocError as error:
        st.markdown(plain(str(error)))
        return
    if work is None:
        other = (
            " Posts are not known here: choose Dollars spent instead."
            if axis == Axis.MOVES and not session.district.positions
            else ""
        )
        st.markdown(f"There is nothing to choose between here: no posts or schools whose shares could differ.{other}")
        return
    if not work.line.is_exact:
        st.caption(plain(EQUAL_LEVEL))
    marks = marks_of(work, plan)
    st.markdown(plain(line_words(work.line)))
    st.markdown(plain(plan_words(work.line, marks[-1])))
    if len(session.district.schools) > AT_ONCE and not work.made:
        wanted = st.button(
            f"Make and certify {count_words(len(work.scenarios), 'plan')} along the line",
            key=f"frontier-{axis}-{setting}-make",
        )
        if not wanted:
            show_figure(frontier_figure(work.line, (), marks, colors(), note=_note(work, plan)))
            return
    # The line is known at once, its plans take a while: what is known stands there until they are made.
    until = st.empty()
    if not work.is_done:
        with until.container():
            line = frontier_figure(work.line, (), marks, colors(), note=_note(work, plan))
            show_figure(dataclasses.replace(line, code=f"{line.code}-alone"))
    make_points(session, work)
    until.empty()
    points = work.points
    figure = frontier_figure(work.line, points, marks, colors(), note=_note(work, plan))

    def clicked(places: list[int]) -> None:
        if places and places[0] < len(points):
            load_point(session, points[places[0]])

    show_figure(figure, on_click=clicked, revision=session.revision)
    st.markdown(plain(gap_words(work.line, points)))
    if not work.is_done:
        st.markdown(f"Stopped: {len(work.made)} of {len(work.scenarios)} plans were made.")
        st.button("Make the other plans", key=f"frontier-{axis}-{setting}-go-on", on_click=go_on, args=(session,))
    _show_choice(session, work, points)


def _show_choice(session: Session, work: Traced, points: tuple[Point, ...]) -> None:
    """Let a visitor take one of the plans without a pointer."""
    if not points:
        st.markdown("No plan in whole posts was found along this line.")
        return
    line = work.line
    chosen = st.selectbox(
        "A plan on the line",
        range(len(points)),
        format_func=lambda place: point_words(line, points[place]),
        index=None,
        placeholder="Choose a plan, here or on the chart",
        key=f"frontier-pick-{line.axis}-{session.revision}",
    )
    if chosen is None or chosen >= len(points):
        return
    point = points[chosen]
    with st.container(border=True):
        st.markdown(plain(point_card(line, point)))
        st.button(
            "Load this plan",
            key=f"frontier-load-{line.axis}",
            icon=":material/task_alt:",
            on_click=load_point,
            args=(session, point),
            disabled=point.plan.scenario == session.scenario,
            help="It becomes your scenario on every page; Undo last change brings the present one back.",
        )


def line_words(line: Line) -> str:
    """Return what the line says, in two or three sentences."""
    first, last, unit = line.corners[0], line.corners[-1], line.unit
    best = print_level(last.level, unit)
    if line.is_point:
        return (
            f"Nothing is to be traded here: with {_amount(line, last.limit)} the {line.name} is at its best, {best}, and no "
            f"plan has {'more in total' if line.axis is Axis.TOTAL else 'less'}."
        )
    gains = [gain for gain in next_gains(line) if gain is not None]
    one = "FTE" if line.axis is Axis.MOVES else "$10,000"
    how = "given up in total" if line.axis is Axis.TOTAL else "moved" if line.axis is Axis.MOVES else "spent"
    return (
        f"In fractions of posts: from {print_level(first.level, unit)} with {_amount(line, first.limit)} to {best}, the best there is, with "
        f"{_amount(line, last.limit)}. At first one more {one} {how} buys {print_close(gains[0], unit)} for the {line.name}, at "
        f"the end {print_close(gains[-1], unit)}: it never buys more than before."
        + (
            ""
            if line.is_exact
            else " Points of a curve are stated; between two of them the best is at least the straight line."
        )
    )


def plan_words(line: Line, mark: Mark) -> str:
    """Return how far the current plan stands from the line, and why; blank where it is on it."""
    enough = line.amount_for(mark.level)
    sign = -1 if line.axis is Axis.TOTAL else 1
    if enough is None or sign * (mark.amount - enough) < (50 if line.axis is Axis.MOVES else 10_000 * 100):
        return ""
    here, there = _amount(line, mark.amount), _amount(line, enough)
    if line.axis is Axis.TOTAL:
        return (
            f"Your plan stands at {here}; with its {line.name} {there} can be had in fractions of posts. The rest stays "
            "unallocated, because of whole posts or of what your goal and rules ask."
        )
    return (
        f"Your plan stands at {here}; in fractions of posts {there} would do for its {line.name}. The rest goes "
        "where your goal and rules ask, and to whole posts."
    )


def gap_words(line: Line, points: Sequence[Point]) -> str:
    """Return how far plans in whole posts stay below what is proven of them; blank without a plan."""
    if not points:
        return ""
    gaps = [float(point.gap) for point in points]
    if len(points) == 1:
        return f"The plan in whole posts stays {print_close(gaps[0], line.unit)} below the level that no plan with as much can pass."
    return (
        f"Plans in whole posts stay {print_close(min(gaps), line.unit)} to {print_close(max(gaps), line.unit)} below the level that "
        "no plan with as much can pass: posts come in steps, so they do not reach the line. The table has the distance of each."
    )


def point_words(line: Line, point: Point) -> str:
    """Return a point in one line."""
    return f"{_amount(line, point.amount)}: {line.name} {print_level(float(point.level), line.unit)}"


def point_card(line: Line, point: Point) -> str:
    """Return what a plan on the line is, and what is proven of it."""
    return (
        f"{line.name[0].upper()}{line.name[1:]} {print_level(float(point.level), line.unit)}, {line.unit}; {print_fte(point.moved)} FTE added or given up; "
        f"{print_dollars(point.spent)} at schools, {print_dollars(point.core)} of it core money. Certified, every rule kept. "
        f"No plan with {_amount(line, point.amount)} has its {line.name} more than {print_close(float(point.gap), line.unit)} above "
        "this one (re-checked without the solver)."
    )


def marks_of(work: Traced, plan: Plan) -> list[Mark]:
    """Return today and the current plan, as far as they stand beside the line."""
    view = work.tracer.view
    marks = []
    for name, allocation in (("Last year", view.district.today), ("Your plan", plan.allocation)):
        level = float(work.tracer.level_of(allocation))
        marks.append(Mark(name, amount_of(work.line.axis, view.district, allocation), level))
    return marks


def _note(work: Traced, plan: Plan) -> str:
    district = plan.district
    return (
        f"{work.line.unit[0].upper() + work.line.unit[1:]}, {plain(district.year)}, {count_words(len(district.schools), 'school')}, under the "
        f"rules of {plain(base_name(work))}. Source: {plain(district.name)} data. Last year may break rules that hold for plans."
    )


def base_name(work: Traced) -> str:
    """Return the name of the scenario whose rules hold along the line."""
    return work.tracer.scenario.name


def _amount(line: Line, amount: float) -> str:
    if line.axis is Axis.MOVES:
        return f"{print_fte(round(amount))} FTE moved"
    what = "core money" if line.axis is Axis.TOTAL else ""
    return f"{print_dollars(round(amount))}{' of ' + what if what else ''} at schools"


def show_loaded(session: Session) -> None:
    """Say that the current plan was chosen from a line, and how to go back."""
    if base_of(session) != session.scenario:
        st.info(
            f"{plain(session.scenario.name)} is your scenario now, on every page. Undo last change, beside the page, brings "
            "the one before back.",
            title="This plan was loaded from a line",
            icon=":material/verified:",
        )
