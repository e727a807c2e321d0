"""Sample districts to look at, without files of one's own."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.shipped import DATA
from equity_alloc.sources.open_file import read_path
from equity_alloc.ui.session import Session
from equity_alloc.ui.upload import loaded_words

#: Folder in data/, title, and what it is good for. All are invented.
SAMPLES = (
    ("sample_district", "24 schools, 8 funds, 14 positions", "What a whole district looks like."),
    ("tiny_district", "4 schools", "Small enough to check on paper."),
)


def show_samples(session: Session) -> None:
    """Show a button for each sample district."""
    for folder, size, use in SAMPLES:
        with st.container(border=True):
            st.markdown(f"**{size}**  \n{use} Invented.")
            st.button(
                f"Open the district with {size.split(',')[0]}",
                key=f"sample-{folder}",
                on_click=_open,
                args=(session, folder),
            )


def _open(session: Session, folder: str) -> None:
    if session.load(read_path(DATA / folder), ""):
        session.notice = loaded_words(session)
