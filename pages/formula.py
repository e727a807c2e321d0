"""Formula: the district's own formula, exact and traced, and what the plan makes of it."""

import streamlit as st

from equity_alloc.ui.formula_choice import show_choice
from equity_alloc.ui.formula_components import show_components
from equity_alloc.ui.formula_export import show_downloads
from equity_alloc.ui.formula_fields import show_fields
from equity_alloc.ui.formula_head import show_numbers, show_use
from equity_alloc.ui.formula_phase import show_phase_in
from equity_alloc.ui.formula_reconcile import show_reconciliation
from equity_alloc.ui.formula_refused import show_refused
from equity_alloc.ui.formula_salary import show_salaries
from equity_alloc.ui.formula_school import show_all_cliffs, show_school
from equity_alloc.ui.formula_schools import show_schools
from equity_alloc.ui.formula_work import work_of
from equity_alloc.ui.page_list import link
from equity_alloc.ui.session import current

session = current()
st.title("Formula", anchor=False)
st.markdown(
    "Your district's own formula, worked out exactly for every school, with each number followed to its source."
)
link("rules", "Rules, need weights and funds")

work = work_of(session)
with st.container():  # one place for what changes, so that tabs and fields below keep their own
    with st.expander(
        "Choose a formula, or open your own", expanded=session.formula is None, icon=":material/folder_open:"
    ):
        show_choice(session)
    show_refused(session)
    if session.formula is None and not session.desk.refused:
        st.info("No formula is chosen yet. Choose one above: nothing in the plan changes until you say so.")
    elif session.formula is not None and work is None:
        st.error(
            "The formula does not fit this district any more, so nothing is shown for it.", icon=":material/error:"
        )
    if work is not None:
        show_numbers(work)
        show_use(session, work)

if work is not None:
    shows = {
        "Schools": lambda: show_schools(work),
        "One school": lambda: show_school(work),
        "Amounts": lambda: show_fields(session, work),
        "Components": lambda: show_components(session, work),
        "Last year": lambda: show_reconciliation(session, work),
        "Phase-in": lambda: show_phase_in(session, work),
        "Salaries": lambda: show_salaries(session, work),
        "Thresholds": lambda: show_all_cliffs(session, work),
    }
    for name, tab in zip(shows, st.tabs(list(shows), key="formula-tab", on_change="rerun"), strict=True):
        with tab:
            if tab.open:
                st.header(name, anchor=False)
                shows[name]()
    st.header("Take it along", anchor=False)
    show_downloads(session, work)
