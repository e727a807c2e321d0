"""The district as understood, table by table."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.district import ALL, District, Fund, GroupUse
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.rules.fund_sharing import LAST_YEAR
from equity_alloc.rules.title1_shares import TITLE_ONE
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_schools(district: District) -> None:
    """Show schools with their pupils; unknown counts stay blank."""
    schools = district.schools
    columns = [
        TableColumn("School", Show.TEXT, tuple(school.name for school in schools)),
        TableColumn(
            "Pupils", Show.COUNT, tuple(school.enrollment for school in schools), "Projected for the plan year"
        ),
        TableColumn("Pupils last year", Show.COUNT, tuple(school.enrollment_last_year for school in schools)),
    ]
    if any(school.target is not None for school in schools):
        targets = tuple(None if school.target is None else school.target / 100 for school in schools)
        columns.append(TableColumn("Target", Show.DOLLARS, targets, "Adequacy target, dollars"))
    for group in district.groups:
        counts = tuple(school.group(group.code) for school in schools)
        title = group.title if group.use is GroupUse.NEED else f"{group.title} (audit only)"
        columns.append(TableColumn(title, Show.COUNT, counts, "Pupils; blank is unknown"))
    columns += [
        TableColumn("Kind", Show.TEXT, tuple(school.kind for school in schools)),
        TableColumn("Code", Show.TEXT, tuple(school.code for school in schools)),
    ]
    note = f"Pupils, plan year {district.year}, {count_words(len(schools), 'school')}. Blank is unknown, zero is zero."
    show_table(columns, alt=f"Schools. {note}", key="district-schools", pinned=1)
    st.caption(note)


def show_groups(district: District) -> None:
    """Show student groups with what their counts may be used for."""
    if not district.groups:
        st.markdown("No student groups are counted here.")
        return
    counts = {g.code: [school.group(g.code) for school in district.schools] for g in district.groups}
    columns = (
        TableColumn("Group", Show.TEXT, tuple(group.title for group in district.groups)),
        TableColumn("Used as", Show.TEXT, tuple(group.use.value for group in district.groups)),
        TableColumn("Pupils", Show.COUNT, tuple(sum(c or 0 for c in counts[g.code]) for g in district.groups)),
        TableColumn("Schools without a count", Show.COUNT, tuple(counts[g.code].count(None) for g in district.groups)),
    )
    show_table(columns, alt=f"Student groups and what their counts may be used for, {district.year}", key="groups")
    st.caption("Groups overlap. A group for audit only can be looked at, and never drives an allocation.")


def show_positions(district: District) -> None:
    """Show job classes with last year's posts."""
    today, positions = district.today, district.positions
    if not positions:
        st.markdown("No position is known here: nothing is said of posts.")
        return
    columns = (
        TableColumn("Position", Show.TEXT, tuple(position.title for position in positions)),
        TableColumn("Code", Show.TEXT, tuple(position.code for position in positions)),
        TableColumn("FTE last year", Show.FTE, tuple(today.position_fte(p.code) / 100 for p in positions)),
        TableColumn("One post", Show.DOLLARS, tuple(p.cost / 100 for p in positions), "Average salary and benefits"),
        TableColumn("Step", Show.FTE, tuple(p.step / 100 for p in positions), "Posts come in multiples of this, FTE"),
        TableColumn("Smallest post", Show.FTE, tuple(p.smallest / 100 for p in positions), "FTE"),
    )
    note = f"FTE and dollars, {count_words(len(positions), 'position')}. Cost is the district average of the plan year {district.year}."
    show_table(columns, alt=f"Positions. {note}", key="positions")
    st.caption(note)


