"""The chain of records on screen: every record, whether it is as it was written, and the way in and out."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from equity_alloc.decisions.chain import breaks, chain_bytes
from equity_alloc.decisions.decision import Decision
from equity_alloc.decisions.promises_since import changed_since
from equity_alloc.domain.number import count_words
from equity_alloc.reports.decision_sections import record_sections
from equity_alloc.reports.family import documents_named
from equity_alloc.reports.section import Section
from equity_alloc.ui.decision_work import attempt, take_chain, work_of
from equity_alloc.ui.downloads import offer
from equity_alloc.ui.session import Session
from equity_alloc.ui.setting_input import show_typed_error
from equity_alloc.ui.words import plain

_FIELD = "decision-chain-file"


def show_chain(session: Session) -> None:
    """Show every record and offer the chain as a file."""
    work = work_of(session)
    if work.notice:
        st.warning(plain(work.notice), icon=":material/cloud_off:")
    book = work.book
    if not book.chain:
        st.markdown("Nothing is on record yet.")
    else:
        found = breaks(book.chain, book.district)
        if found:
            for sentence in found:
                st.error(plain(sentence), icon=":material/link_off:")
        else:
            st.markdown(
                f"{count_words(len(book.chain), 'record')}, every one as it was written. Last fingerprint: `{book.chain[-1].hash}`"
            )
        for link, made in book.records():
            with st.expander(
                f"{link.number}. {link.kind.capitalize()}, {link.at[:10]} {link.at[11:16]} UTC, {link.hash[:12]}"
            ):
                for sentence in changed_since(made, session.scenario) if isinstance(made, Decision) else ():
                    st.warning(plain(sentence), icon=":material/edit:")
                _show_sections(record_sections(link, made, book=book))
        [document] = documents_named(("decision-chain",))
        offer(
            document.title,
            chain_bytes(book.chain, book.district),
            f"{_slug(book.district)}-{document.code}-internal{document.ending}",
            document.media,
            key="decision-chain-get",
        )
        st.caption("Internal: the chain holds what every count of pupils goes into.")
    _show_opening(session)
    st.caption(
        "Each record holds the fingerprint of the one before it, so that a change to any of them shows in all that follow; "
        "'python -m equity_alloc decision verify' checks the file anywhere. A fingerprint is no signature: it says that the text is as it was "
        "written here, not who wrote it. Records stay on this server for four years after the last one; the file is the archive. They may be public "
        "records: write no name of a pupil."
    )


def _show_sections(sections: Sequence[Section]) -> None:
    for section in sections:
        st.markdown(f"**{plain(section.title)}**")
        for sentence in section.sentences:
            st.markdown(plain(sentence))
        if section.table is not None:
            rows = {heading: [row[n] for row in section.table.rows] for n, heading in enumerate(section.table.headings)}
            st.table(rows)


def _show_opening(session: Session) -> None:
    with st.expander("Go on from a chain that was kept elsewhere", icon=":material/upload_file:"):
        file = st.file_uploader(
            "A file with decision-chain in its name", type="json", key="decision-chain-open", max_upload_size=5
        )
        if file is not None and st.button("Check it and go on from it", key="decision-chain-take"):
            said: list[str] = []
            data = file.getvalue()
            if attempt(session, _FIELD, lambda: said.append(take_chain(session, data))):
                st.success(plain(said[0]), icon=":material/check_circle:")
                st.rerun()
        show_typed_error(session, _FIELD)


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:60]
