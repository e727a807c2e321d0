"""Every goal's plan judged by every other goal, and the compromise between them, on screen."""

from __future__ import annotations

import dataclasses
from math import ceil, floor

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.objectives.agreed_dollars import AgreedDollars, agreed_text
from equity_alloc.planning.compromise import Compromise, compromise
from equity_alloc.planning.forgone_words import ALL
from equity_alloc.planning.frontier_plans import SEPARATOR
from equity_alloc.planning.goals import Goals, compare_goals
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.numbers import print_share
from equity_alloc.ui.page_list import link
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Above so many schools the answer takes long, so it is given on demand.
AT_ONCE = 150
#: A worst regret below this is none that anybody would act on.
NO_MATTER = 0.0005
#: Tenths of a percent that are the arithmetic's.
DIGITS = 0.01


def show_goals(session: Session, plan: Plan) -> None:
    """Show the table of regrets, the compromise, and a way to load each plan."""
    large = len(plan.district.schools) > AT_ONCE
    if large and not st.toggle("Work this out (up to minutes for a district of this size)", key="goals-on"):
        return
    try:
        goals, between = _goals(plan.certificate.district_digest, plan.scenario.digest, plan)
    except EquityAllocError as error:
        st.markdown(plain(str(error)))
        return
    if goals is None or between is None:
        st.markdown("No goal has anything to gain here: every plan under these rules is as good as last year.")
        return
    st.markdown(plain(goals_words(goals, between)))
    _show_table(goals, between)
    _show_choice(session, goals, between)
    link("equity", "Does the choice of aversion matter")


@st.cache_resource(max_entries=32, show_spinner="Making each goal's plan and judging it by every other ...")
def _goals(district_digest: str, scenario_digest: str, _plan: Plan) -> tuple[Goals | None, Compromise | None]:
    goals = compare_goals(_plan.view, _plan.scenario)
    return goals, None if goals is None else compromise(goals)


def goals_words(goals: Goals, between: Compromise) -> str:
    """Return what the choice between goals can cost, and what the compromise makes of it."""
    worst = goals.regret.max(1)
    least, most = int(worst.argmin()), int(worst.argmax())
    if worst[most] < NO_MATTER:
        return "Every goal gives the same levels here: need weights, which funds count, and the rules decide."
    words = (
        f"The plan of '{goals.goals[most].name}' forgoes up to {_up(float(worst[most]))} of what another goal would gain; "
        f"the plan of '{goals.goals[least].name}' no more than {_up(float(worst[least]))} by any goal's judgment."
    )
    if worst[least] < NO_MATTER:
        return f"{words} It is as good as the best by every goal, so no compromise is needed."
    return (
        f"{words} The compromise forgoes no more than {_up(between.worst)} by any of them; every plan, in whole posts or in "
        f"fractions, forgoes at least {_down(between.bound)} by one of them (re-checked in exact integers, without the solver)."
    )


def _up(share: float) -> str:
    """Print a share of which nothing is more, so that the claim holds as it is printed."""
    printed = print_share(ceil(share * 1000 - DIGITS) / 1000)
    return printed if share <= ALL else f"{printed} (above 100 %: worse than last year)"


def _down(share: float) -> str:
    """Print a share of which nothing is less."""
    return print_share(floor(share * 1000) / 1000)


def _show_table(goals: Goals, between: Compromise) -> None:
    names = [goal.name for goal in goals.goals]
    regrets = [*goals.regret.tolist(), between.regrets.tolist()]
    columns = [TableColumn("The plan of", Show.TEXT, (*names, "The compromise"), width=180)]
    columns.append(TableColumn("Worst", Show.SHARE, tuple(max(row) for row in regrets), "The largest of its regrets."))
    for j, name in enumerate(names):
        columns.append(TableColumn(name, Show.SHARE, tuple(row[j] for row in regrets), f"Judged by: {name}"))
    show_table(columns, alt="What each goal's plan forgoes of every other goal's gain, percent.", key="goals", pinned=1)
    st.caption(
        "Each row is a plan, each column a judge: the part of the gain over last year that the plan forgoes, in percent; above 100 % "
        "it is worse than last year by that judge. Dollars and fractional posts, before moves are saved and posts rounded. Goals that "
        "have nothing to gain here are left out; where last year is as good as any plan, the gain is that over the worst of these plans. A table shows what a choice costs; it does not choose."
    )


def _show_choice(session: Session, goals: Goals, between: Compromise) -> None:
    names = ["The compromise", *(goal.name for goal in goals.goals)]
    chosen = st.selectbox("Take the plan of", names, key=f"goals-pick-{session.revision}")
    objectives = [AgreedDollars(agreed_text(between.amounts(goals))), *(goal.objective for goal in goals.goals)]
    if chosen not in names:
        return
    objective = objectives[names.index(chosen)]
    name = f"{session.scenario.name.split(SEPARATOR)[0][:40]}{SEPARATOR}{chosen.lower()}"
    scenario = dataclasses.replace(session.scenario, name=name, objective=objective)
    st.button(
        "Load this plan",
        key="goals-load",
        icon=":material/task_alt:",
        on_click=session.choose,
        args=(scenario,),
        disabled=objective == session.scenario.objective,
        help="Its goal becomes your scenario's, on every page, in whole posts and certified; Undo last change goes back.",
    )
