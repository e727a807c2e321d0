"""Money that no school gets, on screen: how much of which fund, what the fund may pay for, and what holds it."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.left_over import Holder, holder_words, holders, left_over, purpose_words
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.sentences import unallocated
from equity_alloc.ui.words import plain


def show_unallocated(plan: Plan) -> None:
    """Say in amber how much money no school gets, and from which fund; what holds it is found when somebody asks."""
    left = unallocated(plan)
    if not left:
        return
    total = print_dollars(sum(cents for _, cents in left))
    funds = ", ".join(f"{title} {print_dollars(cents)}" for title, cents in left)
    st.warning(
        plain(" ".join((f"No school gets it in this plan: {funds}.", *purpose_words(plan)))),
        title=f"{total} stays unallocated",
        icon=":material/savings:",
    )
    # Each answer is a plan made anew without one rule, so it is worked out once somebody asks.
    with st.expander("Which rule or goal keeps it from schools?", key="left-over", on_change="rerun") as opened:
        if opened.open:
            for sentence in holder_words(_holders(plan.digest, plan), left_over(plan)):
                st.markdown(f"- {plain(sentence)}")
            st.markdown("Loosen such a rule or choose another goal on Rules, or keep the money as a reserve.")


@st.cache_resource(max_entries=64, show_spinner="Planning again without each rule in turn ...")
def _holders(plan_digest: str, _plan: Plan) -> tuple[Holder, ...]:
    return holders(_plan)
