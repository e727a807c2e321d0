"""What people wrote and public papers print word for word, to be read before anything is published."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.free_texts import free_texts, heading
from equity_alloc.scenario import Scenario
from equity_alloc.ui.words import plain


def show_free_texts(dossier: Dossier, beside: tuple[Scenario, ...]) -> None:
    """List the texts of people that leave in public papers; nothing where there are none.

    Parameters
    ----------
    dossier : Dossier
    beside : tuple of Scenario
        Scenarios of people that will stand beside the plan, whose own plans are made later.
    """
    texts = free_texts(dossier, beside)
    if not texts:
        return
    title = f"Read before you publish: {count_words(len(texts), 'text')} that people wrote"
    with st.expander(title, icon=":material/person_search:"):
        st.markdown(plain(heading(texts)))
        for each in texts:
            st.markdown(f"**{plain(each.where)}**: {plain(each.words)}")
