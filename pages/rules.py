"""Rules: every choice behind the plan can be changed here, and the plan follows at once."""

import streamlit as st

from equity_alloc.ui.effect import show_effect, show_steps_back
from equity_alloc.ui.fund_editor import show_funds
from equity_alloc.ui.objective_editor import show_objective
from equity_alloc.ui.page_list import link
from equity_alloc.ui.result_gate import plan_or_none
from equity_alloc.ui.rule_editor import show_rules
from equity_alloc.ui.scenario_name import show_name
from equity_alloc.ui.sentences import choices_in_words
from equity_alloc.ui.session import current
from equity_alloc.ui.weight_editor import show_weights
from equity_alloc.ui.words import plain

session = current()
st.title("Rules", anchor=False)
st.markdown("Change a choice and the plan follows at once. Each of your latest steps can be taken back.")

with st.container():  # one place for what changes, so that tabs and fields below keep their own
    plan = plan_or_none(session)
    show_effect(session, plan)
    show_steps_back(session)
    link("plan", "See the whole plan")
    link("formula", "The district's own formula")

with st.expander("The scenario in plain words, its name and its reason"):
    st.markdown(plain(choices_in_words(session.district, session.scenario)))
    show_name(session)

weights, objective, funds, rules = st.tabs(
    ["Need weights", "What is raised", "Funds", "Rules"], key="rules-tab", on_change="rerun"
)
with weights:
    st.header("Need weights", anchor=False)
    show_weights(session, plan)
with objective:
    st.header("What is raised", anchor=False)
    show_objective(session)
with funds:
    st.header("Funds", anchor=False)
    show_funds(session)
with rules:
    st.header("Rules", anchor=False)
    show_rules(session, plan)
