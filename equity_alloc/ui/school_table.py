"""School by school, today beside the proposal; and who gains and who gives up, by name."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn, level_show
from equity_alloc.planning.baseline import knows_posts
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.reason_words import reason_sentence
from equity_alloc.planning.summary import SchoolRow
from equity_alloc.ui.cached import Summary
from equity_alloc.ui.numbers import change_words, print_fte_change
from equity_alloc.ui.plan_figures import as_money
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_schools(plan: Plan, summary: Summary, group: str) -> None:
    """Show the table of all schools, with its total line.

    Parameters
    ----------
    plan : Plan
    summary : Summary
    group : str
        Title of the student group that need share is measured by; "" where there is none.
    """
    rows, sums, unit = summary.rows, summary.totals, plan.view.levels.unit
    today, proposal = sums.counted_today + sums.other_today, sums.counted_plan + sums.other_plan
    has_posts = knows_posts(plan)
    posts = (
        f"; {print_fte(sums.fte_today)} FTE last year, {print_fte(sums.fte_plan)} in the proposal "
        f"({print_fte_change(sums.fte_plan - sums.fte_today)})."
        if has_posts
        else ". Posts are not known here."
    )
    st.markdown(
        plain(
            f"All {count_words(len(rows), 'school')}, with supplemental money: {print_dollars(today)} last year, {print_dollars(proposal)} in the proposal "
            f"({as_money(plan, proposal - today)}){posts}"
        )
    )
    share = level_show(unit)
    columns = (
        _column("School", Show.TEXT, [row.name for row in rows]),
        _column("Core $ change", Show.CHANGE, [row.counted_change / 100 for row in rows], "Core money"),
        _column("Change", Show.SHARE, [_share(row) for row in rows], "Core money, as a share of last year"),
        _column("Level last year", share, [row.level_today for row in rows], f"Core {unit}"),
        _column("Level, plan", share, [row.level_plan for row in rows], f"Core {unit}"),
        _column("All $ change", Show.CHANGE, [row.change / 100 for row in rows], "All funds"),
        *(
            (_column("FTE change", Show.FTE_CHANGE, [row.fte_change / 100 for row in rows], "All funds"),)
            if has_posts
            else ()
        ),
    )
    note = f"{'Dollars and FTE' if has_posts else 'Dollars'}, plan year {plan.district.year}, {count_words(len(rows), 'school')}. Rounded figures may not add up."
    with st.expander("Table: school by school, with levels and all funds", icon=":material/table:"):
        show_table(columns, alt=f"School by school, proposal minus last year. {note}", key="schools", pinned=1)
        st.caption(plain(f"Level: core {unit}. {note} Click a heading to sort."))
    with st.expander("Table: every figure of every school, and why", icon=":material/table:"):
        show_table(
            _all_columns(plan, summary, group), alt=f"Every figure by school. {note}", key="schools-all", pinned=1
        )


def _all_columns(plan: Plan, summary: Summary, group: str) -> tuple[TableColumn, ...]:
    rows, unit = summary.rows, plan.view.levels.unit
    return (
        _column("School", Show.TEXT, [row.name for row in rows]),
        _column("Code", Show.TEXT, [row.code for row in rows]),
        _column("Kind", Show.TEXT, [row.kind for row in rows]),
        _column("Pupils", Show.COUNT, [row.enrollment for row in rows], "Enrollment projected for the plan year"),
        _column("Need share", Show.SHARE, [row.need_share for row in rows], f"Share of pupils: {group}"),
        _column("Outcome", Show.TEXT, [change_words(row.counted_change) for row in rows], "By core dollars"),
        _column("Core $ last year", Show.DOLLARS, [row.counted_today / 100 for row in rows]),
        _column("Core $ proposal", Show.DOLLARS, [row.counted_plan / 100 for row in rows]),
        _column("Supplemental $ last year", Show.DOLLARS, [row.other_today / 100 for row in rows]),
        _column("Supplemental $ proposal", Show.DOLLARS, [row.other_plan / 100 for row in rows]),
        _column("All $ last year", Show.DOLLARS, [row.total_today / 100 for row in rows]),
        _column("All $ proposal", Show.DOLLARS, [row.total_plan / 100 for row in rows]),
        _column("Level last year", level_show(unit), [row.level_today for row in rows], f"Core {unit}"),
        _column("Level proposal", level_show(unit), [row.level_plan for row in rows], f"Core {unit}"),
        *(
            (
                _column("FTE last year", Show.FTE, [row.fte_today / 100 for row in rows]),
                _column("FTE proposal", Show.FTE, [row.fte_plan / 100 for row in rows]),
            )
            if knows_posts(plan)
            else ()
        ),
        _column("Why", Show.TEXT, [reason_sentence(plan, reason) for reason in summary.reasons], width=900),
    )


def show_gains(rows: Sequence[SchoolRow]) -> None:
    """Name the schools that gain and those that give up, largest change first."""
    gaining = sorted((row for row in rows if row.counted_change > 0), key=lambda row: -row.counted_change)
    giving = sorted((row for row in rows if row.counted_change < 0), key=lambda row: row.counted_change)
    unchanged = len(rows) - len(gaining) - len(giving)
    has_posts = any(row.fte_today or row.fte_plan for row in rows)
    posts = " FTE is what a school gets less what it gives up, of all posts." if has_posts else ""
    columns = st.columns(2, gap="medium")
    for place, title, members in ((0, "Gains", gaining), (1, "Gives up", giving)):
        with columns[place]:
            st.subheader(f"{title}: {len(members)}", anchor=False)
            _show_changes(members, title, has_posts=has_posts)
    keep = f" {_kept(unchanged)}" if unchanged else ""
    st.caption(
        f"Core money, proposal minus last year.{keep} Supplemental money follows its own rules and is not part of this.{posts}"
    )


def _kept(unchanged: int) -> str:
    """Return how many schools keep what they have."""
    does = "keeps exactly what it has" if unchanged == 1 else "keep exactly what they have"
    return f"{count_words(unchanged, 'school')} {does}."


def _show_changes(rows: Sequence[SchoolRow], title: str, *, has_posts: bool) -> None:
    if not rows:
        st.markdown("No school.")
        return
    columns = (
        _column("School", Show.TEXT, [row.name for row in rows]),
        _column("Core $", Show.CHANGE, [row.counted_change / 100 for row in rows], "Core money"),
        _column("Change", Show.SHARE, [_share(row) for row in rows], "As a share of last year"),
        *(
            (_column("FTE", Show.FTE_CHANGE, [row.fte_change / 100 for row in rows], "Posts of all funds"),)
            if has_posts
            else ()
        ),
    )
    alt = f"{title}: {count_words(len(rows), 'school')} with the change of core dollars"
    show_table(columns, alt=alt, key=f"changes-{title}", pinned=1)


def _share(row: SchoolRow) -> float | None:
    return row.counted_change / row.counted_today if row.counted_today else None


def _column(
    title: str, show: Show, cells: Sequence[str | int | float | None], help_text: str = "", *, width: int | None = None
) -> TableColumn:
    return TableColumn(title, show, tuple(cells), help_text, width)
