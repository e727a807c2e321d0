"""The last step of files: what still stands in the way, or the button that opens the district."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.finding import Severity
from equity_alloc.domain.number import count_words
from equity_alloc.sources.base import UNNAMED, Reading
from equity_alloc.sources.mapped.take_in import TakenIn
from equity_alloc.ui.files_work import Work, desk_of, lay_down, work_of
from equity_alloc.ui.page_list import link
from equity_alloc.ui.problem_table import show_findings
from equity_alloc.ui.session import Session
from equity_alloc.ui.upload import loaded_words
from equity_alloc.ui.words import plain


def show_ours(session: Session, reading: Reading) -> None:
    """Show what our own workbook or tables say, and open them as they are."""
    st.markdown(
        "These are our own tables: there is nothing to describe, and what they say stays as it is, posts, rules and "
        "choices among it."
    )
    errors = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
    if reading.district is None:
        st.markdown(
            f"**{count_words(len(errors), 'problem')}** must be mended first. Mend the file and choose it again."
        )
    else:
        _show_button(session, reading)
    _show_told(session, reading)


def _show_button(session: Session, reading: Reading) -> None:
    district = reading.district
    if district is None:
        return
    st.markdown(
        f"**{plain(district.name)}**, {plain(district.year)}: {count_words(len(district.schools), 'school')}, "
        f"{count_words(len(district.positions), 'position')}, {count_words(len(district.funds), 'fund')}."
    )
    if district.name == UNNAMED:
        st.info(
            "The district has no name yet, and every report prints it: type it above under Decide, or into the sheet District "
            "of a workbook of your own.",
            icon=":material/badge:",
        )
    st.button(
        f"Open {plain(district.name)}", key="files-open", on_click=_open, args=(session,),
        icon=":material/upload_file:",
    )  # fmt: skip


def _show_told(session: Session, reading: Reading) -> None:
    if session.reports.get("files-opened"):
        st.success(plain(str(session.reports["files-opened"])), icon=":material/task_alt:")
        link("plan", "See the plan")
    if reading.findings:
        show_findings(reading.findings, key="files-findings")


def show_open(session: Session, work: Work, taken: TakenIn) -> None:
    """Show every problem, errors first, and open the district once none is left."""
    undescribed = [table for table in work.tables if table.key not in work.maps]
    errors = [finding for finding in taken.reading.findings if finding.severity is Severity.ERROR]
    district = taken.reading.district
    if undescribed:
        names = ", ".join(plain(table.key) for table in undescribed[:5])
        st.markdown(f"{count_words(len(undescribed), 'table')} without a map will not be part of it: {names}.")
    if district is None:
        st.markdown(f"**{count_words(len(errors), 'problem')}** must be mended or decided first.")
    else:
        _show_button(session, taken.reading)
    _show_told(session, taken.reading)


def _open(session: Session) -> None:
    work, desk = work_of(session), desk_of(session)
    reading = work.ours or (work.taken.reading if work.taken is not None else None)
    if reading is not None and session.load(reading, ""):
        session.notice = loaded_words(session)
        lay_down(session, desk)  # opening a district clears what pages found; the files stay for a second look
        session.reports["files-opened"] = session.notice
