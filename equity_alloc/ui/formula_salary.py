"""Average against actual salaries: the money that follows experience, school by school."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.formulas.salary import salary_differences
from equity_alloc.formulas.use import Salary
from equity_alloc.ui.formula_changes import take_salary
from equity_alloc.ui.formula_work import FormulaWork
from equity_alloc.ui.numbers import print_change
from equity_alloc.ui.session import Session, Typed, field_value
from equity_alloc.ui.setting_input import field_key, show_typed_error
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

_FIELD = "formula-salary"


def show_salaries(session: Session, work: FormulaWork) -> None:
    """Show the choice of salaries and what it moves between schools."""
    key, options = field_key(session, _FIELD), [one.value for one in Salary]
    now = str(session.typed.get(_FIELD, Typed(work.use.salary.value, "")).value)
    st.radio(
        "Posts are priced at",
        options,
        options.index(now),
        horizontal=True,
        format_func=lambda option: (
            option.capitalize() if option == Salary.AS_WRITTEN else f"{option.capitalize()} cost"
        ),
        key=key,
        on_change=_take,
        args=(session, key),
    )
    show_typed_error(session, _FIELD)
    found = salary_differences(work.result)
    if not found:
        st.markdown(plain(_why_nothing(work)))
        return
    schools = work.result.facts.school_of
    totals: dict[str, Fraction] = {}
    for each in found:
        totals[each.school] = totals.get(each.school, Fraction(0)) + each.difference
    up = sum((value for value in totals.values() if value > 0), Fraction(0))
    down = sum((value for value in totals.values() if value < 0), Fraction(0))
    st.markdown(
        plain(
            f"Money that follows experience: at actual cost {sum(v > 0 for v in totals.values())} schools have "
            f"{print_change(round(up * 100))} and {sum(v < 0 for v in totals.values())} schools "
            f"{print_change(round(down * 100))} against the district's average, {print_change(round((up + down) * 100))} in all."
        )
    )
    ranked = sorted(found, key=lambda each: (-totals[each.school], each.school, each.component))
    columns = (
        TableColumn("School", Show.TEXT, tuple(schools[each.school].name for each in ranked)),
        TableColumn("Position", Show.TEXT, tuple(each.position for each in ranked)),
        TableColumn("FTE", Show.FTE, tuple(float(each.fte) for each in ranked)),
        TableColumn("Average", Show.DOLLARS, tuple(each.average / 100 for each in ranked), "District, one post"),
        TableColumn("Actual", Show.DOLLARS, tuple(each.actual / 100 for each in ranked), "This school, one post"),
        TableColumn("Follows experience", Show.CHANGE, tuple(float(each.difference) for each in ranked), "Dollars"),
        TableColumn("Code", Show.TEXT, tuple(each.school for each in ranked)),
    )
    note = f"Dollars, {work.district.year}, {len(totals)} of {count_words(len(schools), 'school')} with a known actual cost."
    show_table(columns, alt=f"Average against actual cost of posts. {note}", key="formula-salaries", pinned=1)
    st.caption(note)


def _take(session: Session, key: str) -> None:
    take_salary(session, Salary(field_value(key)))


def _why_nothing(work: FormulaWork) -> str:
    words = []
    if not any(component.kind == "dollars-per-position" for component in work.result.formula.components):
        words.append(
            "This formula turns no posts into dollars: add a component 'Dollars per position' under Components."
        )
    if not any(school.actual_costs for school in work.result.facts.schools):
        words.append(
            "No school has an actual cost of a post: it is unknown, not zero. Fill the column 'Actual cost per FTE' of the "
            "sheet Staffing."
        )
    return " ".join(words) or "The posts that this formula prices have no known actual cost at any school."
