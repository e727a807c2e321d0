"""The one export dialog: the documents of a plan, the same names in the same order everywhere, made one by one."""

from __future__ import annotations

import dataclasses

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.domain.record import digest
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.document import Document, Dossier
from equity_alloc.reports.draft import assessment_reasons, draft_line
from equity_alloc.reports.family import Made, make_one
from equity_alloc.ui.decision_work import work_of
from equity_alloc.ui.export_accounts import choose_accounts
from equity_alloc.ui.export_beside import beside_identity, rejected_beside, show_beside, show_missing, typed_beside
from equity_alloc.ui.export_choice import ask_for_one, choose_documents
from equity_alloc.ui.export_ledger import Before, ask_for_word, before, release_or_withhold, show_ledger
from equity_alloc.ui.export_made import show_made
from equity_alloc.ui.export_shelf import HOURS, VISITORS, Shelf, renew_shelf, shelf
from equity_alloc.ui.export_texts import show_free_texts
from equity_alloc.ui.ledger_view import record
from equity_alloc.ui.page_list import link
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

_OPEN, _ASKED = "export-unfinished", "export-asked"
_ALL, _FAILED, _CODES = "all", "failed", "codes"


def export_button(session: Session, plan: Plan, key: str, *, only: str = "", words: str = "") -> None:
    """Show the button that opens the dialog over another page, for the plan that stands there.

    Parameters
    ----------
    session : Session
    plan : Plan
    key : str
    only : str
        Code of the one document that is chosen when the dialog opens; "" for those that the visitor chose last.
    words : str
        What the button says where it stands for one document.
    """
    if st.button(words or "Make the documents of this plan", icon=":material/folder_zip:", key=key):
        ask_for_one(session, only)
        _open_dialog(session, plan)


@st.dialog("Documents of the plan", width="large")
def _open_dialog(session: Session, plan: Plan) -> None:
    st.markdown(plain(f"{session.district.name} {session.district.year}: {plan.scenario.name}"))
    _show(session, plan)


def show_export_dialog(session: Session, plan: Plan) -> None:
    """Show what can be made of a plan on a page of its own, with the documents that the visitor chose last."""
    session.reports.pop("export-only", None)
    _show(session, plan)


def _show(session: Session, plan: Plan) -> None:
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
    book = work_of(session).book
    dossier = Dossier(plan, (), session.exports.sentences, accounts, known.releases, book)
    if dossier.draft:
        st.warning(plain(draft_line(dossier.draft)), icon=":material/edit_note:")
        if assessment_reasons(plan, book):
            link("decision", "Complete the assessment on Decision record")
    show_beside(session, plan)
    chosen = choose_documents(session)
    has_word = False
    if any(document.is_public for document in chosen):
        show_ledger(session, known, dossier)
        show_free_texts(dossier, typed_beside(session, plan))
        has_word = ask_for_word(session, known)
    st.button(
        f"Make {count_words(len(chosen), 'document')}",
        key="export-make",
        icon=":material/description:",
        disabled=not chosen,
        on_click=_ask,
        args=(session, _ALL),
    )
    kept, identity = shelf(session.visitor, session.reports), _identity(session, dossier)
    asked = session.reports.pop(_ASKED, "")
    if asked:
        wanted = _wanted(asked, kept, _codes(dossier)) or chosen
        whole = dataclasses.replace(dossier, rejected=rejected_beside(session, plan))
        _make(session, whole, known, wanted, kept, again=asked != _ALL, has_word=has_word)
    show_missing(session, plan)
    _show_shelf(session, dossier, kept, identity)


def _show_shelf(session: Session, dossier: Dossier, kept: Shelf, identity: str) -> None:
    codes = _codes(dossier)
    stood = kept.half_standing(codes)
    if kept.asked and stood and kept.half_of == _half_identity(session, dossier):
        st.info(
            f"Making was cut off when {len(stood)} of {count_words(kept.asked, 'document')} stood. They are kept: press "
            "Make, and only the others are made.",
            icon=":material/history:",
        )
    if session.exports.made and not kept.made:
        st.info(plain(_dropped_words(len(session.exports.made))), icon=":material/history:")
    if kept.identity == identity:
        _show_outdated(session, kept.outdated(codes))
        standing = kept.standing(codes)
        if standing:
            show_made(dossier, standing, kept.last)
        failed = sum(1 for each in standing if each.error)
        if failed:
            _again(session, f"Make again what failed ({count_words(failed, 'document')})", _FAILED)
    elif kept.made:
        st.info(
            "What the documents rest on (the plan, what stands beside it, its record or its open business) has changed since they were made. "
            "Make them again."
        )


