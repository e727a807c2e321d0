"""The options of the decision on screen: last year, the plan, saved scenarios and lenses, side by side with their figures."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from equity_alloc.decisions.decision import FEWEST_OPTIONS
from equity_alloc.decisions.options import COMPROMISE, LAST_YEAR, last_year, lens_scenarios, option_of, print_worst
from equity_alloc.decisions.parts import Option
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.plan import Plan
from equity_alloc.scenario import Scenario
from equity_alloc.ui.cached_decisions import look_of
from equity_alloc.ui.decision_work import keep_desk, work_of
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Beside last year and the plan itself.
MOST_OTHERS = 6


def candidates(session: Session, plan: Plan) -> dict[str, Scenario]:
    """Return what can be laid beside last year and the plan, by name: saved scenarios, the district's own, and lenses."""
    found: dict[str, Scenario] = {}
    for scenario in (*session.saved, session.own):
        is_this = scenario.digest == plan.scenario.digest
        if not is_this and scenario.name not in (*found, plan.scenario.name, LAST_YEAR):
            found[scenario.name] = scenario
    look = look_of(plan)
    if look is not None:
        for name, scenario in lens_scenarios(plan.scenario, look).items():
            found.setdefault(name, scenario)
    return found


def chosen_names(session: Session, plan: Plan) -> tuple[str, ...]:
    """Return what is laid beside them: what somebody chose, else saved scenarios and the compromise."""
    names, chosen = list(candidates(session, plan)), work_of(session).desk.options
    if chosen is not None:
        return tuple(name for name in names if name in chosen)
    saved = [scenario.name for scenario in session.saved]
    return tuple(name for name in names if name in saved or name == COMPROMISE)[:MOST_OTHERS]


def beside(session: Session, plan: Plan) -> tuple[Scenario, ...]:
    """Return the scenarios that Decision record shows beside last year and a plan, for its documents."""
    found = candidates(session, plan)
    return tuple(found[name] for name in chosen_names(session, plan))


def show_choosing(session: Session, plan: Plan) -> None:
    """Let the visitor choose what is laid beside last year and the plan."""
    names, key = list(candidates(session, plan)), f"decision-options-{session.district_digest[:8]}-{session.revision}"
    st.multiselect(
        "Beside last year and the plan",
        names,
        list(chosen_names(session, plan)),
        key=key,
        max_selections=MOST_OTHERS,
        on_change=lambda: keep_desk(session, replace(work_of(session).desk, options=tuple(field_value(key) or ()))),
        help="Scenarios that are saved on Compare, and the plan of each lens of Hard choices.",
    )


def options_of(session: Session, plan: Plan, *, with_levels: bool) -> tuple[tuple[Option, ...], tuple[str, ...]]:
    """Return the options with their figures, and the names of those of which there is no plan.

    Parameters
    ----------
    session : Session
    plan : Plan
        The chosen one.
    with_levels : bool
        Whether the lowest level may be told.
    """
    look, found, none = look_of(plan), candidates(session, plan), []
    options = [
        last_year(plan, look=look, with_levels=with_levels),
        option_of(plan, plan.scenario.name, is_chosen=True, look=look, with_levels=with_levels),
    ]
    for name in chosen_names(session, plan):
        other = session.result_or_none(found[name])
        if not isinstance(other, Plan):
            none.append(name)
            continue
        # Lenses judge plans under the same rules, need weights and funds; any other scenario is not judged by them.
        same = replace(other.scenario, name="", note="", objective=plan.scenario.objective) == replace(
            plan.scenario, name="", note=""
        )
        options.append(
            option_of(other, name, is_chosen=False, look=look if same else None, with_levels=with_levels and same)
        )
    return tuple(options), tuple(none)


def show_options(options: tuple[Option, ...], none: tuple[str, ...]) -> None:
    """Show the options side by side."""
    columns = (
        TableColumn(
            "Option", Show.TEXT, tuple(f"{o.name} (chosen)" if o.is_chosen else o.name for o in options), width=220
        ),
        TableColumn(
            "Lowest school",
            Show.TEXT,
            tuple(option.lowest for option in options),
            "Its level; an asterisk where levels are other ones.",
        ),
        TableColumn(
            "Given up",
            Show.DOLLARS,
            tuple(option.given_up / 100 for option in options),
            "Core money that schools give up.",
        ),
        TableColumn("By schools", Show.COUNT, tuple(option.schools_giving_up for option in options)),
        TableColumn(
            "FTE moved", Show.FTE, tuple(option.moved / 100 for option in options), "Posts added and given up."
        ),
        TableColumn("Rules broken", Show.COUNT, tuple(option.rules_broken for option in options)),
        TableColumn(
            "Promises not kept",
            Show.COUNT,
            tuple(option.promises_broken for option in options),
            "Broken or dropped by a vote.",
        ),
        TableColumn(
            "Forgone at worst", Show.TEXT, tuple(print_worst(option.worst) for option in options), "By any lens."
        ),
    )
    show_table(columns, alt="The options of the decision side by side.", key="decision-options", pinned=1)
    if none:
        st.warning(plain(f"No plan exists for: {', '.join(none)}. It cannot be an option."), icon=":material/block:")
    missing = FEWEST_OPTIONS - len(options)
    if missing > 0:
        st.info(
            f"{missing} more option is needed: a decision between fewer than {FEWEST_OPTIONS} is none.",
            icon=":material/add:",
        )
