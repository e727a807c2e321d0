"""Which documents are chosen: every one in its place, and the choices that most people want by one click."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import streamlit as st

from equity_alloc.reports.document import Document
from equity_alloc.reports.family import all_documents
from equity_alloc.ui.session import Session, field_value

#: Documents before this place are chosen until a visitor chooses others.
_USUAL = 80
_ONLY = "export-only"

_QUICK: tuple[tuple[str, Callable[[Document], bool]], ...] = (
    ("The usual", lambda document: document.place < _USUAL),
    ("Only public", lambda document: document.is_public),
    ("All", lambda _: True),
    ("None", lambda _: False),
)


def ask_for_one(session: Session, code: str) -> None:
    """Open the list with one document chosen, without changing what is kept as chosen; "" for the kept choice."""
    session.reports[_ONLY] = (code,) if code else None
    session.revision += 1


def named(document: Document) -> str:
    """Return what a document is called wherever it is chosen, made or handed out."""
    return f"{document.title} ({document.ending.lstrip('.').upper()}, {document.readers.value})"


def choose_documents(session: Session) -> list[Document]:
    """Show every document in its place, and return those that are chosen."""
    with st.container(horizontal=True):
        for words, wanted in _QUICK:
            codes = tuple(document.code for document in all_documents() if wanted(document))
            st.button(words, key=f"export-quick-{words}", on_click=_choose_all, args=(session, codes))
    now = _chosen_now(session)
    return [document for document in all_documents() if _choose(session, document, is_chosen=document.code in now)]


def _chosen_now(session: Session) -> tuple[str, ...]:
    """Return what is chosen: one document that a page asked for, else what the visitor chose, else the usual."""
    only: tuple[str, ...] | None = session.reports.get(_ONLY)
    if only is not None:
        return only
    if session.exports.chosen is not None:
        return session.exports.chosen
    return tuple(document.code for document in all_documents() if document.place < _USUAL)


def _choose(session: Session, document: Document, *, is_chosen: bool) -> bool:
    # Without marks of bold or icons: a screen reader would spell them out.
    return st.checkbox(
        f"{named(document)}. {document.says}",
        value=is_chosen,
        key=_key(session, document),
        on_change=_keep_chosen,
        args=(session,),
    )


def _key(session: Session, document: Document) -> str:
    return f"export-{document.code}-{session.revision}"


def _choose_all(session: Session, codes: tuple[str, ...]) -> None:
    """Choose these documents at once."""
    session.revision += 1
    _keep(session, codes)


def _keep_chosen(session: Session) -> None:
    """Keep which documents are chosen, so that neither another page nor a reload loses it."""
    _keep(session, tuple(each.code for each in all_documents() if field_value(_key(session, each))))


def _keep(session: Session, codes: tuple[str, ...]) -> None:
    if session.reports.get(_ONLY) is not None:
        session.reports[_ONLY] = codes
        return
    session.hand_over(dataclasses.replace(session.exports, chosen=codes))
