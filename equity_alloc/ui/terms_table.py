"""What is known of the funds' money, and last year's posts that nobody holds."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.district import District
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import Cents
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.sources.cell_words import yes_no
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_terms(district: District) -> None:
    """Show the terms of every fund, and the vacant posts in one sentence; blank is unknown."""
    terms = [district.terms_of(fund.code) for fund in district.funds]
    if district.terms:
        columns = (
            TableColumn("Fund", Show.TEXT, tuple(fund.title for fund in district.funds)),
            TableColumn("One-time money", Show.TEXT, tuple(yes_no(known.one_time) for known in terms)),
            TableColumn("Ends", Show.TEXT, tuple(known.ends for known in terms)),
            TableColumn("Revenue", Show.DOLLARS, tuple(_dollars(known.revenue) for known in terms)),
            TableColumn("Balance carried in", Show.DOLLARS, tuple(_dollars(known.balance) for known in terms)),
            TableColumn("Award last year", Show.DOLLARS, tuple(_dollars(known.award_last_year) for known in terms)),
            TableColumn(
                "Indirect",
                Show.SHARE,
                tuple(None if known.indirect_rate is None else float(known.indirect_rate) for known in terms),
                "Indirect cost as a share of direct cost",
            ),
        )
        note = f"How long the funds' money lasts and what is left of it, {district.year}. Blank is unknown."
        show_table(columns, alt=note, key="fund-terms", pinned=1)
        st.caption(plain(note))
    else:
        st.markdown("Terms of the funds are not known: the sheet Fund terms is blank. Some rules need them.")
    if district.vacancies:
        total = print_fte(sum(vacancy.fte for vacancy in district.vacancies))
        places = len({vacancy.school for vacancy in district.vacancies})
        st.markdown(f"Of last year's posts {total} FTE are vacant, at {places} school{'s' * (places != 1)}.")
        unknown = [p.title for p in district.positions if p.code not in district.vacant_positions]
        if unknown:
            st.caption(
                f"Not known, because none is listed: {', '.join(unknown)}. A row with 0 says that none is vacant."
            )
    else:
        st.markdown("Vacant posts are not known: the sheet Vacant posts is blank.")


def _dollars(cents: Cents | None) -> float | None:
    return None if cents is None else cents / 100
