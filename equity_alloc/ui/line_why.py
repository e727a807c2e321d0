"""Why each position and line of a school is what it is, on screen: what rules allow, and where it stands."""

from __future__ import annotations

import streamlit as st

from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.line_reason import End, LineReason, amount_words, line_reasons, stands_words
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.page_list import link
from equity_alloc.ui.table import show_table


def show_line_reasons(plan: Plan, school: str) -> None:
    """Show the ends that rules set for each position and line, and why it stands where it stands."""
    reasons = line_reasons(plan, school)
    if not reasons:
        return
    with st.expander("Why each position and line is what it is"):
        columns = (
            TableColumn("Position or line", Show.TEXT, tuple(reason.change.title for reason in reasons), width=170),
            TableColumn("At least", Show.TEXT, tuple(_end(reason, reason.least) for reason in reasons)),
            TableColumn(
                "Proposal", Show.TEXT, tuple(amount_words(reason.change, reason.change.plan) for reason in reasons)
            ),
            TableColumn("At most", Show.TEXT, tuple(_end(reason, reason.most) for reason in reasons)),
            TableColumn("Why", Show.TEXT, tuple(stands_words(plan, reason) for reason in reasons), width=520),
        )
        name = plan.district.school_of[school].name
        show_table(
            columns, alt=f"What rules allow for each position and line of {name}.", key=f"why-{school}", pinned=1
        )
        st.caption("Least and most are what rules say of the position or line alone, on its own steps.")
        link("tradeoffs", "What one step of each rule would buy, and for whom")


def _end(reason: LineReason, end: End | None) -> str:
    return "no rule" if end is None else f"{amount_words(reason.change, end.amount)} (rule {end.rule})"
