"""Trade-offs: what more equity takes in moved posts and in dollars, and what each rule and each dollar does."""

import streamlit as st

from equity_alloc.ui.cause_view import show_causes
from equity_alloc.ui.fairness_view import show_fairness
from equity_alloc.ui.frontier_view import show_frontier, show_loaded
from equity_alloc.ui.goals_view import show_goals
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.price_view import show_prices
from equity_alloc.ui.result_gate import plan_or_stop
from equity_alloc.ui.session import current

session = current()
st.title("Trade-offs", anchor=False)
st.markdown(
    "No plan is best in everything. Here is how far equity can go for each post moved and each dollar spent, what that costs, and "
    "what each rule does."
)
show_invented_note(session)
plan = plan_or_stop(session)
show_loaded(session)

frontier, costs, prices, causes, goals = st.tabs(
    ["How far equity can go", "What it costs", "Prices", "What each rule takes", "Goals"],
    key="tradeoffs-part",
    on_change="rerun",
)
if frontier.open:
    with frontier:
        show_frontier(session, plan)
if costs.open:
    with costs:
        show_fairness(session, plan)
if prices.open:
    with prices:
        show_prices(session, plan)
if causes.open:
    with causes:
        st.header("Which rule holds the lowest school down", anchor=False)
        show_causes(plan)
if goals.open:
    with goals:
        st.header("What each goal's plan is worth to the others", anchor=False)
        show_goals(session, plan)
