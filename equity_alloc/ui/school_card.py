"""One school: every position and line today and in the proposal, and who pays."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import PostChange, SchoolRow, post_changes
from equity_alloc.ui.cached import Summary
from equity_alloc.ui.numbers import change_words, print_change, print_fte_change, print_level, print_share
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_school_picker(plan: Plan, summary: Summary) -> None:
    """Let a visitor choose a school and show what it has and would get."""
    rows = {row.code: row for row in summary.rows}
    code = st.selectbox(
        "School",
        list(rows),
        format_func=lambda each: f"{rows[each].name} ({each})",
        key="school-picker",
        persist_state="session",
    )
    if code not in rows:
        return
    row = rows[code]
    st.markdown(plain(_sentence(row, plan.view.levels.unit)))
    changes = post_changes(plan, code)
    columns = (
        TableColumn("Position or line", Show.TEXT, tuple(change.title for change in changes)),
        TableColumn("Today", Show.TEXT, tuple(_amount(change.today, change) for change in changes)),
        TableColumn("Proposal", Show.TEXT, tuple(_amount(change.plan, change) for change in changes)),
        TableColumn("Change", Show.TEXT, tuple(_change(change) for change in changes)),
        TableColumn("Paid in the proposal by", Show.TEXT, tuple(_payers(plan, change) for change in changes)),
    )
    show_table(columns, alt=f"Positions and lines of {row.name}, today and proposal", key=f"school-{code}", pinned=1)
    st.caption(f"FTE and dollars, plan year {plan.district.year}. Posts are priced at the district's average cost.")
    _show_limits(plan, row)


def _sentence(row: SchoolRow, unit: str) -> str:
    level = "" if row.level_plan is None or row.level_today is None else (
        f" Its level goes from {print_level(row.level_today, unit)} to {print_level(row.level_plan, unit)} "
        f"{unit.removeprefix('dollars ')}."
    )  # fmt: skip
    need = "" if row.need_share is None else f", need share {print_share(row.need_share)}"
    moved = "keeps its counted dollars" if not row.counted_change else (
        f"{change_words(row.counted_change)} {print_dollars(abs(row.counted_change))} of counted dollars"
    )  # fmt: skip
    return (
        f"{row.name} ({row.kind}, {row.enrollment:,} pupils{need}) {moved}; with money on top its dollars change by "
        f"{print_change(row.change)} and its posts by {print_fte_change(row.fte_change)} FTE.{level}"
    )


def _amount(value: int, change: PostChange) -> str:
    return f"{print_fte(value)} FTE" if change.is_position else print_dollars(value)


def _change(change: PostChange) -> str:
    difference = change.plan - change.today
    if not difference:
        return "unchanged"
    return f"{print_fte_change(difference)} FTE" if change.is_position else print_change(difference)


def _payers(plan: Plan, change: PostChange) -> str:
    table = plan.allocation.pay_of if change.is_position else plan.allocation.dollars_of
    titles = {fund.code: fund.title for fund in plan.view.district.funds}
    paid = [
        (titles[fund], cents) for (s, item, fund), cents in table.items() if (s, item) == (change.school, change.item)
    ]
    return "; ".join(f"{title} {print_dollars(cents)}" for title, cents in paid) or "nobody"


def _show_limits(plan: Plan, row: SchoolRow) -> None:
    limits = [
        f"- {plain(rule.title)} (rule {rule.number}, {rule.force.value}): {plain(', '.join(subjects))}"
        for rule in plan.certificate.rules
        if (subjects := [s for s in rule.binding if s == row.name or s.startswith(f"{row.name}: ")])
    ]
    if limits:
        with st.expander(f"Rules at their limit here: {len(limits)}"):
            st.markdown("\n".join(limits))
