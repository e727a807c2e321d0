"""The head of the page Formula: what the formula gives in all, beside last year, and what the plan makes of it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.formulas.use import Use
from equity_alloc.ui.effect import show_effect, show_steps_back
from equity_alloc.ui.formula_amounts import amounts_in
from equity_alloc.ui.formula_changes import take_use
from equity_alloc.ui.formula_meanings import show_meanings, unknown_positions
from equity_alloc.ui.formula_work import FormulaWork
from equity_alloc.ui.numbers import print_change, print_fte_change
from equity_alloc.ui.page_list import link
from equity_alloc.ui.problem_table import count_line, show_findings
from equity_alloc.ui.result_gate import plan_or_none
from equity_alloc.ui.session import Session, Typed, field_value
from equity_alloc.ui.setting_input import field_key, show_typed_error
from equity_alloc.ui.words import plain

_FIELD = "formula-use"
_NOTHING = "Nothing"
_WORDS = {
    _NOTHING: "The formula is only looked at; the plan does not know it.",
    Use.TARGET.value: "Each school's level is its core dollars as a share of what the formula gives it.",
    Use.FLOOR.value: "Each school has at least the core dollars and the posts that the formula gives it.",
    Use.FIXED.value: "Each school has exactly the core dollars and the posts that the formula gives it.",
}


def show_numbers(work: FormulaWork) -> None:
    """Show the numbers that a finance officer asks for first, and what was noticed."""
    formula, count = work.result.formula, len(work.schools)
    st.header(plain(work.title), anchor=False)
    about = [formula.year] if formula.year else []
    about += [count_words(len(formula.components), "component"), f"posts at {formula.basis.value} salaries"]
    st.caption(plain(f"{', '.join(about)}. {formula.note}"))
    with st.grid(min_column_width=225):
        if work.has_dollars:
            st.metric(
                "Dollars",
                "unknown" if work.dollars is None else print_dollars(work.dollars),
                _against(work.dollars, work.last_year, print_change),
                delta_color="off",
                help="All schools together, core dollars. "
                + (
                    "Posts that the formula does not price are added at the district's average."
                    if work.given is not None or not work.has_posts
                    else "Without what its posts cost: no plan can use it yet, for the reason below."
                ),
                border=True,
            )
        elif work.prices_posts:
            st.metric(
                "Cost of its posts",
                "unknown" if work.dollars is None else print_dollars(work.dollars),
                help="At the district's average. The formula says nothing of a school's other dollars, so last year is "
                "not held against it.",
                border=True,
            )
        if work.has_posts:
            st.metric(
                "Posts, FTE",
                "unknown" if work.fte is None else print_fte(work.fte),
                _against(work.fte, work.fte_last_year, print_fte_change),
                delta_color="off",
                help="Beside last year's posts of the same positions, whatever fund paid them.",
                border=True,
            )
        st.metric(
            "Schools known",
            f"{work.known} of {count}",
            None if work.known == count else "see Missing below",
            delta_color="off",
            delta_arrow="off",
            help="A count that is not there is unknown, never zero.",
            border=True,
        )
        st.metric(
            "Unverified defaults",
            str(sum(not each.amount.is_verified for each in amounts_in(formula))),
            help="Numbers of the formula that nobody has checked against their source. They are marked under Amounts.",
            border=True,
        )
    if work.findings:
        with st.expander(f"Noticed in this formula: {count_line(work.findings)}", icon=":material/info:"):
            show_findings(work.findings, key="formula-findings")


def show_use(session: Session, work: FormulaWork) -> None:
    """Show the choice of what the plan makes of the formula, and the plan that follows."""
    in_plan = session.scenario.formula
    now = in_plan.use.value if in_plan else _NOTHING
    options = list(_WORDS)
    key = field_key(session, _FIELD)
    st.radio(
        "What the plan makes of this formula",
        options,
        options.index(str(session.typed.get(_FIELD, Typed(now, "")).value)),
        horizontal=True,
        format_func=lambda option: option.capitalize(),
        key=key,
        on_change=_take,
        args=(session, key),
    )
    show_typed_error(session, _FIELD)
    st.caption(_WORDS[now])
    if work.why_not:
        st.warning(plain(work.why_not), title="No plan can use this formula yet", icon=":material/help:")
        if unknown_positions(work.result.formula, work.district):
            with st.expander("Say what its positions stand for here", icon=":material/translate:"):
                show_meanings(session, work.result.formula, work.district)
    if in_plan:
        show_effect(session, plan_or_none(session))
        link("plan", "See the whole plan")
    show_steps_back(session)


def _take(session: Session, key: str) -> None:
    chosen = str(field_value(key))
    take_use(session, None if chosen == _NOTHING else Use(chosen))


def _against(now: int | None, before: int | None, print_difference: Callable[[int], str]) -> str | None:
    if now is None or before is None:
        return None
    return f"{print_difference(now - before)} from last year"
