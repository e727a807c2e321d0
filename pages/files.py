"""Files in: exports of other programs, described, reconciled, joined and decided about before they become a district."""

import streamlit as st

from equity_alloc.ui.files_decide import show_added, show_choices, show_control, show_decisions, show_funds
from equity_alloc.ui.files_drop import show_drop
from equity_alloc.ui.files_map import show_map
from equity_alloc.ui.files_match import show_matches
from equity_alloc.ui.files_open import show_open, show_ours
from equity_alloc.ui.files_reconcile import show_district, show_reconciled, show_tally
from equity_alloc.ui.files_work import desk_of, work_of
from equity_alloc.ui.page_list import link
from equity_alloc.ui.problem_table import show_findings
from equity_alloc.ui.session import current
from equity_alloc.ui.words import plain

session = current()
st.title("Files in", anchor=False)
st.markdown(
    "Bring the files that your other programs export: a table of schools with pupils, and one with dollars or posts. You see "
    "how each column is read and how the rows add up, and decide, before they become your district."
)

st.header("1. Files", anchor=False)
show_drop(session)
work = work_of(session)
if work.refused:
    show_findings(work.refused, key="files-refused")

if work.tables:
    st.header("2. What was understood", anchor=False)
    show_choices(session, work.extracts)
    read = work.taken.reconciled.tallies if work.taken else ()
    tallies = dict(zip(work.maps, read, strict=True))
    for place, table in enumerate(work.tables):
        with st.container(border=True):
            st.subheader(plain(table.key), anchor=False)
            show_map(session, table, work.maps.get(table.key), place)
            if table.key in tallies:
                show_tally(tallies[table.key], place)

if work.taken is not None:
    st.header("3. Does it add up?", anchor=False)
    show_control(session, work)
    show_added(session, work)
    show_funds(session, work.taken)
    show_reconciled(work.taken.reconciled)
    show_district(work.extracts, work.taken.reconciled, desk_of(session).district)
    show_matches(session, work, work.taken)
    st.header("4. Decide", anchor=False)
    show_decisions(session, work, work.taken)
    st.header("5. Open the district", anchor=False)
    show_open(session, work, work.taken)

if work.ours is not None:
    show_ours(session, work.ours)
elif not work.tables:
    st.markdown("No files lie here yet. Your own workbook, filled from the template, is opened on the page Start.")
link("start", "To the page Start")
