"""Lenses side by side on screen: what each would choose, what it forgoes by the others, and the compromise."""

from __future__ import annotations

import streamlit as st

from equity_alloc.decisions.lens import Lens
from equity_alloc.decisions.look import Look, all_lenses
from equity_alloc.decisions.options import COMPROMISE, lens_scenarios
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.forgone_words import forgone_words
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.cached_decisions import look_of
from equity_alloc.ui.goals_view import NO_MATTER
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

THIS_PLAN, LAST_YEAR = "This plan", "Last year"


def show_lenses(session: Session, plan: Plan) -> None:
    """Show the table of what plans forgo by each lens, the lenses themselves, and a way to take a lens's plan."""
    found = look_of(plan)
    if found is None:
        st.markdown("No lens has anything to gain here: every plan under these rules is as good as last year.")
    else:
        st.markdown(plain(_words(plan, found)))
        _show_table(plan, found)
        _show_taking(session, plan, found)
    st.subheader("What each lens asks, and what it overlooks", anchor=False)
    left = dict(found.left_out) if found else {}
    for lens in all_lenses():
        _show_lens(lens, plan, left.get(lens.name, ""))


def _words(plan: Plan, found: Look) -> str:
    forgone = found.regrets_of(plan.view, plan.allocation)
    worst = int(forgone.argmax())
    like = found.behaves_like(plan.view, plan.allocation)
    told = f"Whatever it is called, this plan behaves most like '{like}'."
    if float(forgone[worst]) < NO_MATTER:
        return f"{told} By no lens does it forgo anything that could be gained under these rules."
    told += f" It forgoes most by '{found.names[worst]}': {forgone_words(float(forgone[worst]))}."
    return (
        f"{told} Of the lenses' own plans the best forgoes, by another lens, at most {forgone_words(found.least_worst)}; the "
        f"compromise, by any, at most {forgone_words(found.between.worst)}."
    )


def _show_table(plan: Plan, found: Look) -> None:
    rows = {
        THIS_PLAN: found.regrets_of(plan.view, plan.allocation).tolist(),
        LAST_YEAR: found.regrets_of(plan.view, plan.view.district.today).tolist(),
        COMPROMISE: found.between.regrets.tolist(),
        **{goal.name: found.goals.regret[n].tolist() for n, goal in enumerate(found.goals.goals)},
    }
    regrets = [[max(0.0, each) for each in row] for row in rows.values()]
    columns = [TableColumn("The plan of", Show.TEXT, tuple(rows), width=240)]
    columns.append(
        TableColumn("Worst", Show.SHARE, tuple(max(row) for row in regrets), "The most that it forgoes by any lens.")
    )
    for j, name in enumerate(found.names):
        columns.append(TableColumn(name, Show.SHARE, tuple(row[j] for row in regrets), f"Judged by: {name}"))
    show_table(columns, alt="What each lens's plan forgoes by every other lens, percent.", key="lenses", pinned=1)
    st.caption(
        "Each row is a plan, each column a judge: the part of the gain over last year that the plan forgoes, in percent; above 100 % it is worse "
        "than last year by that judge. Lenses and compromise in dollars and fractions of posts; this plan and last year in whole posts, last year "
        "even where it breaks a rule. A table shows what a choice costs; it does not choose."
    )


def _show_taking(session: Session, plan: Plan, found: Look) -> None:
    scenarios = lens_scenarios(plan.scenario, found)
    chosen = st.selectbox("Take the plan of a lens", list(scenarios), key=f"lens-pick-{session.revision}")
    if chosen in scenarios:
        st.button(
            "Load this plan",
            key="lens-load",
            on_click=session.choose,
            args=(scenarios[chosen],),
            disabled=scenarios[chosen].objective == session.scenario.objective,
            help="Its goal becomes your scenario's, on every page, in whole posts and certified; Undo last change goes back.",
        )


def _show_lens(lens: Lens, plan: Plan, left_out: str) -> None:
    with st.expander(f"**{lens.name}**: {lens.asks}"):
        if lens.tells is not None:
            st.markdown(plain(_told(lens.code, plan.digest, lens, plan)))
        elif left_out:
            st.markdown(plain(f"Not among the judges here. {left_out}"))
        else:
            st.markdown("Computed: it is one of the judges in the table above.")
        st.markdown(f"**What it overlooks.** {plain(lens.overlooks)}")
        st.caption(plain(f"In the literature: {lens.field_name}. {lens.source}."))


@st.cache_resource(max_entries=64, show_spinner="Asking what the rules do ...")
def _told(code: str, plan_digest: str, _lens: Lens, _plan: Plan) -> str:
    return "" if _lens.tells is None else _lens.tells(_plan)
