"""Commitments: what the district has promised, tested against the plan, and who decided otherwise."""

import streamlit as st

from equity_alloc.commitments.scoreboard import open_business, scoreboard
from equity_alloc.ui.commitment_view import show_adding, show_count, show_standing
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.result_gate import plan_or_stop
from equity_alloc.ui.session import current
from equity_alloc.ui.words import plain

session = current()
st.title("Commitments", anchor=False)
st.markdown(
    "What the district has promised in adopted words, each with a test. Every plan is tested against all of them. A promise "
    "that a plan breaks is dropped by somebody, with a reason, dissent and a day to look again, or nothing leaves as final."
)
show_invented_note(session)
plan = plan_or_stop(session)
standings = scoreboard(session.district, session.scenario, plan.allocation)
if standings:
    show_count(standings)
    for sentence in open_business(standings):
        st.warning(plain(sentence), icon=":material/gavel:")
    for standing in standings:
        show_standing(session, standing, plan)
else:
    st.info("No commitment is on the list yet. Take an adopted text, and enter it clause by clause.")
show_adding(session)
