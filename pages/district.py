"""District: the data as they were understood, with the decisions and warnings that travel with them."""

import streamlit as st

from equity_alloc.ui.coverage_view import show_coverage
from equity_alloc.ui.district_tables import (
    show_central,
    show_funds,
    show_groups,
    show_last_year,
    show_positions,
    show_schools,
)
from equity_alloc.ui.federal_table import show_federal
from equity_alloc.ui.page_list import link
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.problem_table import count_line, show_findings
from equity_alloc.ui.salary_view import show_salaries
from equity_alloc.ui.session import current
from equity_alloc.ui.terms_table import show_terms
from equity_alloc.ui.words import plain

session = current()
district = session.district
st.title("District", anchor=False)
st.markdown(f"**{plain(district.name)}**, {plain(district.year)}, as understood from the file.")
show_invented_note(session)

st.header("Warnings and decisions", anchor=False)
st.markdown(f"Noticed in the file: {count_line(session.findings)}. Warnings travel with every plan.")
if session.findings:
    show_findings(session.findings, key="district-findings")
for decision in district.decisions:
    st.markdown(f"- {plain(decision.what)} Decided by {plain(decision.who or 'not stated')}, {plain(decision.when)}.")
if not district.decisions:
    st.markdown("No decisions about the data are recorded.")

st.header("What is known", anchor=False)
show_coverage(district)
st.header("Schools and pupils", anchor=False)
show_schools(district)
st.header("Student groups", anchor=False)
show_groups(district)
st.header("Positions", anchor=False)
show_positions(district)
st.header("Funds", anchor=False)
show_funds(district)
show_terms(district)
st.header("Budgeted centrally", anchor=False)
show_central(district)
st.header("Last year", anchor=False)
show_last_year(district)
st.header("Average and actual salaries", anchor=False)
show_salaries(district)
st.header("For federal tests", anchor=False)
show_federal(district)
link("start", "Open another file")