def _show_outdated(session: Session, outdated: tuple[Made, ...]) -> None:
    """Say which documents rest on the account codes that were changed, and offer to make them, and no others, again."""
    if not outdated:
        return
    titles = [each.document.title for each in outdated]
    are = "this document was" if len(titles) == 1 else "these documents were"
    st.info(
        plain(f"The account codes have changed since {are} made: {', '.join(titles)}. The others stand as they are.")
    )
    _again(session, f"Make again what is in account codes ({count_words(len(titles), 'document')})", _CODES)


def _again(session: Session, words: str, what: str) -> None:
    st.button(words, key=f"export-again-{what}", icon=":material/refresh:", on_click=_ask, args=(session, what))


def _wanted(asked: str, kept: Shelf, codes: str) -> list[Document]:
    """Return the documents that are asked for again; none where it is those that are chosen."""
    again = {_CODES: kept.outdated(codes), _FAILED: tuple(each for each in kept.standing(codes) if each.error)}
    return [each.document for each in again.get(asked, ())]


def _dropped_words(count: int) -> str:
    """Return what became of documents that were made, are not kept any more, and how to have them again."""
    return (
        f"{count_words(count, 'document')} made before {'is' if count == 1 else 'are'} no longer here to download: files stay for "
        f"{HOURS} hours after they were made, and only of the last {VISITORS} visitors; a restart of the server drops them too. "
        "Your plan and your choices are kept: press Make, and they are made again."
    )


def _identity(session: Session, dossier: Dossier) -> str:
    """Return a digest of all that documents are made from, but for account codes and for what was public before.

    Making them adds to what was public; account codes are in few of them, and the shelf knows in which.
    """
    parts = [
        dossier.plan.digest,
        beside_identity(session),
        *dossier.open_business,
        repr(dossier.decided),
    ]
    return digest(tuple(parts))


def _codes(dossier: Dossier) -> str:
    """Return a digest of the account codes in use."""
    return digest((repr(dossier.accounts),))


def _half_identity(session: Session, dossier: Dossier) -> str:
    """Return the identity of documents that were not handed out: made in view of just what was public then."""
    return digest((_identity(session, dossier), *(release.digest for release in dossier.earlier)))


def _keep_open(session: Session) -> None:
    """Keep what was typed, so that neither another page nor a reload loses it."""
    session.hand_over(dataclasses.replace(session.exports, unfinished=str(field_value(_OPEN) or "")))


def _ask(session: Session, what: str) -> None:
    session.reports[_ASKED] = what


def _make(
    session: Session,
    dossier: Dossier,
    known: Before,
    wanted: list[Document],
    kept: Shelf,
    *,
    again: bool,
    has_word: bool,
) -> None:
    """Make documents with progress; each is kept as soon as it stands, so that leaving the page loses none."""
    half = kept.begin(_half_identity(session, dossier), _codes(dossier), len(wanted))
    bar = st.progress(0.0, "Making the documents ...")
    ready: list[Made] = []
    for number, document in enumerate(wanted):
        bar.progress(number / len(wanted), f"Making {number + 1} of {len(wanted)}: {plain(document.title)} ...")
        made = half.get(document.code) or make_one(dossier, document)
        if not made.error:
            half[document.code] = made
        ready.append(made)
    bar.empty()
    given = release_or_withhold(session, dossier, known, tuple(ready), has_word=has_word)
    kept.finish(_identity(session, dossier), _codes(dossier), given, again=again)
    renew_shelf(session.visitor, kept)
    session.hand_over(dataclasses.replace(session.exports, made=tuple(e.document.code for e in kept.made if e.data)))
    record(session, dossier.plan)
