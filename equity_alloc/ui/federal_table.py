"""What the district entered for federal tests: its settings, and the schools' Title I counts."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.district import District
from equity_alloc.domain.federal import Fact, facts_asked
from equity_alloc.domain.money import print_dollars, read_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.sources.federal_facts import federal_rows
from equity_alloc.ui.page_list import link
from equity_alloc.ui.table import show_table


def show_federal(district: District) -> None:
    """Show what is known; blank is unknown."""
    money = {info.title for info in facts_asked().values() if info.fact is Fact.DOLLARS}
    rows = tuple(
        (title, print_dollars(read_dollars(value)) if title in money else _counted(title, value))
        for title, value in federal_rows(district.federal)
    )
    schools = district.schools
    if rows:
        settings = (
            TableColumn("Setting", Show.TEXT, tuple(title for title, _ in rows)),
            TableColumn("Value", Show.TEXT, tuple(value for _, value in rows)),
        )
        show_table(settings, alt=f"Settings for federal tests: {len(rows)}", key="federal-settings")
    if any(school.title_one is not None or school.low_income is not None for school in schools):
        columns = (
            TableColumn("School", Show.TEXT, tuple(school.name for school in schools)),
            TableColumn("Code", Show.TEXT, tuple(school.code for school in schools)),
            TableColumn("Grade span", Show.TEXT, tuple(school.grade_span for school in schools)),
            TableColumn("Title I", Show.TEXT, tuple(school.title_one or "" for school in schools)),
            TableColumn("Low-income children", Show.COUNT, tuple(school.low_income for school in schools)),
            TableColumn("In private schools", Show.COUNT, tuple(school.private_low_income for school in schools)),
        )
        note = f"Title I status and counts, {district.year}, {count_words(len(schools), 'school')}. Blank is unknown."
        show_table(columns, alt=note, key="federal-schools", pinned=1)
        st.caption(note)
    elif not rows:
        st.markdown(
            "Nothing is entered for federal tests: the sheet Federal and the Title I columns of Schools are blank."
        )
    link("compliance", "What the tests say")


def _counted(title: str, value: str) -> str:
    """Return a count of pupils or children with its commas; everything else as it was written."""
    is_count = value.isdigit() and ("pupils" in title or "children" in title)
    return f"{int(value):,}" if is_count else value
