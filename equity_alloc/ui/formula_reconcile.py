"""The formula against last year's printed allocations: each difference, the component that explains it, and a guess why."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from fractions import Fraction

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.explain import print_value
from equity_alloc.formulas.printed import Difference, Printed, unit_of
from equity_alloc.formulas.read_printed import FILE, read_printed
from equity_alloc.formulas.reconcile import Reconciliation, reconcile
from equity_alloc.sources.printed_amounts import printed_text
from equity_alloc.ui.formula_work import FormulaWork
from equity_alloc.ui.problem_table import show_findings
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

_FOUND, _MESSAGE = "formula-reconciled", "formula-print"
_MEGABYTES = 5


def show_reconciliation(session: Session, work: FormulaWork) -> None:
    """Show where the print comes from, and on request what the comparison finds."""
    _show_door(session)
    if session.desk.printed:
        printed, problems = read_printed(session.desk.printed)
        source = "the file of printed amounts"
    else:
        printed, problems = last_year_of(work), ()
        source = "the district's own data of last year: core dollars at this year's prices, and posts of all funds"
    if problems:
        show_findings(problems, key="formula-print-problems")
    if not printed:
        st.markdown(
            "Nothing that this formula gives is known of last year: fill the sheets Staffing and Spending, or choose a file."
        )
        return
    st.markdown(plain(f"{count_words(len(printed), 'amount')} from {source}."))
    key = f"{work.key} {session.desk.printed}"
    known = session.reports.get(_FOUND)
    if st.button("Compare with the formula", icon=":material/difference:", key="formula-compare"):
        known = (key, _compare(work, printed))
        session.reports[_FOUND] = known
    if known is not None and known[0] == key and known[1] is not None:
        _show(work, known[1])


def last_year_of(work: FormulaWork) -> tuple[Printed, ...]:
    """Return what each school had last year of what the formula gives: dollars, posts by position, or both.

    A position that two names of the formula stand for cannot be told apart and is left out.
    """
    words = work.result.formula.words
    codes = [words.position_of(position) for position in work.result.formula.positions]
    had = dict(work.district.today.fte)
    found = []
    for school in work.result.facts.schools:
        if school.last_year is None:
            continue
        if Gives.DOLLARS in work.gives:
            found.append(Printed(school.code, Fraction(school.last_year, 100)))
        for position, code in zip(work.result.formula.positions, codes, strict=True):
            if codes.count(code) == 1 and code in work.district.position_of:
                found.append(Printed(school.code, Fraction(had.get((school.code, code), 0), 100), position))
    return tuple(found)


def _show_door(session: Session) -> None:
    key = f"formula-printed-{session.revision}"
    st.file_uploader(
        "Last year's printed amounts (.csv or .xlsx)",
        type=["csv", "xlsx"],
        key=key,
        on_change=_take,
        args=(session, key),
        max_upload_size=_MEGABYTES,
        help="Columns: school (code), amount, and item where a component or a position is meant, not the school's dollars.",
    )
    message = session.reports.pop(_MESSAGE, None)
    if message:
        st.error(plain(message), icon=":material/edit_off:")
    if session.desk.printed:
        st.button(
            "Use what the district says of last year instead",
            on_click=_take_text,
            args=(session, ""),
            key="formula-print-forget",
        )


def _take(session: Session, key: str) -> None:
    file = field_value(key)
    if file is None:
        return
    read = printed_text(file.getvalue(), file.name)
    if isinstance(read, Finding):
        session.reports[_MESSAGE] = f"{read.what} {read.remedy}"
    else:
        _take_text(session, read[0])


def _take_text(session: Session, text: str) -> None:
    session.lay_out(dataclasses.replace(session.desk, printed=text))


def _compare(work: FormulaWork, printed: Sequence[Printed]) -> Reconciliation | None:
    bar = st.progress(0.0, "Comparing, and trying other roundings and count dates ...")

    def told(tried: int, of: int) -> None:
        bar.progress(tried / of, f"Trying other roundings and count dates: {tried} of {of}")

    try:
        return reconcile(work.result.formula, work.result.facts, printed, file=FILE, told=told)
    except EquityAllocError as error:
        st.error(plain(str(error)))
        return None
    finally:
        bar.empty()


def _show(work: FormulaWork, found: Reconciliation) -> None:
    exact = found.matches == len(found.differences)
    (st.success if exact else st.info)(plain(found.words), icon=":material/difference:")
    if found.guesses:
        st.subheader("What would explain a difference that shows at many schools", anchor=False)
        st.markdown("\n".join(f"- {plain(guess.words)}" for guess in found.guesses))
    elif found.explained:
        st.markdown(
            "No single rounding and no other count of the same pupils would meet most of the amounts that differ."
        )
    st.subheader("School by school", anchor=False)
    words = {id(each.difference): each for each in found.explained}
    schools = work.result.facts.school_of
    rows = found.differences
    told = [words.get(id(row)) for row in rows]
    labels = {name: component.frame.label for name, component in work.result.formula.component_of.items()}
    columns = (
        TableColumn("School", Show.TEXT, tuple(schools[row.printed.school].name for row in rows)),
        TableColumn("Code", Show.TEXT, tuple(row.printed.school for row in rows)),
        TableColumn("Item", Show.TEXT, tuple(row.printed.item or "dollars" for row in rows)),
        TableColumn("Printed", Show.TEXT, tuple(_amount(work, row, "printed") for row in rows)),
        TableColumn("Formula", Show.TEXT, tuple(_amount(work, row, "formula") for row in rows)),
        TableColumn("Printed less formula", Show.TEXT, tuple(_amount(work, row, "difference") for row in rows)),
        TableColumn(
            "Explained by",
            Show.TEXT,
            tuple("equal" if e is None else labels.get(e.component, e.component) or "nothing alone" for e in told),
        ),
        TableColumn("In words", Show.TEXT, tuple("" if each is None else each.words for each in told)),
    )
    note = (
        f"{count_words(len(rows), 'amount')}, {work.district.year}. A difference is printed less formula, to the cent."
    )
    show_table(columns, alt=f"Printed amounts against the formula. {note}", key="formula-differences", pinned=1)
    st.caption(note)
    if found.findings:
        with st.expander(f"What could not be compared: {len(found.findings)}"):
            show_findings(found.findings, key="formula-print-findings")


def _amount(work: FormulaWork, row: Difference, which: str) -> str:
    value = {"printed": row.printed.amount, "formula": row.formula, "difference": row.difference}[which]
    return "unknown" if value is None else print_value(value, unit_of(work.result.formula, row.printed.item))
