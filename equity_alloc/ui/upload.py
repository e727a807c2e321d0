"""The door for a visitor's own district."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.finding import Severity
from equity_alloc.domain.number import count_words
from equity_alloc.ui.files_work import add_files
from equity_alloc.ui.page_list import link
from equity_alloc.ui.problem_table import count_line, show_findings
from equity_alloc.ui.read_upload import ENDINGS, UploadedBytes, is_foreign, read_upload
from equity_alloc.ui.session import NOT_FORGOTTEN, Session, field_value
from equity_alloc.ui.words import plain

MEGABYTES = 20
FOREIGN = "start-foreign"
#: As many findings are shown at once after a file was loaded.
FEW = 5


def show_upload(session: Session) -> None:
    """Show the field for files."""
    key = f"upload-{session.revision}"
    st.file_uploader(
        "One workbook (.xlsx), several .csv files with or without a formula (.toml), or one .zip of them",
        type=list(ENDINGS),
        accept_multiple_files=True,
        key=key,
        on_change=_take,
        args=(session, key),
        max_upload_size=MEGABYTES,
        help="The file is read on the server that runs this dashboard and sent nowhere else.",
    )
    st.caption(
        f"At most {MEGABYTES} MB. A larger file gets an error sign and is not read: delete sheets and pictures that are "
        "not needed, and save it again."
    )


def show_outcome(session: Session) -> None:
    """Show what became of the last file: loaded, or every problem in it."""
    if session.notice:
        st.success(plain(session.notice), icon=":material/task_alt:")
        link("plan", "See the plan")
        if session.notice == loaded_words(session):
            _show_noticed(session)
    if session.reports.get(NOT_FORGOTTEN):
        st.error(
            plain(f"{session.reports[NOT_FORGOTTEN]} Press Forget my data once more."),
            title="Not all of your data were deleted",
            icon=":material/error:",
        )
    if session.reports.get(FOREIGN):
        st.info(plain(str(session.reports[FOREIGN])), icon=":material/table_view:")
        link("files", "See what was understood, on the page Files in")
    if session.refused:
        errors = sum(1 for finding in session.refused if finding.severity is Severity.ERROR)
        st.error(
            f"{count_words(errors, 'problem')} must be mended before this file can be used "
            f"({count_line(session.refused)}). {plain(session.district.name)} stays loaded.",
            title="The file was not loaded",
            icon=":material/rule:",
        )
        show_findings(session.refused, key="refused")
        st.markdown("Mend the file and choose it again.")


def _show_noticed(session: Session) -> None:
    """Show what was noticed in the file that was loaded: warnings at once where they are few, else behind a line."""
    if not session.findings:
        return
    warnings = sum(1 for finding in session.findings if finding.severity is Severity.WARNING)
    with st.expander(
        f"What was noticed in the file: {count_line(session.findings)}",
        expanded=warnings > 0 and len(session.findings) <= FEW,
        icon=":material/warning:" if warnings else ":material/info:",
    ):
        show_findings(session.findings, key="noticed")
        st.markdown(
            "None of these keeps the file from being used. They stand on District too, and travel with every plan."
        )
    link("district", "See the data as they were understood")


def loaded_words(session: Session) -> str:
    """Return what was loaded, with what was noticed."""
    district = session.district
    return (
        f"{district.name}, {district.year}, is loaded: {count_words(len(district.schools), 'school')}, "
        f"{count_words(len(district.funds), 'fund')}; {count_line(session.findings)}."
    )


def _take(session: Session, key: str) -> None:
    files = [UploadedBytes(file.name, file.getvalue()) for file in field_value(key) or ()]
    if not files:
        session.refused = ()
        return
    if is_foreign(files):
        told = add_files(session, [(file.name, file.data) for file in files])
        session.refused, session.notice = (), ""
        session.reports[FOREIGN] = told or "These are not our tables, but files of another program."
        return
    session.reports.pop(FOREIGN, None)
    if session.load(read_upload(files), ""):
        session.notice = loaded_words(session)
