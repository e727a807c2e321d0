"""Interventions: what is done about a named cause, where, for how much, how sure that is, and when to stop."""

import streamlit as st

from equity_alloc.ui.action_sure import show_catalog, show_checks, show_not_chosen, show_sureness
from equity_alloc.ui.action_view import chosen_or_stop, show_headline, show_money, show_replies, show_traces
from equity_alloc.ui.cause_list import show_causes
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.session import current

session = current()
st.title("Interventions", anchor=False)
st.markdown(
    "What is done about the cause of a gap, at which school, for how much, and when it stops. Money follows a gap that stands out and "
    "a cause that is named; no cause, no money. Programs count by what studies saw on the cautious end."
)
show_invented_note(session)
found = chosen_or_stop(session)
show_headline(session.district, found)
doing, causes, sure, others, said, catalog, checks = st.tabs(
    ["What we would do", "Causes", "How sure", "Not chosen", "What people say", "Catalog", "Checked"],
    key="action-part",
    on_change="rerun",
)
if doing.open:
    with doing:
        show_money(session.district, found)
        show_traces(session.district, found)
if causes.open:
    with causes:
        show_causes(session, found)
if sure.open:
    with sure:
        show_sureness(found)
if others.open:
    with others:
        show_not_chosen(session.district, found)
if said.open:
    with said:
        show_replies(session.district, found)
if catalog.open:
    with catalog:
        show_catalog(session.scenario)
if checks.open:
    with checks:
        show_checks(found)
st.caption(
    "Protected attributes decide nothing here. Gaps name counts of pupils: this page is for work inside the district."
)
