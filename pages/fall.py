"""Fall counts: an adopted plan, new counts, and the fewest moves that keep law and contract again."""

import streamlit as st

from equity_alloc.ui.export_dialog import export_button
from equity_alloc.ui.fall_inputs import show_adopted, show_counts
from equity_alloc.ui.fall_terms_view import show_terms
from equity_alloc.ui.fall_view import show_count_table, show_fall
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.result_gate import plan_or_stop
from equity_alloc.ui.session import current

session = current()
st.title("Fall counts", anchor=False)
st.markdown(
    "Pupils are counted in the fall, and some classes are too large while others have room. Given the adopted plan and the "
    "new counts, this page finds the fewest moves of posts that keep law and contract again, within the reserve: what "
    "moves, from whom to whom, what it costs, and what cannot be repaired with what money."
)
show_invented_note(session)

st.header("The adopted plan", anchor=False)
show_adopted(session)
adopted = session.fall.adopted
if adopted is None:
    plan = plan_or_stop(session)
    district, scenario, allocation = plan.district, plan.scenario, plan.allocation
else:
    district, scenario, allocation = adopted.district, adopted.scenario, adopted.allocation

st.header("The new counts", anchor=False)
show_counts(session, district)
if session.fall.counts:
    show_count_table(district, session.fall)

st.header("Terms", anchor=False)
terms = show_terms(session, scenario.apply(district), allocation)

st.header("The fewest moves", anchor=False)
if session.fall.counts:
    made = show_fall(district, scenario, allocation, session.fall, terms)
    if made is not None:
        export_button(session, made, "fall-export")
else:
    st.markdown("No school was counted differently yet. Change a count above, or open a file of counts.")
