"""The one export dialog: the documents of a plan, the same names in the same order everywhere, made one by one."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from collections.abc import Iterator

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.planning.plan import Impossible, Plan
from equity_alloc.reports.document import Document, Dossier
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.family import Made, all_documents, file_name, make_one
from equity_alloc.sources.write_sheet import CREATED
from equity_alloc.ui.decision_work import work_of
from equity_alloc.ui.export_accounts import choose_accounts
from equity_alloc.ui.export_ledger import ask_for_word, before, release_or_withhold, show_ledger
from equity_alloc.ui.ledger_view import record
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

_MADE = "export-made"
_OPEN = "export-unfinished"
#: Documents before this place are chosen until a visitor chooses others.
_USUAL = 80


def export_button(session: Session, plan: Plan, key: str) -> None:
    """Show the button that opens the dialog over another page, for the plan that stands there."""
    if st.button("Make the documents of this plan", icon=":material/folder_zip:", key=key):
        _open_dialog(session, plan)


@st.dialog("Documents of the plan", width="large")
def _open_dialog(session: Session, plan: Plan) -> None:
    st.markdown(plain(f"{session.district.name} {session.district.year}: {plan.scenario.name}"))
    show_export_dialog(session, plan)


def show_export_dialog(session: Session, plan: Plan) -> None:
    """Show what can be made of a plan, make what is chosen with progress, and offer each file by itself."""
    st.text_area(
        "Business that is still open, one sentence a line (the plan then leaves as a DRAFT)",
        session.exports.unfinished,
        key=_OPEN,
        on_change=_keep_open,
        args=(session,),
        height=80,
        placeholder="The board has not heard the schools that give up posts.",
    )
    accounts, known = choose_accounts(session), before(session, plan)
    dossier = Dossier(
        plan, _rejected(session, plan), session.exports.sentences, accounts, known.releases, work_of(session).book
    )
    if dossier.draft:
        st.warning(plain(draft_line(dossier.draft)), icon=":material/edit_note:")
    chosen = [document for document in all_documents() if _choose(session, document)]
    has_word = False
    if any(document.is_public for document in chosen):
        show_ledger(session, known, dossier)
        has_word = ask_for_word(session, known)
    st.button(
        f"Make {count_words(len(chosen), 'document')}",
        key="export-make",
        icon=":material/description:",
        disabled=not chosen,
        on_click=_ask,
        args=(session,),
    )
    if session.reports.pop("export-asked", False):
        ready = _make_with_progress(dossier, chosen)
        made = release_or_withhold(session, dossier, known, ready, has_word=has_word)
        session.reports[_MADE] = (_identity(dossier), made)
        record(session, plan)
    identity, made = session.reports.get(_MADE, ("", ()))
    if identity == _identity(dossier):
        _show_made(dossier, made)
    elif made:
        st.info("The plan or its open business has changed since documents were made. Make them again.")


def _rejected(session: Session, plan: Plan) -> tuple[Plan | Impossible, ...]:
    """Return what was looked at beside the plan; of another district, such as one with fall counts, nothing was."""
    if plan.certificate.district_digest != session.district_digest:
        return ()
    others = (session.result_or_none(scenario) for scenario in session.saved if scenario != plan.scenario)
    return tuple(each for each in others if each)


def _identity(dossier: Dossier) -> str:
    parts = [
        dossier.plan.digest,
        repr(dossier.accounts),
        *(each.scenario.digest for each in dossier.rejected),
        *dossier.open_business,
        repr(dossier.decided),
    ]
    return "\n".join(parts)


def _choose(session: Session, document: Document) -> bool:
    kept = session.exports.chosen
    sign = ":material/public:" if document.is_public else ":material/lock:"
    label = f"**{plain(document.title)}** ({document.ending.lstrip('.').upper()}) {sign} {document.readers.value}"
    return st.checkbox(
        f"{label}. {plain(document.says)}",
        value=document.place < _USUAL if kept is None else document.code in kept,
        key=f"export-{document.code}",
        on_change=_keep_chosen,
        args=(session,),
    )


def _keep_chosen(session: Session) -> None:
    """Keep which documents are chosen, so that neither another page nor a reload loses it."""
    chosen = tuple(each.code for each in all_documents() if field_value(f"export-{each.code}"))
    session.hand_over(dataclasses.replace(session.exports, chosen=chosen))


def _keep_open(session: Session) -> None:
    """Keep what was typed, so that neither another page nor a reload loses it."""
    session.hand_over(dataclasses.replace(session.exports, unfinished=str(field_value(_OPEN) or "")))


def _ask(session: Session) -> None:
    session.reports["export-asked"] = True


def _make_with_progress(dossier: Dossier, chosen: list[Document]) -> tuple[Made, ...]:
    bar = st.progress(0.0, "Making the documents ...")
    made = []
    for number, document in enumerate(chosen):
        bar.progress(number / len(chosen), f"Making {number + 1} of {len(chosen)}: {plain(document.title)} ...")
        made.append(make_one(dossier, document))
    bar.empty()
    return tuple(made)


def _show_made(dossier: Dossier, made: tuple[Made, ...]) -> None:
    done = [each for each in made if each.data]
    for each in made:
        if each.error:
            st.error(f"{plain(each.document.title)}: {plain(each.error)}", icon=":material/error:")
        elif each.needless:
            st.info(f"{plain(each.document.title)}: {plain(each.needless)}", icon=":material/info:")
    if not done:
        return
    asked = sum(1 for each in made if not each.needless)
    st.success(f"{len(done)} of {asked} documents are ready.", icon=":material/check_circle:")
    if any(not each.document.is_public for each in done):
        st.warning(
            "Files marked internal hold the full counts of every school, small groups included. Do not publish them.",
            icon=":material/lock:",
        )
    for each in done:
        st.download_button(
            f"Download: {each.document.title}",
            each.data,
            each.name,
            each.document.media,
            icon=":material/download:",
            on_click="ignore",
            key=f"export-get-{each.document.code}",
        )
    for readers, group in _by_readers(done):
        if len(group) > 1:
            st.download_button(
                f"Download all that is {readers} in one file (ZIP)",
                lambda group=group: _zipped(group),  # type: ignore[misc]
                f"{file_name(dossier, group[0].document).split(group[0].document.code)[0]}{readers}.zip",
                "application/zip",
                icon=":material/folder_zip:",
                on_click="ignore",
                key=f"export-zip-{readers}",
            )


def _by_readers(made: list[Made]) -> Iterator[tuple[str, list[Made]]]:
    for readers in dict.fromkeys(each.document.readers.value for each in made):
        yield readers, [each for each in made if each.document.readers.value == readers]


def _zipped(made: list[Made]) -> bytes:
    """Return files as one ZIP; public and internal ones never share one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in made:
            archive.writestr(zipfile.ZipInfo(each.name, CREATED.timetuple()[:6]), each.data)
    return stream.getvalue()
