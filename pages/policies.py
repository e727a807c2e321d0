"""Policies: which rule causes how much of a gap, the register of policies and practices, and the cliff test."""

import streamlit as st

from equity_alloc.ui.gap_cause_view import show_gap_causes, show_thresholds
from equity_alloc.ui.page_list import link
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.policy_view import show_register
from equity_alloc.ui.session import current

session = current()
st.title("Policies", anchor=False)
st.markdown(
    "A gap has causes, and some of them are rules that somebody adopted. Here every rule is left out in turn and the plan made "
    "again, so that its part in a gap is computed and not guessed; beside that stand who owns it, what it is for, and what is "
    "to become of it."
)
show_invented_note(session)
st.header("Which rule causes how much", anchor=False)
found = show_gap_causes(session)
st.header("Register of policies, practices and rules", anchor=False)
show_register(session, found)
st.header("Thresholds: how much money jumps", anchor=False)
show_thresholds(session)
link("audit", "The gaps themselves, and how sure they are")
