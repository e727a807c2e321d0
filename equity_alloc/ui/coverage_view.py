"""What is known of a district and what is not: one line for each kind of fact."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from equity_alloc.domain.district import District, GroupUse
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.ui.table import show_table


def coverage(district: District) -> Iterator[tuple[str, int]]:
    """Yield each kind of fact with the number of schools of which it is known.

    Parameters
    ----------
    district : District
    """
    schools = district.schools
    yield "Enrollment", len(schools)
    yield "Enrollment last year", sum(1 for s in schools if s.enrollment_last_year is not None)
    for group in district.groups:
        use = "" if group.use is GroupUse.NEED else " (audit only)"
        yield f"{group.title}{use}", sum(1 for s in schools if s.group(group.code) is not None)
    yield "Pupils by grade", sum(1 for s in schools if s.grades and all(n is not None for _, n in s.grades))
    yield "Posts last year", len({row.school for row in district.staffing})
    yield "Actual cost of posts", len({row.school for row in district.staffing if row.actual is not None})
    yield "Dollars last year, beside posts", len({row.school for row in district.spending})
    yield "Adequacy target", sum(1 for s in schools if s.target is not None)
    yield "Title I status", sum(1 for s in schools if s.title_one is not None)


def show_coverage(district: District) -> None:
    """Show how many schools each kind of fact is known of."""
    found = list(coverage(district))
    total = len(district.schools)
    words = tuple("all" if known == total else "none" if known == 0 else "some" for _, known in found)
    show_table(
        (
            TableColumn("Fact", Show.TEXT, tuple(title for title, _ in found)),
            TableColumn("Known for", Show.TEXT, words),
            TableColumn("Schools", Show.COUNT, tuple(known for _, known in found)),
            TableColumn("Of", Show.COUNT, tuple(total for _ in found)),
        ),
        alt=f"What is known of {count_words(total, 'school')}, fact by fact",
        key="district-coverage",
    )
    st.caption(
        f"{count_words(total, 'school')}. What is not known stays unknown, and a rule or weight that needs it says so."
    )
