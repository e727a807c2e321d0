"""Audit: where student groups have less, take less part, or fare worse, and how sure that is."""

import streamlit as st

from equity_alloc.inequity.group_gap import Area
from equity_alloc.inequity.ranking import Key
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.audit_view import ALL_GROUPS, audit_or_stop, show_area
from equity_alloc.ui.driver_view import show_drivers
from equity_alloc.ui.page_list import link
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.priority_view import show_priorities, show_start
from equity_alloc.ui.session import current

session = current()
st.title("Audit", anchor=False)
st.markdown(
    "Where a student group has less than everybody outside it, takes less part, or fares worse. Each gap says how sure "
    "it is and how much of it lies between schools, which is the part that an allocation can move."
)
show_invented_note(session)
result = session.result_or_none(session.scenario)
found = audit_or_stop(session, result)
if not isinstance(result, Plan):
    st.info("There is no plan under the present choices, so the gaps stand as they were last year.")
    link("plan", "See why there is no plan")

order, who = st.columns(2)
key = order.selectbox("Order by", list(Key), format_func=str.capitalize, key="audit-order")
group = who.selectbox("Student group", [ALL_GROUPS, *dict.fromkeys(gap.group for gap in found.gaps)], key="audit-group")
start, *tabs, first = st.tabs(["Start here", *(area.value.capitalize() for area in Area), "What first"])
with start:
    show_start(session)
for tab, area in zip(tabs, Area, strict=True):
    with tab:
        show_area(found, area, session.district, key=key, groups=group)
with first:
    show_priorities(session, found)
with st.expander("What drives the plan, and what cannot", icon=":material/shield:"):
    show_drivers(session)
link("policies", "Which rule causes how much of a gap")
link("interventions", "Name a cause, and what money can do")
st.caption(
    "A gap is a question, not a verdict: it says that pupils of a group fare differently, not why. Protected attributes "
    "are compared here and can never drive an allocation. Full counts stand behind this page: it is for work inside the district."
)
