"""Where student groups stand, and how much of the spread lies between kinds of schools."""

from __future__ import annotations

import math

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn, level_show
from equity_alloc.measures.theil_t import MEASURE as THEIL_T
from equity_alloc.planning.by_group import group_rows, split_by_kind
from equity_alloc.planning.opportunity import opportunity_rows
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

PER_100 = "Full-time posts per 100 pupils at the group's schools"


def show_groups(plan: Plan, *, note: str) -> None:
    """Show each student group beside everybody outside it, today and in the proposal."""
    rows, left_out = group_rows(plan)
    if rows:
        unit = level_show(plan.view.levels.unit)
        gaps = tuple(
            tuple(None if math.isnan(other) else own - other for own, other in pairs)
            for pairs in (
                [(row.level_today, row.others_today) for row in rows],
                [(row.level_plan, row.others_plan) for row in rows],
            )
        )
        change, gap = (Show.CHANGE, "$ gap") if unit is Show.DOLLARS else (unit, "Gap")
        against = "The group's level less that of everybody outside it"
        show_table(
            (
                TableColumn(
                    "Group",
                    Show.TEXT,
                    tuple(f"{row.title} (audit only)" if row.is_audit_only else row.title for row in rows),
                ),
                TableColumn("Pupils", Show.COUNT, tuple(row.pupils for row in rows)),
                TableColumn("Level, last year", unit, tuple(row.level_today for row in rows), plan.view.levels.unit),
                TableColumn("Level, proposal", unit, tuple(row.level_plan for row in rows), plan.view.levels.unit),
                TableColumn(f"{gap}, last year", change, gaps[0], against),
                TableColumn(f"{gap}, proposal", change, gaps[1], against),
                TableColumn("Posts, last year", Show.FTE, tuple(row.posts_today for row in rows), PER_100),
                TableColumn("Posts, proposal", Show.FTE, tuple(row.posts_plan for row in rows), PER_100),
            ),
            alt=f"Levels, gaps and posts by student group, last year and proposal. {note}",
            key="equity-groups",
            pinned=1,
        )
        st.caption(
            "A group stands where the schools of its pupils stand, on average over its pupils; posts are per 100 "
            "pupils there. Pupils of one school count alike, so every gap here lies between schools; inside a school nothing is known."
        )
    if left_out:
        st.markdown(f"Not shown, because a count is unknown or nobody belongs to it: {plain(', '.join(left_out))}.")


def show_opportunity(plan: Plan, *, group: str) -> None:
    """Show posts per 100 pupils by position, at the schools of least and of most need."""
    rows = opportunity_rows(plan)
    if not rows:
        st.markdown("Posts by need cannot be told: no posts, or no need, are known here.")
        return
    columns = (
        TableColumn("Position", Show.TEXT, tuple(row.title for row in rows), width=190),
        TableColumn(
            "Least, last year", Show.NUMBER, tuple(row.least_today for row in rows), "At the schools of least need"
        ),
        TableColumn(
            "Most, last year", Show.NUMBER, tuple(row.most_today for row in rows), "At the schools of most need"
        ),
        TableColumn("Gap, last year", Show.NUMBER, tuple(row.gap_today for row in rows), "Most need less least need"),
        TableColumn("Least, proposal", Show.NUMBER, tuple(row.least_plan for row in rows)),
        TableColumn("Most, proposal", Show.NUMBER, tuple(row.most_plan for row in rows)),
        TableColumn("Gap, proposal", Show.NUMBER, tuple(row.gap_plan for row in rows), "Most need less least need"),
    )
    show_table(
        columns,
        alt=f"Full-time posts per 100 pupils by position, at the schools of least and of most need, {count_words(len(rows), 'position')}.",
        key="equity-opportunity",
        pinned=1,
    )
    st.caption(
        f"Full-time posts per 100 pupils, all funds, {plan.district.year}: the fifth of pupils at the schools with the lowest "
        f"share of {plain(group)}, and the fifth at those with the highest. Above zero, need has more. A class of posts, "
        "not how experienced who fills them is."
    )


def show_split(plan: Plan) -> None:
    """Show Theil T between and within kinds of schools."""
    split = split_by_kind(plan)
    if split is None:
        return
    today, proposal = split
    told = THEIL_T.rounded
    columns = (
        TableColumn(
            "Theil T of levels",
            Show.TEXT,
            ("between kinds of schools", "within kinds of schools", "both together"),
        ),
        *(
            TableColumn(title, Show.TEXT, tuple(told(x) for x in (parts.between, parts.within, parts.total)))
            for title, parts in (("Last year", today), ("Proposal", proposal))
        ),
    )
    show_table(columns, alt="Theil T between and within kinds of schools, last year and proposal.", key="equity-split")
    st.caption(
        "The two parts add up. What lies between kinds is a matter of how kinds are funded; what lies within, of schools "
        "of one kind being treated apart. Lower is more equal."
    )
