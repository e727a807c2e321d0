"""Does the choice of goal matter? The plan of each setting of the dial judged by every other, and what stays open."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.objectives.base import LowerDistance, RaiseEquivalent, RaiseLowest
from equity_alloc.objectives.dial import dial_card
from equity_alloc.planning.freedom import Freedom, freedom
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.regret import RegretTable, regret_table
from equity_alloc.ui.numbers import print_close
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Above so many schools the answer takes seconds, so it is given on demand.
AT_ONCE = 150


def show_choice(plan: Plan) -> None:
    """Show whether another aversion would give another plan, by how much, and which rule makes it so."""
    large = len(plan.district.schools) > AT_ONCE
    if large and not st.toggle("Work this out (seconds to a minute for a district of this size)", key="choice-on"):
        return
    try:
        table, left = _choice(plan.certificate.district_digest, plan.scenario.digest, plan)
    except EquityAllocError as error:
        st.markdown(plain(str(error)))
        return
    if table is not None:
        st.markdown(plain(_verdict(table)))
        _show_table(table)
    goal = next(plan.scenario.objective.stages(plan.view))
    if left is not None and isinstance(goal, RaiseEquivalent | RaiseLowest | LowerDistance):
        _show_freedom(plan, left)


@st.cache_resource(max_entries=32, show_spinner="Judging each setting's plan by every other ...")
def _choice(district_digest: str, scenario_digest: str, _plan: Plan) -> tuple[RegretTable | None, Freedom | None]:
    return regret_table(_plan.district, _plan.scenario), freedom(_plan.district, _plan.scenario)


def _verdict(table: RegretTable) -> str:
    if not table.matters:
        words = "No: every aversion above zero gives the same levels."
        if not table.couplings:
            words += (
                " No rule here ties schools to each other, so money only flows through funds under floors and caps."
            )
        return f"{words} Need weights, which funds count, and the rules decide."
    worst = f"Yes: the wrong setting can forgo up to {print_close(table.largest, table.unit)} {_per(table.unit)}."
    if table.culprit is not None:
        without = print_close(table.culprit.regret_without, table.unit)
        return (
            f"{worst} The rule that makes the settings differ: {table.culprit.title} (rule {table.culprit.number}); "
            f"without it they would differ by {without} at most."
        )
    if table.schools_share_units:
        return f"{worst} Student groups share schools, so no dollar can be given to one group alone; no rule is needed for that."
    return worst


def _per(unit: str) -> str:
    return unit.removeprefix("dollars ") if unit.startswith("dollars") else "of target"


def _show_table(table: RegretTable) -> None:
    names = [dial_card(setting).name for setting in table.settings]
    columns = [TableColumn("The plan of", Show.TEXT, tuple(names))]
    for j, name in enumerate(names):
        cells = tuple(print_close(row[j], table.unit) for row in table.regret)
        columns.append(TableColumn(name, Show.TEXT, cells, f"Judged by: {dial_card(table.settings[j]).field_name}"))
    columns.append(
        TableColumn("Field's name", Show.TEXT, tuple(dial_card(s).field_name for s in table.settings), width=320)
    )
    show_table(
        columns,
        alt=f"What each setting's plan forgoes by the judgment of every other, {table.unit}.",
        key="equity-regret",
        pinned=1,
    )
    st.caption(
        f"Each row is a plan, each column a judge: what the plan forgoes of the best equal level that is worth as much, "
        f"{table.unit}; at lowest first, of the lowest level. Dollars and fractional posts, before moves are saved and posts "
        "rounded. Most in total leaves open who gets the money; shown with the fewest moves."
    )


def _show_freedom(plan: Plan, left: Freedom) -> None:
    if left.is_unique:
        st.markdown(
            "The goal alone fixes the core dollars of every school that takes part: no other levels are as good. Which posts "
            "they buy is settled by the fewest moves, then by least cost, then by a tie-break on codes."
        )
        return
    st.markdown(
        f"The goal leaves the core dollars of {len(left.ranges)} of {left.n_schools} schools open: each could lie anywhere "
        "between these ends at no loss to the goal. The fewest moves decide."
    )
    labels = {school.code: school.label for school in plan.district.schools}
    columns = (
        TableColumn("School", Show.TEXT, tuple(labels[each.school] for each in left.ranges)),
        TableColumn("At least", Show.DOLLARS, tuple(each.least / 100 for each in left.ranges)),
        TableColumn("At most", Show.DOLLARS, tuple(each.most / 100 for each in left.ranges)),
        TableColumn("Open", Show.DOLLARS, tuple((each.most - each.least) / 100 for each in left.ranges)),
    )
    show_table(columns, alt="Schools whose core dollars the goal leaves open.", key="equity-open", pinned=1)
