"""The money by fund, to the cent: appropriation = central + schools + unallocated."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.baseline import source_sentences
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_funds(plan: Plan) -> None:
    """Show where each fund's appropriation goes."""
    funds = plan.certificate.funds
    counts = {fund.code: fund.counts for fund in plan.view.district.funds}
    columns = (
        TableColumn("Fund", Show.TEXT, tuple(fund.title for fund in funds)),
        *(
            TableColumn(title, Show.TEXT, tuple(print_dollars(getattr(fund, name), with_cents=True) for fund in funds))
            for title, name in (
                *((("Voted", "voted"),) if plan.certificate.supposed else ()),
                ("Appropriation", "appropriation"),
                ("Central", "central"),
                ("Schools", "schools"),
                ("Unallocated", "unallocated"),
            )
        ),
        TableColumn("Kind", Show.TEXT, tuple("core" if counts[f.code] else "supplemental" for f in funds)),
        TableColumn("Code", Show.TEXT, tuple(fund.code for fund in funds)),
    )
    year = plan.district.year
    show_table(
        columns,
        alt=f"Where each fund's appropriation goes, dollars and cents, {year}, {count_words(len(funds), 'fund')}",
        key="funds",
        pinned=1,
    )
    total = [
        print_dollars(sum(getattr(fund, name) for fund in funds), with_cents=True)
        for name in ("appropriation", "central", "schools", "unallocated")
    ]
    st.markdown(
        plain(f"All funds: {total[0]} appropriated = {total[1]} central + {total[2]} schools + {total[3]} unallocated.")
    )
    st.markdown(plain(" ".join(source_sentences(plan))))
    st.caption(f"Dollars and cents, plan year {year}, {count_words(len(funds), 'fund')}.")
