"""Start: open your own district or a sample, take the template, and take or delete what is kept."""

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.ui.cached import template
from equity_alloc.ui.downloads import XLSX, offer, offer_inputs
from equity_alloc.ui.export_shelf import HOURS
from equity_alloc.ui.kentucky_door import show_kentucky
from equity_alloc.ui.page_list import link
from equity_alloc.ui.sample_choice import show_samples
from equity_alloc.ui.session import current
from equity_alloc.ui.upload import show_outcome, show_upload
from equity_alloc.ui.words import plain

session = current()
st.title("Start", anchor=False)
st.markdown("Bring your district's schools, funds and posts. You see the plan as soon as the file can be read.")
show_outcome(session)

st.header("Open your own district", anchor=False)
show_upload(session)
st.markdown(
    "Have exports of other programs instead? Drop them here too; they are described and added up on a page of their own."
)
link("files", "Files in: exports, public files, any table")
st.markdown("New here? Fill the template: every heading has a note on what belongs below it, its unit and an example.")
offer("Template", template, "equity-alloc-template.xlsx", XLSX, key="template")

st.header("Or look at a sample", anchor=False)
show_samples(session)

st.header("What is loaded now", anchor=False)
st.markdown(
    f"**{plain(session.district.name)}**, {plain(session.district.year)}, {count_words(len(session.district.schools), 'school')}"
)
offer_inputs(session.district, session.scenario, key="inputs")
st.caption("District and choices as a workbook. Change it and open it again here.")

st.header("Other doors", anchor=False)
with st.expander("Kentucky school table"):
    show_kentucky(session)

st.header("Your data on this server", anchor=False)
st.markdown(
    "Your district and scenarios are kept for 30 days so that a reload finds them, for this browser only. They are "
    "stored under a code made from a random cookie (its digest); nobody else's page can ask for them."
)
st.caption(
    f"Documents that were made stay for {HOURS} hours, maps of columns for two years, decision records for four years after the "
    "last one, and the ledgers of promises and of public documents until they are deleted here. The ledger of public documents "
    "is also shown to whoever opens the very same counts of a real district, so that two sets together tell no more than one."
)
st.button("Forget my data on this server", icon=":material/delete_forever:", on_click=session.forget, key="forget")
