"""How a plan fares when other numbers of pupils arrive than were projected."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.figures.draws_band import draws_band
from equity_alloc.objectives.worst_draws import RaiseWorstDrawsFirst
from equity_alloc.planning.plan import Impossible, Plan, Result
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.planning.stress import WORST, Band, Stress, stress
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.numbers import print_level
from equity_alloc.ui.page_list import link
from equity_alloc.ui.sentences import impossible_words
from equity_alloc.ui.session import current
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Percent; what projections of a school's enrollment commonly miss by.
USUAL = 3.0
DRAWS = 100
#: Above so many schools the answer takes seconds, so it is given on demand.
AT_ONCE = 60


def show_stress(plan: Plan) -> None:
    """Show the stress test of a plan, with a field for how far enrollment may be off."""
    if len(plan.district.schools) > AT_ONCE and not st.toggle("Try other numbers of pupils", key="stress-on"):
        return
    percent = st.number_input(
        "How far a school's enrollment is usually off (percent)",
        min_value=0.5,
        max_value=30.0,
        value=USUAL,
        step=0.5,
        format="%.1f",
        key="stress-spread",
        help="One standard deviation. Two of three schools stay within it, nineteen of twenty within twice as much.",
    )
    try:
        found = _stress(plan.digest, float(percent), plan)
    except EquityAllocError as error:
        st.markdown(plain(str(error)))
        return
    unit = found.unit
    st.markdown(
        f"In the worst tenth of {found.draws} draws the lowest level is {print_level(found.plan.worst, unit)} under the "
        f"proposal and {print_level(found.today.worst, unit)} with last year's posts and dollars; as projected it is "
        f"{print_level(found.plan.projected, unit)}."
    )
    _show_band_and_guard(plan, found, Decimal(str(percent)) / 100)
    _show_bands(plan, found)
    _show_fragile(plan, found)


@st.cache_resource(max_entries=32, show_spinner="Trying other numbers of pupils ...")
def _stress(plan_digest: str, percent: float, _plan: Plan) -> Stress:
    return stress(_plan, percent / 100, DRAWS)


def _show_band_and_guard(plan: Plan, found: Stress, spread: Decimal) -> None:
    """Show the lowest level over all draws, and on demand what planning for the worst of them would change."""
    lines = [("Last year", found.lowest_today), ("Proposal", found.lowest_plan)]
    guards = isinstance(plan.scenario.objective, RaiseWorstDrawsFirst)
    other = None
    if guards:
        st.markdown("This proposal is planned for the worst draws.")
    elif st.toggle("Compare with a plan made for the worst draws", key="stress-guard"):
        try:
            other = _guarded(plan.digest, str(spread), plan)
        except EquityAllocError as error:
            st.markdown(plain(str(error)))
    if isinstance(other, Impossible):
        st.markdown(plain(impossible_words(other)))
    elif other is not None:
        guarded = _stress(other.digest, float(spread) * 100, other)
        lines.append(("For the worst draws", guarded.lowest_plan))
        st.markdown(_guard_words(plan, other, found, guarded))
    show_figure(draws_band(lines, colors(), unit=found.unit, worst=WORST))
    if other is not None and isinstance(other, Plan):
        session = current()
        st.button(
            "Plan for the worst draws from now on",
            key="stress-adopt",
            on_click=session.choose,
            args=(dataclasses.replace(session.scenario, objective=RaiseWorstDrawsFirst(spread)),),
        )


def _guard_words(plan: Plan, other: Plan, found: Stress, guarded: Stress) -> str:
    unit = found.unit
    projected = [print_level(each.plan.projected, unit) for each in (guarded, found)]
    as_projected = (
        f"stays at {projected[0]}" if projected[0] == projected[1] else f"is {projected[0]} instead of {projected[1]}"
    )
    moved = [sum(abs(n) for n in _moves(each)) / 100 for each in (plan, other)]
    return (
        f"Planned for the worst tenth of draws, the lowest level there is {print_level(guarded.plan.worst, unit)} instead of "
        f"{print_level(found.plan.worst, unit)}; as projected it {as_projected}. "
        f"{moved[1]:,.1f} FTE are added or given up instead of {moved[0]:,.1f}."
    )


def _moves(plan: Plan) -> list[int]:
    before, after = plan.view.district.today.fte_of, plan.allocation.fte_of
    return [after.get(key, 0) - before.get(key, 0) for key in {*before, *after}]


@st.cache_resource(max_entries=32, show_spinner="Planning for the worst draws ...")
def _guarded(plan_digest: str, spread: str, _plan: Plan) -> Result:
    objective = RaiseWorstDrawsFirst(Decimal(spread))
    return make_plan(_plan.district, dataclasses.replace(_plan.scenario, objective=objective))


def _show_bands(plan: Plan, found: Stress) -> None:
    labels = {school.code: school.label for school in plan.district.schools}
    named: list[tuple[str, Band]] = [
        ("Lowest level, proposal", found.plan),
        ("Lowest level, last year", found.today),
        *((labels[code], band) for code, band in found.schools),
    ]
    unit = found.unit
    columns = (
        TableColumn("Level", Show.TEXT, tuple(name for name, _ in named)),
        TableColumn("As projected", Show.TEXT, tuple(print_level(band.projected, unit) for _, band in named)),
        TableColumn("Worst tenth", Show.TEXT, tuple(print_level(band.worst, unit) for _, band in named)),
        TableColumn("5 % of draws below", Show.TEXT, tuple(print_level(band.low, unit) for _, band in named)),
        TableColumn("Middle", Show.TEXT, tuple(print_level(band.middle, unit) for _, band in named)),
        TableColumn("5 % of draws above", Show.TEXT, tuple(print_level(band.high, unit) for _, band in named)),
    )
    show_table(
        columns,
        alt=f"Levels over {count_words(found.draws, 'draw')} of enrollment, {unit}.",
        key="stress-bands",
        pinned=1,
    )
    st.caption(
        "The same posts and dollars, other pupils: each school's enrollment is off by an error of its own, and its groups and "
        "grades keep their shares. Draws depend on school codes only, so the same plan always gives the same table."
    )


def _show_fragile(plan: Plan, found: Stress) -> None:
    if not found.fragile:
        st.markdown("Every rule that can be broken by counts holds in every draw.")
        return
    columns = (
        TableColumn(
            "Rule", Show.TEXT, tuple(f"{each.title} (rule {each.number})" for each in found.fragile), width=380
        ),
        TableColumn("Broken in draws", Show.TEXT, tuple(f"{each.draws} of {found.draws}" for each in found.fragile)),
        TableColumn("Most often for", Show.TEXT, tuple(each.subject for each in found.fragile)),
        TableColumn(
            "With this district's numbers",
            Show.TEXT,
            tuple(plan.certificate.rules[each.number - 1].explain for each in found.fragile),
            width=400,
        ),
    )
    show_table(columns, alt="Rules that do not hold in every draw.", key="stress-rules", pinned=1)
    st.caption("Such rules call for a reserve or for posts that are placed after the fall count.")
    link("fall", "Repair the plan under fall counts")
