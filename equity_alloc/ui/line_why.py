"""Why each position and line of a school is what it is, on screen: what rules allow, where it stands, what that costs."""

from __future__ import annotations

import streamlit as st

from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.line_reason import End, LineReason, amount_words, formula_part, line_reasons, stands_words
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.unit_words import beside_line, without_rule_words
from equity_alloc.scenario_words import formula_words
from equity_alloc.ui.fairness_view import rule_prices_of
from equity_alloc.ui.page_list import link
from equity_alloc.ui.price_view import unit_prices_of
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_line_reasons(plan: Plan, school: str) -> None:
    """Show, once it is opened, each position's ends, why it stands where it stands, and the price of the rule there."""
    title = "Why each position and line is what it is"
    with st.expander(title, key=f"why-open-{school}", on_change="rerun") as opened:
        # Prices of rules take a second, so they are worked out once somebody asks.
        if opened.open:
            _show_lines(plan, school, line_reasons(plan, school))
            _show_formula(plan, school)


def _show_lines(plan: Plan, school: str, reasons: tuple[LineReason, ...]) -> None:
    if not reasons:
        st.markdown("This school has no positions and lines, last year or in the proposal.")
        return
    columns = (
        TableColumn("Position or line", Show.TEXT, tuple(reason.change.title for reason in reasons), width=170),
        TableColumn("At least", Show.TEXT, tuple(_end(reason, reason.least) for reason in reasons)),
        TableColumn(
            "Proposal", Show.TEXT, tuple(amount_words(reason.change, reason.change.plan) for reason in reasons)
        ),
        TableColumn("At most", Show.TEXT, tuple(_end(reason, reason.most) for reason in reasons)),
        TableColumn("Why", Show.TEXT, tuple(stands_words(plan, reason) for reason in reasons), width=520),
        TableColumn(
            "What one step of that rule does",
            Show.TEXT,
            tuple(_price(plan, reason) for reason in reasons),
            "From the best levels in dollars and fractions of posts.",
            width=520,
        ),
    )
    name = plan.district.school_of[school].name
    show_table(columns, alt=f"What rules allow for each position and line of {name}.", key=f"why-{school}", pinned=1)
    st.caption(
        "Least and most are what rules say of the position or line alone, on its own steps. What a step does is read from the best "
        f"levels in dollars and fractions of posts, {plain(plan.view.levels.unit)}."
    )
    link("tradeoffs", "What one step of each rule would buy, for whom, and how far that holds")


def _show_formula(plan: Plan, school: str) -> None:
    """Show the arithmetic of the district's formula for the school, where the scenario has one."""
    lines = formula_part(plan, school)
    if lines:
        st.markdown(plain(f"What the formula gives, step by step. {formula_words(plan.scenario, plan.district)[0]}"))
        st.code("\n".join(lines), language=None, wrap_lines=True)


def _price(plan: Plan, reason: LineReason) -> str:
    key = (plan.certificate.district_digest, plan.scenario.digest)
    school, told = reason.change.school, []
    for number in reason.named_rules:
        words = beside_line(plan.scenario, unit_prices_of(*key, plan), number, school)
        told.append((number, words or without_rule_words(plan.scenario, rule_prices_of(*key, plan), number, school)))
    return ". ".join(f"Rule {number}: {words}" for number, words in told if words)


def _end(reason: LineReason, end: End | None) -> str:
    return "no rule" if end is None else f"{amount_words(reason.change, end.amount)} (rule {end.rule})"
