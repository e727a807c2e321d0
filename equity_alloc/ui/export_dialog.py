"""The one export dialog: the documents of a plan, the same names in the same order everywhere, made one by one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.accounts import DEFAULT, pattern_names, read_pattern, shipped_pattern
from equity_alloc.reports.document import Document, Dossier
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.family import Made, all_documents, file_name, make_one
from equity_alloc.sources.write_sheet import CREATED
from equity_alloc.ui.ledger_view import record
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

_MADE = "export-made"
_OPEN = "export-unfinished"
_ACCOUNTS = "export-pattern"
_RELEASED = "export-released"


def show_export_dialog(session: Session, plan: Plan) -> None:
    """Show what can be made of a plan, make what is chosen with progress, and offer each file by itself."""
    st.text_area(
        "Business that is still open, one sentence a line (the plan then leaves as a DRAFT)",
        session.reports.get(_OPEN, ""),
        key=_OPEN,
        on_change=_keep_open,
        args=(session,),
        height=80,
        placeholder="The board has not heard the schools that give up posts.",
    )
    _choose_accounts(session)
    dossier = _dossier(session, plan)
    if dossier.draft:
        st.warning(plain(draft_line(dossier.draft)), icon=":material/edit_note:")
    chosen = [document for document in all_documents() if _choose(document)]
    st.button(
        f"Make {len(chosen)} documents" if len(chosen) != 1 else "Make 1 document",
        key="export-make",
        type="primary",
        disabled=not chosen,
        on_click=_ask,
        args=(session,),
    )
    _warn_of_other_weights(session, plan, chosen)
    if session.reports.pop("export-asked", False):
        if any(document.is_public for document in chosen):
            session.reports[_RELEASED] = plan.scenario.need_weights
        session.reports[_MADE] = (_identity(dossier), _make_with_progress(dossier, chosen))
        record(session, plan)
    identity, made = session.reports.get(_MADE, ("", ()))
    if identity == _identity(dossier):
        _show_made(dossier, made)
    elif made:
        st.info("The plan or its open business has changed since documents were made. Make them again.")


def _warn_of_other_weights(session: Session, plan: Plan, chosen: list[Document]) -> None:
    """Say that two public sets with different need weights tell more about counts than one."""
    before = session.reports.get(_RELEASED)
    if before is None or before == plan.scenario.need_weights or not any(document.is_public for document in chosen):
        return
    st.warning(
        "Public documents were made before from the same counts with other need weights. Two such sets side by side can give "
        "small counts away: publish one of them only.",
        icon=":material/privacy_tip:",
    )


def _dossier(session: Session, plan: Plan) -> Dossier:
    others = [session.result_or_none(scenario) for scenario in session.saved if scenario != plan.scenario]
    lines = str(session.reports.get(_OPEN, "")).splitlines()
    unfinished = tuple(line.strip() for line in lines if line.strip())
    return Dossier(plan, tuple(each for each in others if each), unfinished, session.reports.get(_ACCOUNTS))


def _choose_accounts(session: Session) -> None:
    """Let the visitor choose a shipped pattern of account codes, or open the district's own."""
    with st.expander("Account codes", icon=":material/tag:"):
        patterns = {shipped_pattern(name).title: name for name in pattern_names()}
        titles = sorted(patterns, key=lambda title: patterns[title] != DEFAULT)
        chosen = st.selectbox("Shipped pattern", titles, key="export-accounts")
        file = st.file_uploader(
            "Or the district's own (.toml)", type="toml", key="export-accounts-own", max_upload_size=1
        )
        try:
            own = read_pattern(file.getvalue().decode("utf-8"), file.name) if file is not None else None
        except (EquityAllocError, UnicodeDecodeError) as error:
            st.error(plain(f"{error} The shipped pattern is used."), icon=":material/error:")
            own = None
        pattern = own or shipped_pattern(patterns[chosen])
        session.reports[_ACCOUNTS] = pattern
        if pattern.unverified:
            st.caption(f"Defaults that nobody has checked for your district: {', '.join(pattern.unverified)}.")


def _identity(dossier: Dossier) -> str:
    parts = [
        dossier.plan.digest,
        repr(dossier.accounts),
        *(each.scenario.digest for each in dossier.rejected),
        *dossier.unfinished,
    ]
    return "\n".join(parts)


def _choose(document: Document) -> bool:
    sign = ":material/public:" if document.is_public else ":material/lock:"
    label = f"**{plain(document.title)}** ({document.ending.lstrip('.').upper()}) {sign} {document.readers.value}"
    return st.checkbox(f"{label}. {plain(document.says)}", value=document.place < 80, key=f"export-{document.code}")


def _keep_open(session: Session) -> None:
    """Keep what was typed, so that another page does not lose it."""
    session.reports[_OPEN] = field_value(_OPEN) or ""


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
    done = [each for each in made if not each.error]
    for each in made:
        if each.error:
            st.error(f"{plain(each.document.title)}: {plain(each.error)}", icon=":material/error:")
    if not done:
        return
    st.success(f"{len(done)} of {len(made)} documents are ready.", icon=":material/check_circle:")
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
