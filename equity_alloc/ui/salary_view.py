"""Actual against average cost of posts on the page District."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from equity_alloc.domain.district import District, GroupUse
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.figures.salary_gap import TITLES, salary_gap
from equity_alloc.planning.salary_basis import SalaryBasis, salary_basis
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_salaries(district: District) -> None:
    """Show how far posts cost more or less than the average, by need and by school."""
    drivers = [group for group in district.groups if group.use is GroupUse.NEED]
    known = any(row.actual is not None for row in district.staffing)
    if not known:
        st.markdown(
            "What posts cost in fact is not known: the column Actual cost per FTE on the sheet Staffing is blank. A table of "
            "schools with teachers' degrees and experience, and a salary schedule, give it too (page Files in)."
        )
        return
    codes = [group.code for group in drivers]
    titles = {group.code: group.title for group in drivers}
    chosen = (
        st.selectbox("Need is measured by", codes, format_func=lambda code: titles[code], key="salary-need")
        if codes
        else ""
    )
    basis = salary_basis(district, chosen or "")
    if basis is None:
        return
    st.markdown(
        f"Posts are charged at the district's average, {plain(print_dollars(round(basis.mean)))}, wherever people are. "
        f"{_extremes(basis)}"
    )
    figure = salary_gap(basis, colors(), group=titles.get(chosen or "", "need"), year=district.year)
    if figure is None:
        st.markdown("Need is known for too few schools to compare quarters of them.")
    else:
        show_figure(figure)
    with st.expander("Table: actual and average cost by school", icon=":material/table:"):
        _show_schools(basis, district.year)


def _extremes(basis: SalaryBasis) -> str:
    ranked = sorted(
        (s for s in basis.schools if s.per_pupil is not None), key=lambda s: (s.per_pupil or Fraction(0), s.school.code)
    )
    if len(ranked) < 2:
        return ""
    low, high = ranked[0], ranked[-1]
    return (
        f"Per pupil this hides most at {plain(high.school.name)} ({_words(high.per_pupil)} more than charged) and "
        f"{plain(low.school.name)} ({_words(low.per_pupil)} less)."
    )


def _words(cents: Fraction | None) -> str:
    return plain(print_dollars(abs(round(cents or 0))))


def _show_schools(basis: SalaryBasis, year: str) -> None:
    rows = sorted(basis.schools, key=lambda item: (item.quartile, item.school.name))
    show_table(
        (
            TableColumn("School", Show.TEXT, tuple(item.school.name for item in rows)),
            TableColumn("Quarter by need", Show.TEXT, tuple(TITLES.get(item.quartile, "unknown") for item in rows)),
            TableColumn("Need", Show.SHARE, tuple(None if i.need_share is None else float(i.need_share) for i in rows)),
            TableColumn("Posts", Show.FTE, tuple(item.fte / 100 for item in rows)),
            TableColumn("Actual cost", Show.DOLLARS, tuple(float(item.actual / 100) for item in rows)),
            TableColumn("Average cost", Show.DOLLARS, tuple(float(item.average / 100) for item in rows)),
            TableColumn(
                "All its posts",
                Show.CHANGE,
                tuple(float(item.difference / 100) for item in rows),
                "Actual less average cost, dollars: what the ledger has beyond what averages charge the school",
            ),
            TableColumn(
                "Per pupil", Show.CHANGE, tuple(None if i.per_pupil is None else float(i.per_pupil / 100) for i in rows)
            ),
        ),
        alt=f"Actual and average cost of a full-time post by school, and of all its posts together, dollars, {year}; {count_words(len(rows), 'school')}",
        key="salary-schools",
        pinned=1,
    )