def show_funds(district: District) -> None:
    """Show funds with what each may pay for."""
    funds = district.funds
    columns = (
        TableColumn("Fund", Show.TEXT, tuple(fund.title for fund in funds)),
        TableColumn("Code", Show.TEXT, tuple(fund.code for fund in funds)),
        TableColumn("Appropriation", Show.DOLLARS, tuple(fund.amount / 100 for fund in funds)),
        TableColumn("Central", Show.DOLLARS, tuple(district.central_of(fund.code) / 100 for fund in funds)),
        TableColumn("Kind", Show.TEXT, tuple("core" if fund.counts else "supplemental" for fund in funds)),
        TableColumn("Shared out", Show.TEXT, tuple(_sharing(district, fund) for fund in funds)),
        TableColumn("Schools", Show.TEXT, tuple(_list(fund.schools) for fund in funds)),
        TableColumn("Positions", Show.TEXT, tuple(_list(fund.positions) for fund in funds)),
        TableColumn("Lines", Show.TEXT, tuple(_list(fund.lines) for fund in funds)),
    )
    show_table(
        columns,
        alt=f"Funds, dollars, plan year {district.year}, {count_words(len(funds), 'fund')}",
        key="district-funds",
        pinned=1,
    )
    st.caption(f"Dollars, plan year {district.year}, {count_words(len(funds), 'fund')}.")


def show_central(district: District) -> None:
    """Show what is budgeted centrally."""
    rows = district.central
    if not rows:
        st.markdown("Nothing is budgeted centrally.")
        return
    columns = (
        TableColumn("Line", Show.TEXT, tuple(row.line for row in rows)),
        TableColumn("Fund", Show.TEXT, tuple(district.fund_of[row.fund].title for row in rows)),
        TableColumn("Dollars", Show.DOLLARS, tuple(row.amount / 100 for row in rows)),
    )
    show_table(columns, alt=f"Budgeted centrally, dollars, plan year {district.year}", key="central")
    total = print_dollars(sum(row.amount for row in rows))
    st.caption(
        plain(
            f"In all {total}, plan year {district.year}. Central money is a place of its own and never smeared over schools."
        )
    )


def show_last_year(district: District) -> None:
    """Show what each school had last year, at this year's prices."""
    today = district.today
    fte = {school.code: 0 for school in district.schools}
    for (code, _), value in today.fte:
        fte[code] += value
    schools = district.schools
    staff = {school.code: 0 for school in schools}
    for (code, _, _), cents in today.pay:
        staff[code] += cents
    columns = (
        TableColumn("School", Show.TEXT, tuple(school.name for school in schools)),
        TableColumn("Code", Show.TEXT, tuple(school.code for school in schools)),
        *(
            (
                TableColumn("FTE", Show.FTE, tuple(fte[school.code] / 100 for school in schools)),
                TableColumn("Posts, dollars", Show.DOLLARS, tuple(staff[school.code] / 100 for school in schools)),
            )
            if district.positions
            else ()
        ),
        TableColumn(
            "Lines, dollars",
            Show.DOLLARS,
            tuple((today.school_dollars(s.code) - staff[s.code]) / 100 for s in schools),
            "Supplies, services and other non-staff spending",
        ),
        TableColumn("All, dollars", Show.DOLLARS, tuple(today.school_dollars(s.code) / 100 for s in schools)),
    )
    what = (
        f"FTE and dollars of last year, posts priced at the average cost of {district.year}"
        if district.positions
        else "Dollars of last year"
    )
    note = f"{what}, {count_words(len(schools), 'school')}, {print_dollars(today.total)} in all."
    show_table(columns, alt=f"Last year by school. {note}", key="last-year", pinned=1)
    st.caption(plain(note))


def _sharing(district: District, fund: Fund) -> str:
    if not fund.shared_by:
        return "the plan decides"
    if fund.shared_by == TITLE_ONE:
        return "by Title I ranking"
    return "as last year" if fund.shared_by == LAST_YEAR else f"by {district.group_of[fund.shared_by].title}"


def _list(codes: tuple[str, ...]) -> str:
    return "all" if codes == ALL else ", ".join(codes) or "none"
