"""The federal tests on screen: how many pass, and each with its verdict, by how much, what lacks and its worksheet."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import streamlit as st

from equity_alloc.compliance.base import Cell, Outcome, Worksheet
from equity_alloc.compliance.family import Judged, comply
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Unit
from equity_alloc.domain.number import count_words
from equity_alloc.domain.record import digest
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Certificate, Plan, RuleReport
from equity_alloc.reports.compliance_workbook import compliance_workbook
from equity_alloc.reports.family import documents_named
from equity_alloc.scenario import Scenario
from equity_alloc.ui.downloads import file_name, offer
from equity_alloc.ui.export_choice import named
from equity_alloc.ui.export_dialog import export_button
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Gaps that are told at once; the others stand below a line that opens.
FEW = 4

_LOOKS: dict[Outcome, tuple[str, Literal["green", "orange", "red", "gray"]]] = {
    Outcome.PASSED: (":material/check_circle:", "green"),
    Outcome.LOOK: (":material/visibility:", "orange"),
    Outcome.FAILED: (":material/cancel:", "red"),
    Outcome.NOT_TESTABLE: (":material/help:", "gray"),
}
_SHOWS = {
    Unit.CENTS: Show.DOLLARS,
    Unit.FTE: Show.FTE,
    Unit.PUPILS: Show.COUNT,
    Unit.SHARE: Show.SHARE,
    None: Show.TEXT,
}


def judged_of(session: Session, allocation: Allocation) -> tuple[Judged, ...]:
    """Return what every test says, worked out once for each district, scenario and allocation."""
    identity = digest((allocation.fte, allocation.pay, allocation.dollars))
    return _judged(
        session.district_digest, session.scenario.digest, identity, session.district, session.scenario, allocation
    )


@st.cache_resource(max_entries=32, show_spinner="Carrying out the tests ...")
def _judged(
    district_digest: str, scenario_digest: str, allocation_digest: str, _district: District, _scenario: Scenario,
    _allocation: Allocation,
) -> tuple[Judged, ...]:  # fmt: skip
    return comply(_district, _scenario, _allocation)


def certificate_of_last_year(session: Session) -> Certificate | None:
    """Return what the auditor says of last year under the scenario's rules; None with a sentence where it cannot say."""
    try:
        return certify(session.district, session.scenario, session.scenario.apply(session.district).today)
    except EquityAllocError as error:
        st.warning(plain(f"The scenario's own rules cannot be tested on last year: {error}"), icon=":material/help:")
        return None


def show_count(judged: tuple[Judged, ...]) -> None:
    """Say how many tests pass, fail and cannot be carried out."""
    outcomes = [item.verdict.outcome for item in judged]
    parts = [f"{outcomes.count(outcome)} {outcome.value}" for outcome in Outcome if outcome in outcomes]
    words = f"{count_words(len(judged), 'test')}: {', '.join(parts)}."
    if Outcome.FAILED in outcomes:
        failed = [item.test.title for item in judged if item.verdict.outcome is Outcome.FAILED]
        st.error(plain(f"{words} Failed: {'; '.join(failed)}."), icon=":material/cancel:")
    elif Outcome.NOT_TESTABLE in outcomes:
        st.warning(plain(f"{words} What cannot be tested is not counted as passed."), icon=":material/help:")
    else:
        st.success(plain(words), icon=":material/check_circle:")


def show_download(
    session: Session, judged: tuple[Judged, ...], rules: tuple[RuleReport, ...], plan: Plan | None
) -> None:
    """Offer every verdict and worksheet as one workbook: of a plan by the dialog, as all its documents; of last year here."""
    [document] = documents_named(("federal-worksheets",))
    if plan is not None:
        export_button(session, plan, "compliance-export", only=document.code, words=f"Make: {named(document)}")
    else:
        offer(
            f"{document.title}, last year",
            lambda: compliance_workbook(session.district, judged, "Last year", (), rules=rules),
            file_name(session.district, session.scenario, f"-last-year-{document.code}-internal{document.ending}"),
            document.media,
            key="compliance-workbook",
        )
    st.caption("Internal: the worksheets hold the full counts of every school.")


def show_tests(judged: tuple[Judged, ...]) -> None:
    """Show each test as a card."""
    for item in judged:
        with st.container(border=True):
            _show_test(item)


def _show_test(item: Judged) -> None:
    test, verdict = item.test, item.verdict
    icon, color = _LOOKS[verdict.outcome]
    st.subheader(plain(test.title), anchor=False)
    with st.container(horizontal=True):
        st.badge(verdict.outcome.value, icon=icon, color=color)
        if verdict.by:
            st.markdown(f"**{plain(verdict.by)}**")
    st.markdown(plain(verdict.words))
    for gap in verdict.gaps[:FEW]:
        st.markdown(f"- {plain(str(gap))}")
    if len(verdict.gaps) > FEW:
        with st.expander(f"{len(verdict.gaps) - FEW} more entries are missing"):
            for gap in verdict.gaps[FEW:]:
                st.markdown(f"- {plain(str(gap))}")
    with st.expander("The law and where it is written", icon=":material/gavel:", key=f"law-{test.code}"):
        st.markdown(plain(test.says))
        st.markdown(plain(f"{test.source.title}, {test.source.locator}.") + f" {test.source.url}")
    if verdict.worksheet.rows:
        with st.expander("Worksheet", icon=":material/table:", key=f"worksheet-{test.code}"):
            show_table(
                _columns(verdict.worksheet),
                alt=f"Worksheet: {test.title}, {count_words(len(verdict.worksheet.rows), 'row')}",
                key=f"worksheet-table-{test.code}",
            )


def _columns(sheet: Worksheet) -> tuple[TableColumn, ...]:
    return tuple(
        TableColumn(heading, _SHOWS[unit], tuple(_cell(row[place], unit) for row in sheet.rows))
        for place, (heading, unit) in enumerate(zip(sheet.headings, sheet.units, strict=True))
    )


def _cell(cell: Cell, unit: Unit | None) -> str | int | float | None:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, Fraction):
        return float(cell)
    return cell / 100 if unit in (Unit.CENTS, Unit.FTE) else cell
