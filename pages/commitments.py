"""Commitments: what the district has promised, tested against the plan, and who decided otherwise."""

import streamlit as st

from equity_alloc.commitments.scoreboard import scoreboard, untested
from equity_alloc.commitments.standing import open_business
from equity_alloc.ui.commitment_form import show_adding
from equity_alloc.ui.commitment_view import count_sentence, show_standing
from equity_alloc.ui.ledger_view import show_ledger
from equity_alloc.ui.page_list import link
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.promise_tables import prices_of, show_order, show_saved_plans
from equity_alloc.ui.result_gate import plan_or_none
from equity_alloc.ui.session import current
from equity_alloc.ui.words import plain

session = current()
st.title("Commitments", anchor=False)
st.markdown(
    "What the district has promised in adopted words, each with a test. Every plan is tested against all of them. A promise "
    "that a plan breaks is dropped by somebody, with a reason, dissent and a day to look again, or nothing leaves as final."
)
show_invented_note(session)
board, conflict = st.container(), st.container()
with conflict:
    plan = plan_or_none(session)
    if plan is None:
        link("rules", "Change the rules")
with board:
    if plan is None:
        standings = untested(session.district, session.scenario)
        st.info("There is no plan, so promises are not tested. What stands in the way is below the list.")
    else:
        standings = scoreboard(session.district, session.scenario, plan.allocation)
    if standings:
        st.markdown(f"**{plain(count_sentence(standings))}**")
        for sentence in open_business(standings):
            st.warning(plain(sentence), icon=":material/gavel:")
        prices = prices_of(session)
        for standing in standings:
            show_standing(session, standing, prices.get(standing.commitment.code))
        show_order(session)
        show_saved_plans(session)
    else:
        st.info("No commitment is on the list yet. Take an adopted text, and enter it clause by clause.")
show_adding(session)
show_ledger(session, plan, standings)
