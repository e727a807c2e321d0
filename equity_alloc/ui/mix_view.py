"""Each school against the district's average for its mix of pupils, on screen."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.mix import mix_rows
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_mix(plan: Plan, *, group: str) -> None:
    """Show the index of every school, the lowest first."""
    rows, unknown = mix_rows(plan)
    if not rows:
        st.markdown("There is no student group or no money to compare by, so no school's mix is known.")
        return
    columns = (
        TableColumn("School", Show.TEXT, tuple(f"{row.name} ({row.code})" for row in rows), width=230),
        TableColumn("Last year", Show.NUMBER, tuple(row.today for row in rows), "Against last year's district average"),
        TableColumn("Proposal", Show.NUMBER, tuple(row.plan for row in rows), "Against the proposal's own average"),
        TableColumn("Has", Show.DOLLARS, tuple(row.has for row in rows), "Counted dollars per pupil, proposal"),
        TableColumn("Its mix has", Show.DOLLARS, tuple(row.expected for row in rows), "District average for its mix"),
        TableColumn("In need", Show.SHARE, tuple(row.need_share for row in rows), f"Share of {group}"),
    )
    low, high = rows[0], rows[-1]
    show_table(
        columns,
        alt=(
            f"Index of {len(rows)} schools against the district's average for their mix, lowest first: {low.name} "
            f"{low.plan:.3f}, {high.name} {high.plan:.3f}."
        ),
        key="equity-mix",
        pinned=1,
    )
    st.caption(
        f"Counted dollars per pupil, {plan.district.year}, {count_words(len(rows), 'school')}. 1 means that a school has what the district "
        f"spends on average on pupils like its own; 0.9 is a tenth less. Two kinds of pupils are told apart: {plain(group)}, "
        "and all others. No weight is assumed, so the index shows what the district does, not what would be right; small "
        "schools stand above 1 for their size alone."
    )
    if unknown:
        st.markdown(f"Not shown, because the count is unknown: {plain(', '.join(unknown))}.")
