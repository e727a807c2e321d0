"""The field for files of other programs, and the list of those that lie on the desk."""

from __future__ import annotations

import dataclasses

import streamlit as st

from equity_alloc.store.files_desk import FilesDesk
from equity_alloc.ui.files_work import add_files, desk_of, lay_down
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.upload import MEGABYTES
from equity_alloc.ui.words import plain

_TOLD = "files-told"


def show_drop(session: Session) -> None:
    """Show the field, and the files that lie here with a button to take each away."""
    st.file_uploader(
        "Exports of one district: .csv, .xlsx, .json, .zip of .csv files; maps and aliases (.toml)",
        type=["csv", "txt", "xlsx", "json", "zip", "toml"],
        accept_multiple_files=True,
        key="files-drop",
        on_change=_take,
        args=(session,),
        max_upload_size=MEGABYTES,
        help="The files are read on the server that runs this dashboard and sent nowhere else.",
    )
    if session.reports.get(_TOLD):
        st.error(plain(str(session.reports[_TOLD])), icon=":material/edit_off:")
    desk = desk_of(session)
    for place, file in enumerate(desk.files):
        words, button = st.columns([1, 1], vertical_alignment="center")
        words.markdown(f"{plain(file.name)}, {max(1, round(len(file.data) / 1024)):,} kB")
        button.button(
            f"Remove {plain(file.name)}" if len(desk.files) > 1 else "Remove the file",
            key=f"files-remove-{place}",
            on_click=_remove,
            args=(session, file.name),
            width="stretch",
        )
    if len(desk.files) > 1:
        st.button("Remove all files and answers", key="files-clear", on_click=_clear, args=(session,))


def _take(session: Session) -> None:
    files = [(file.name, file.getvalue()) for file in field_value("files-drop") or ()]
    known = {file.name: file.data for file in desk_of(session).files}
    new = [(name, data) for name, data in files if known.get(name) != data]
    session.reports[_TOLD] = add_files(session, new) if new else ""


def _remove(session: Session, name: str) -> None:
    desk = desk_of(session)
    maps = {key: text for key, text in desk.maps.items() if key != name and not key.startswith(f"{name}: ")}
    files = tuple(file for file in desk.files if file.name != name)
    matches = {key: code for key, code in desk.answers.matches.items() if not key.startswith(f"{name}:")}
    answers = dataclasses.replace(desk.answers, matches=matches)
    lay_down(session, dataclasses.replace(desk, files=files, maps=maps, answers=answers))


def _clear(session: Session) -> None:
    lay_down(session, FilesDesk())
