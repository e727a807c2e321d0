"""What the formula gives each school beside last year, and the posts it asks for by position."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.figures.level_change import LevelPair, level_change
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.formula_work import FormulaWork, SchoolWork
from equity_alloc.ui.numbers import print_fte_change
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_schools(work: FormulaWork) -> None:
    """Show the figure, the table of all schools, and the table of positions."""
    _show_figure(work)
    st.subheader("School by school", anchor=False)
    schools = work.schools
    columns = [
        TableColumn("School", Show.TEXT, tuple(school.name for school in schools)),
    ]
    if work.has_dollars:
        columns += [
            TableColumn("$ last year", Show.DOLLARS, tuple(_dollars(school.last_year) for school in schools)),
            TableColumn("$ formula", Show.DOLLARS, tuple(_dollars(school.dollars) for school in schools)),
            TableColumn("$ change", Show.CHANGE, tuple(_dollars(school.change) for school in schools)),
        ]
    if work.prices_posts:
        columns.append(TableColumn("$ of its posts", Show.DOLLARS, tuple(_dollars(s.dollars) for s in schools)))
    if work.has_posts:
        columns += [
            TableColumn("FTE last year", Show.FTE, tuple(_dollars(school.fte_last_year) for school in schools)),
            TableColumn("FTE formula", Show.FTE, tuple(_dollars(school.fte) for school in schools)),
            TableColumn("FTE change", Show.FTE_CHANGE, tuple(_fte_change(school) for school in schools)),
        ]
    columns += [
        TableColumn("Pupils", Show.COUNT, tuple(school.enrollment for school in schools)),
        TableColumn("Kind", Show.TEXT, tuple(school.kind for school in schools)),
        TableColumn("Code", Show.TEXT, tuple(school.code for school in schools)),
    ]
    if work.known < len(schools):
        columns.append(TableColumn("Missing", Show.TEXT, tuple(school.unknown for school in schools)))
    show_table(
        columns,
        alt=f"What the formula gives each school beside last year. {_note(work)}",
        key="formula-schools",
        pinned=1,
    )
    st.caption(plain(_note(work)))
    if work.known < len(schools):
        st.markdown(
            "An empty cell is unknown, not zero; the column *Missing* names the count to fill in the sheet Schools."
        )
    if work.given is not None and work.has_posts:
        _show_positions(work)


def _show_figure(work: FormulaWork) -> None:
    pairs = [
        LevelPair(s.code, s.name, s.last_year / 100 / s.enrollment, s.dollars / 100 / s.enrollment)
        for s in work.schools
        if s.dollars is not None and s.last_year is not None and s.enrollment
    ]
    if not pairs or not work.has_dollars:
        return
    show_figure(
        level_change(
            pairs,
            colors(),
            unit="dollars per pupil",
            before="Last year",
            after="Formula",
            note=f"{_note(work)} Divided by the plan year's enrollment.",
        )
    )


def _show_positions(work: FormulaWork) -> None:
    posts: dict[str, int] = {}
    for (_, position), fte in work.given.posts if work.given else ():
        posts[position] = posts.get(position, 0) + fte
    had = {position: work.district.today.position_fte(position) for position in posts}
    codes = sorted(posts)
    st.subheader("Posts by position", anchor=False)
    columns = (
        TableColumn("Position", Show.TEXT, tuple(work.district.position_of[code].title for code in codes)),
        TableColumn("FTE last year", Show.TEXT, tuple(print_fte(had[code]) for code in codes)),
        TableColumn("FTE formula", Show.TEXT, tuple(print_fte(posts[code]) for code in codes)),
        TableColumn("Change", Show.TEXT, tuple(print_fte_change(posts[code] - had[code]) for code in codes)),
        TableColumn("Code", Show.TEXT, tuple(codes)),
    )
    note = (
        f"FTE at all {count_words(len(work.schools), 'school')}, {work.district.year}. The formula's posts are raised to real steps; last "
        "year's are those of all funds."
    )
    show_table(columns, alt=f"Posts by position, last year and formula. {note}", key="formula-positions")
    st.caption(note)


def _note(work: FormulaWork) -> str:
    return (
        f"Core dollars and posts, {work.district.year}, {count_words(len(work.schools), 'school')}. Last year is priced at the plan "
        f"year's average cost of a post. Source: {work.title}; {work.district.name} data."
    )


def _dollars(amount: int | None) -> float | None:
    return None if amount is None else amount / 100


def _fte_change(school: SchoolWork) -> float | None:
    if school.fte is None or school.fte_last_year is None:
        return None
    return (school.fte - school.fte_last_year) / 100
