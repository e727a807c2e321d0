"""One school under the formula: its arithmetic step by step, and how many pupils it is from each threshold."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import streamlit as st

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.figures.formula_parts import Part, formula_parts
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.cliff import REACH, Cliff, cliff_map
from equity_alloc.formulas.explain import explain_school, print_value
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.formula_work import FormulaWork
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

_ALL = "formula-cliffs"


def show_school(work: FormulaWork) -> None:
    """Let a visitor choose a school, and show how its result comes about."""
    rows = {school.code: school for school in work.schools}
    code = st.selectbox(
        "School",
        list(rows),
        format_func=lambda each: f"{rows[each].name} ({each})",
        key="formula-school",
        persist_state="session",
    )
    if code not in rows:
        return
    st.markdown(plain(_sentence(work, code)))
    if rows[code].unknown:
        st.warning(plain(rows[code].unknown), title="Unknown here", icon=":material/help:")
    for gives in (Gives.DOLLARS, Gives.FTE):
        _show_parts(work, code, gives)
    with st.expander("The arithmetic, step by step", expanded=True, icon=":material/calculate:"):
        st.code("\n".join(explain_school(work.result, code)), language=None, wrap_lines=True)
        st.caption("Each line follows from the lines under it. Numbers in brackets are the sources at the end.")
    st.subheader("How far the next thresholds are", anchor=False)
    _show_cliffs(work, cliff_map(work.result, schools=[code]), key="formula-school-cliffs")


def _sentence(work: FormulaWork, code: str) -> str:
    cents, fte = work.result.dollars(code), work.result.fte(code)
    parts = []
    if Gives.DOLLARS in work.gives:
        parts.append("unknown dollars" if cents is None else print_dollars(cents, with_cents=True))
    if Gives.FTE in work.gives:
        parts.append("unknown posts" if fte is None else print_value(fte, "FTE"))
    school = next(each for each in work.schools if each.code == code)
    words = f"The formula gives {school.name} ({school.kind}, {school.enrollment:,} pupils) {' and '.join(parts)}"
    if school.fte is not None and work.given is not None and work.has_posts:
        words += f"; in real steps {print_fte(school.fte)} FTE"
    if school.dollars is not None and work.has_posts and work.given is not None:
        words += (
            f", together with its posts at the district's average {print_dollars(school.dollars)}"
            if work.has_dollars
            else (f", which cost {print_dollars(school.dollars)} at the district's average")
        )
    if school.last_year is not None and work.has_dollars:
        words += f". Last year it had {print_dollars(school.last_year)} of core dollars"
    return f"{words}."


def _show_parts(work: FormulaWork, code: str, gives: Gives) -> None:
    lines = [line for line in work.result.lines_of[code] if line.adds and line.gives is gives]
    if not lines or any(line.value is None for line in lines):
        return
    total = sum((line.value or Fraction(0) for line in lines), Fraction(0))
    parts = [
        Part(work.result.formula.component_of[line.component].frame.label, float(line.value))
        for line in lines
        if line.value
    ]
    figure = formula_parts(
        parts,
        colors(),
        school=work.result.facts.school_of[code].name,
        unit=gives.value,
        total=print_value(total, gives.value),
        note=f"{gives.value.capitalize() if gives is Gives.DOLLARS else gives.value}, {work.district.year}. Parts of zero are left out. Source: {work.title}.",
    )
    if figure is not None:
        show_figure(figure)


def show_all_cliffs(session: Session, work: FormulaWork) -> None:
    """Show the thresholds near every school, worked out on request."""
    st.markdown(
        f"For each school and component: how many pupils more or fewer, up to {REACH}, until a threshold is crossed, and "
        "what crossing it is worth."
    )
    wanted = st.button("Work out the thresholds of all schools", icon=":material/stairs:", key="formula-all-cliffs")
    known = session.reports.get(_ALL)
    if wanted:
        known = (work.key, _all_cliffs(work))
        session.reports[_ALL] = known
    if known is None or known[0] != work.key:
        return
    _show_cliffs(work, known[1], key="formula-all-cliffs-table", with_school=True)


def _all_cliffs(work: FormulaWork) -> tuple[Cliff, ...]:
    codes = [school.code for school in work.schools]
    found: list[Cliff] = []
    bar = st.progress(0.0, "Looking at every school ...")
    for done, code in enumerate(codes, start=1):
        found += cliff_map(work.result, schools=[code])
        bar.progress(done / len(codes), f"{done} of {count_words(len(codes), 'school')}")
    bar.empty()
    return tuple(found)


def _show_cliffs(work: FormulaWork, cliffs: Sequence[Cliff], *, key: str, with_school: bool = False) -> None:
    if not cliffs:
        st.markdown(
            f"No threshold within {REACH} pupils: each pupil more or fewer changes the result a little, and none changes "
            "it by a jump."
        )
        return
    near = sorted(cliffs, key=lambda cliff: (abs(cliff.pupils), cliff.school, cliff.component))
    components, schools = work.result.formula.component_of, work.result.facts.school_of
    names = [schools[cliff.school].name for cliff in near]
    columns = [TableColumn("School", Show.TEXT, tuple(names))] if with_school else []
    columns += [
        TableColumn("Pupils", Show.TEXT, tuple(f"{cliff.pupils:+,d}" for cliff in near), "More or fewer"),
        TableColumn("In", Show.TEXT, tuple(cliff.count for cliff in near)),
        TableColumn("Component", Show.TEXT, tuple(components[cliff.component].frame.label for cliff in near)),
    ]
    for gives, title, show in ((Gives.FTE, "FTE", Show.FTE_CHANGE), (Gives.DOLLARS, "$", Show.CHANGE)):
        if gives in work.gives:
            worth = tuple(float(cliff.fte if gives is Gives.FTE else cliff.dollars) for cliff in near)
            columns.append(TableColumn(title, show, worth, "What crossing it is worth"))
    first = near[0]
    told = f"{schools[first.school].name}: {first.words}" if with_school else first.words
    st.markdown(plain(f"{count_words(len(near), 'threshold')} within {REACH} pupils. The nearest: {told}."))
    note = (
        "One more in a grade is one more enrolled; one more in a student group is a pupil who is there already. What it is "
        "worth is what the last of these pupils changes in all components together."
    )
    show_table(columns, alt=f"Thresholds near {'each school' if with_school else names[0]}. {note}", key=key)
    st.caption(note)
