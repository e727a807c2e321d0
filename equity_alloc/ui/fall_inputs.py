"""The inputs of the page Fall counts: the adopted plan, and new counts from a file or one school at a time."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import streamlit as st

from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Finding
from equity_alloc.domain.recount import Recount
from equity_alloc.reports.recertify import recertify
from equity_alloc.sources.fall_counts import counts_form, read_counts
from equity_alloc.store.fall_desk import AdoptedPlan, FallDesk
from equity_alloc.ui.downloads import offer
from equity_alloc.ui.problem_table import show_findings
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

#: What kept the last file from being taken, by field.
_PLAN, _COUNTS = "fall-plan-refused", "fall-counts-refused"


def show_adopted(session: Session) -> None:
    """Show which plan is adopted, and the field for its workbook."""
    adopted = session.fall.adopted
    if adopted is None:
        st.markdown(f"The proposal on screen: **{plain(session.scenario.name)}**.")
    else:
        st.markdown(
            f"**{plain(adopted.scenario.name)}** of {plain(adopted.district.name)}, from {plain(adopted.name)}, certified "
            "again as it was exported."
        )
        st.button(
            "Use the proposal on screen instead", key="fall-use-screen", on_click=session.count, args=(FallDesk(),)
        )
    key = "fall-plan"
    st.file_uploader(
        "Or open the adopted plan's workbook (.xlsx), as it was exported",
        type="xlsx",
        key=key,
        on_change=_take_plan,
        args=(session, key),
        max_upload_size=20,
    )
    _show_refused(session, _PLAN, "This workbook is no adopted plan that can be used")


def show_counts(session: Session, district: District) -> None:
    """Show the field for a file of counts, its form, and the count of one school to change."""
    key = f"fall-counts-{session.revision}"
    st.file_uploader(
        "New counts (.csv or .xlsx): columns Code and Enrollment; Pupils: and Grade columns may follow",
        type=["csv", "xlsx"],
        key=key,
        on_change=_take_counts,
        args=(session, key, district),
        max_upload_size=5,
    )
    _show_refused(session, _COUNTS, "These counts were not taken; what was counted before stays")
    offer("Form for the counts", lambda: counts_form(district).encode(), "fall-counts.csv", "text/csv", key="fall-form")
    _show_one(session, district)
    if session.fall.counts:
        st.button("Forget these counts", key="fall-forget", on_click=_forget, args=(session,))


def _show_one(session: Session, district: District) -> None:
    """Show a school to choose and its count, so that counts can be tried without a file."""
    counted = {count.school: count.enrollment for count in session.fall.counts}
    labels = {school.code: school.label for school in district.schools}
    left, right = st.columns(2)
    school = left.selectbox("School", list(labels), format_func=labels.__getitem__, key="fall-school")
    planned = district.school_of[school].enrollment
    key = f"fall-count-{school}-{session.revision}-{counted.get(school, planned)}"
    right.number_input(
        f"Pupils counted (planned: {planned:,})",
        min_value=0,
        max_value=1_000_000,
        value=counted.get(school, planned),
        step=1,
        key=key,
        on_change=_take_one,
        args=(session, key, school, planned),
    )


def _take_one(session: Session, key: str, school: str, planned: int) -> None:
    value = field_value(key)
    if value is None:
        return
    others = tuple(count for count in session.fall.counts if count.school != school)
    own = () if int(value) == planned else (Recount(school, int(value)),)
    counts = tuple(sorted((*others, *own), key=lambda count: count.school))
    session.count(dataclasses.replace(session.fall, counts=counts))


def _take_counts(session: Session, key: str, district: District) -> None:
    file = field_value(key)
    session.reports.pop(_COUNTS, None)
    if file is None:
        return
    reading = read_counts(file.getvalue(), file.name, district)
    if reading.counts is None:
        session.reports[_COUNTS] = reading.findings
        return
    changed = tuple(
        count
        for count in reading.counts
        if count.groups or count.grades or count.enrollment != district.school_of[count.school].enrollment
    )
    session.count(dataclasses.replace(session.fall, counts=changed))


def _take_plan(session: Session, key: str) -> None:
    file = field_value(key)
    session.reports.pop(_PLAN, None)
    if file is None:
        return
    found = recertify(file.getvalue(), file.name)
    district, scenario, allocation = found.reading.district, found.reading.scenario, found.reading.allocation
    if found.findings or district is None or scenario is None or allocation is None:
        session.reports[_PLAN] = found.findings or found.reading.findings
        return
    session.count(FallDesk(AdoptedPlan(file.name, district, scenario.json, allocation)))


def _forget(session: Session) -> None:
    session.revision += 1
    session.reports.pop(_COUNTS, None)
    session.count(dataclasses.replace(session.fall, counts=()))


def _show_refused(session: Session, name: str, title: str) -> None:
    findings: Sequence[Finding] = session.reports.get(name, ())
    if findings:
        st.error("Every problem is listed below with its cell.", title=title, icon=":material/rule:")
        show_findings(findings, key=name)
