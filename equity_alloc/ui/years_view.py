"""Several years on screen: what lacks, where the course turns, what each rule says each year, and the workbook."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from equity_alloc.domain.ahead import What, year_after
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.finding import Verdict
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.plan import Plan, Result
from equity_alloc.reports.years_workbook import years_workbook
from equity_alloc.scenario import Scenario
from equity_alloc.ui.cached import result_of
from equity_alloc.ui.decision_work import work_of
from equity_alloc.ui.downloads import XLSX, file_name, offer
from equity_alloc.ui.sentences import impossible_words
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain
from equity_alloc.years.assumed import with_unchanged
from equity_alloc.years.course import MOST_YEARS, Course, plan_years
from equity_alloc.years.turns import TurnKind, turns, unknown_terms

_ICONS = {
    TurnKind.NO_PLAN: ":material/block:",
    TurnKind.MONEY_ENDS: ":material/event_busy:",
    TurnKind.GAP: ":material/trending_down:",
    TurnKind.BALANCE: ":material/savings:",
    TurnKind.NOT_TESTABLE: ":material/help:",
}


def course_of(session: Session, count: int) -> Course:
    """Return the course of the current scenario, worked out once for each district, scenario and number of years.

    Raises
    ------
    EquityAllocError
    """
    return _course(session.district_digest, session.scenario.digest, count, session.district, session.scenario)


@st.cache_resource(max_entries=16, show_spinner="Planning the years ahead, each on the one before ...")
def _course(district_digest: str, scenario_digest: str, count: int, _district: District, _scenario: Scenario) -> Course:
    return plan_years(_district, _scenario, count, _make)


def _make(district: District, scenario: Scenario) -> Result:
    return result_of(district, district.digest, scenario)


def years_ahead(year: str) -> tuple[str, ...]:
    """Return the years that an assumption can name; none where the plan year tells no next one."""
    found: list[str] = []
    try:
        for _ in range(MOST_YEARS - 1):
            year = year_after(year)
            found.append(year)
    except InvalidValue:
        return ()
    return tuple(found)


def show_state(session: Session, course: Course) -> None:
    """Say how far the course goes, and what lacks where it ends early."""
    reached = [year for year in course.years if year.plan is not None]
    if course.is_kept:
        words = f"All {course.asked} years have a plan, and every rule is kept in each of them."
        st.success(plain(f"{words} Each was checked without the solver."), icon=":material/check_circle:")
    elif course.impossible is not None:
        last = course.years[-1].year
        st.error(
            plain(f"{last} has no plan. {impossible_words(course.impossible)}"), title=f"The course ends before {last}"
        )
        for repair in course.impossible.repairs:
            st.markdown(f"- Way out: {plain(repair.words)}")
    elif course.gaps:
        _show_lacking(session, course)
    else:
        untested = Counter(
            rule.title for y in reached if isinstance(y.plan, Plan) for rule in y.plan.certificate.not_testable
        )
        words = f"All {course.asked} years have a plan. Not testable for lack of data: {'; '.join(untested)}."
        st.warning(plain(words), icon=":material/help:")


def _show_lacking(session: Session, course: Course) -> None:
    counted = Counter(gap.column for gap in course.gaps)
    after = course.years[-1].year
    st.warning(
        plain(
            f"The course ends after {after}: {count_words(len(course.gaps), 'assumption')} about the next year are missing, "
            f"{', '.join(f'{column.lower()} ({count})' for column, count in counted.items())}."
        ),
        icon=":material/help:",
    )
    first = list(dict.fromkeys(str(gap) for gap in course.gaps))
    with st.expander("What is missing, one by one"):
        for sentence in first:
            st.markdown(f"- {plain(sentence)}")
    st.button(
        "Take what is missing as unchanged, and write that down",
        key="years-unchanged",
        on_click=_take_unchanged,
        args=(session, tuple(What(column.lower()) for column in counted)),
    )


def _take_unchanged(session: Session, kinds: tuple[What, ...]) -> None:
    # Kinds that are first needed in a later year are written down too, so that one press is enough.
    session.choose(with_unchanged(session.scenario, kinds))


def show_turns(course: Course) -> None:
    """Show what a board should know of each year."""
    found = turns(course)
    if not found:
        st.markdown("Money lasts, and every rule can be kept in every year that was looked at.")
    for turn in found:
        with st.container(border=True):
            st.markdown(f"{_ICONS[turn.kind]} **{plain(turn.year)}: {plain(turn.kind.value)}**")
            st.markdown(plain(turn.words))
    unknown = unknown_terms(course.years[0].district)
    if unknown:
        with st.expander(f"{count_words(len(unknown), 'term')} of funds are not known"):
            st.markdown("Such money is taken to come again and to have no end, and its balance is not told.")
            for gap in unknown:
                st.markdown(f"- {plain(str(gap))}")


def show_rules_each_year(course: Course) -> None:
    """Show the auditor's verdict on every rule in every year."""
    plans = [(year.year, year.plan) for year in course.years if year.plan is not None]
    if not plans:
        return
    first = plans[0][1].certificate.rules
    columns = [
        TableColumn("Rule", Show.TEXT, tuple(f"{r.number} {r.title}" for r in first), width=240),
        TableColumn("Authority", Show.TEXT, tuple(r.force.value for r in first)),
    ]
    for year, plan in plans:
        verdicts = {r.number: _verdict(r.verdict, binding=bool(r.binding)) for r in plan.certificate.rules}
        columns.append(TableColumn(year, Show.TEXT, tuple(verdicts.get(r.number, "") for r in first)))
    alt = f"Verdict on {count_words(len(first), 'rule')} in {count_words(len(plans), 'year')}"
    show_table(columns, alt=alt, key="years-rules", pinned=1, most_rows=12)


def _verdict(verdict: Verdict, *, binding: bool) -> str:
    return "kept, no room" if binding and verdict is Verdict.KEPT else verdict.value


def show_download(session: Session, course: Course) -> None:
    """Offer the years as one workbook."""
    offer(
        "The years ahead",
        lambda: years_workbook(course, work_of(session).book),
        file_name(session.district, session.scenario, "-years-internal.xlsx"),
        XLSX,
        key="years-workbook",
    )
    st.caption("Internal: the workbook holds the full counts of every school.")
