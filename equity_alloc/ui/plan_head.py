"""The head of the plan: the proposal in one sentence, the cards, and a note where the district is invented."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.plan import Certificate, Plan
from equity_alloc.ui.cached import Summary
from equity_alloc.ui.numbers import print_change, print_fte_change, print_level, print_level_change
from equity_alloc.ui.page_list import link
from equity_alloc.ui.sentences import certified_words, headline, who_moves
from equity_alloc.ui.session import Session
from equity_alloc.ui.words import plain


def show_invented_note(session: Session) -> None:
    """Say that a sample is invented, for as long as one is shown."""
    if not session.district.invented:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            "**This district is invented.** It shows what a plan looks like; nothing here describes a real school."
        )
        link("start", "Use your own data")


def show_headline(plan: Plan, summary: Summary) -> None:
    """Say what the proposal does; announced by screen readers when it changes."""
    st.success(
        plain(f"{headline(plan, summary.totals)}; {who_moves(summary.totals)}; {certified_words(plan)}."),
        title="Proposal",
        icon=":material/verified:",
    )
    show_supposed(plan.certificate)


def show_supposed(certificate: Certificate) -> None:
    """Say what a plan supposes about funds that the board has not voted."""
    if certificate.supposed:
        st.warning(
            plain(" ".join(certificate.supposed)),
            title="Supposed by this scenario, not the district's own figures",
            icon=":material/edit_note:",
        )


def show_cards(plan: Plan, summary: Summary) -> None:
    """Show the numbers that a board asks for first."""
    sums, unit = summary.totals, plan.view.levels.unit
    grid = st.grid(min_column_width=190)
    with grid:
        st.metric(
            "Lowest school",
            print_level(sums.lowest_plan, unit),
            f"{print_level_change(sums.lowest_plan - sums.lowest_today, unit)} from {print_level(sums.lowest_today, unit)}",
            help=f"{unit[0].upper() + unit[1:]}, counted funds only.",
            border=True,
        )
        st.metric(
            "Dollars at schools",
            print_dollars(sums.counted_plan + sums.other_plan),
            f"{print_change(sums.counted_plan + sums.other_plan - sums.counted_today - sums.other_today)}",
            delta_color="off",
            help="All funds, change from today. Today is priced at the plan year's average cost of a post, so that like meets like.",
            border=True,
        )
        st.metric(
            "Moves between schools",
            print_dollars(sums.dollars_moved),
            f"{sums.schools_gaining} gain, {sums.schools_giving_up} give up",
            delta_color="off",
            delta_arrow="off",
            help="Counted dollars that schools give up, added up.",
            border=True,
        )
        st.metric(
            "Posts at schools, FTE",
            print_fte(sums.fte_plan),
            f"{print_fte_change(sums.fte_plan - sums.fte_today)}",
            delta_color="off",
            help=f"Change from today: {print_fte(sums.fte_added)} FTE are added and {print_fte(sums.fte_given_up)} FTE given up.",
            border=True,
        )
