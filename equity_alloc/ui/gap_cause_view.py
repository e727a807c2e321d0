"""Which rule causes how much of a gap, on screen: three figures, because one alone misleads."""

from __future__ import annotations

import dataclasses

import streamlit as st

from equity_alloc.domain.district import District, GroupUse
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.inequity.threshold_words import HEADINGS as THRESHOLD_HEADINGS
from equity_alloc.inequity.threshold_words import how_tested, threshold_cells
from equity_alloc.inequity.thresholds import Threshold, thresholds
from equity_alloc.inequity.title1_line import title_one_line
from equity_alloc.planning.gap_cause_words import ERROR, HEADINGS, cause_cells, how_found, most_words
from equity_alloc.planning.gap_causes import GapCauses, gap_causes
from equity_alloc.scenario import Scenario
from equity_alloc.ui.page_list import link
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Above so many schools the answer takes many seconds, so it is given on demand.
AT_ONCE = 60
_WIDTHS = (60, 120, 360, 120, 120, 120)
_THRESHOLD_WIDTHS = (60, 320, 180, 100, 110, 120, 300, 280)


def show_gap_causes(session: Session) -> tuple[GapCauses, ...]:
    """Show what each rule does to three figures, and return them; empty where nothing could be told."""
    groups = {
        group.code: group.title if group.use is GroupUse.NEED else f"{group.title} (audit only)"
        for group in session.district.groups
    }
    group = ""
    if groups:
        group = st.selectbox("Student group", list(groups), format_func=groups.__getitem__, key="policy-group")
    is_large = len(session.district.schools) > AT_ONCE
    if is_large and not st.toggle("Find which rule causes how much", key="gap-causes-on"):
        return ()
    try:
        found = _causes(session.district_digest, _choices(session), group, session.district, session.scenario)
    except EquityAllocError as error:
        st.markdown(plain(str(error)))
        return ()
    if not found:
        st.markdown("There is no plan under the present rules, so no rule's effect can be told.")
        link("plan", "See why there is no plan")
        return ()
    titles = session.scenario.view(session.district).titles
    for place, each in enumerate(found):
        st.subheader(plain(each.figure.title), anchor=False)
        unit = f"In {each.figure.unit}: " if each.figure.unit else ""
        st.markdown(plain(f"{unit}{most_words(each, titles)}"))
        rows = cause_cells(each, titles)
        if rows:
            _show(HEADINGS, rows, _WIDTHS, f"What each rule does: {each.figure.title}.", f"gap-causes-{place}")
    st.caption(plain(how_found(found[0])))
    return found


def show_thresholds(session: Session) -> None:
    """Show which rules have thresholds near schools."""
    found = _thresholds(session.district_digest, _choices(session), session.district, session.scenario)
    if not found:
        st.markdown("No rule of the plan has a threshold that a few pupils would cross.")
    else:
        titles = session.scenario.view(session.district).titles
        rows = threshold_cells(found, session.district, titles)
        _show(THRESHOLD_HEADINGS, rows, _THRESHOLD_WIDTHS, "Rules with thresholds near schools.", "thresholds")
        st.caption(plain(how_tested()))
    if session.formula is not None:
        link("formula", "The thresholds of the formula, school by school")


def _choices(session: Session) -> str:
    """Return the identity of the choices that decide a plan: a word in the register makes no plan anew."""
    return dataclasses.replace(session.scenario, policies=(), commitments=(), note="").digest


def _show(
    headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], widths: tuple[int, ...], alt: str, key: str
) -> None:
    columns = tuple(
        TableColumn(heading, Show.TEXT, tuple(row[place] for row in rows), width=widths[place])
        for place, heading in enumerate(headings)
        # Where every order of rules was tried, no error is left to tell.
        if heading != ERROR or any(row[place].strip("$0. %") for row in rows)
    )
    show_table(columns, alt=alt, key=key, pinned=1, most_rows=12)


@st.cache_resource(max_entries=64, show_spinner="Planning without each rule ...")
def _causes(
    district_digest: str, scenario_digest: str, group: str, _district: District, _scenario: Scenario
) -> tuple[GapCauses, ...] | None:
    return gap_causes(_district, _scenario, group)


@st.cache_resource(max_entries=64, show_spinner="Moving pupils across every threshold ...")
def _thresholds(
    district_digest: str, scenario_digest: str, _district: District, _scenario: Scenario
) -> tuple[Threshold, ...]:
    return (*thresholds(_district, _scenario), *title_one_line(_district, _scenario))
