"""District: the data as they were understood, with the decisions and warnings that travel with them."""

import streamlit as st

from equity_alloc.ui.contents import section, show_contents
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
show_contents(
    "Warnings and decisions",
    "What is known",
    "Schools and pupils",
    "Student groups",
    "Positions",
    "Funds",
    "Budgeted centrally",
    "Last year",
    "Average and actual salaries",
    "For federal tests",
)

section("Warnings and decisions")
st.markdown(f"Noticed in the file: {count_line(session.findings)}. Warnings travel with every plan.")
if session.findings:
    show_findings(session.findings, key="district-findings")
for decision in district.decisions:
    what = decision.what if decision.what.endswith(".") else f"{decision.what}."
    st.markdown(f"- {plain(what)} Decided by: {plain(decision.who or 'not stated')}, {plain(decision.when)}.")
if not district.decisions:
    st.markdown("No decisions about the data are recorded.")

section("What is known")
show_coverage(district)
section("Schools and pupils")
show_schools(district)
section("Student groups")
show_groups(district)
section("Positions")
show_positions(district)
section("Funds")
show_funds(district)
show_terms(district)
section("Budgeted centrally")
show_central(district)
section("Last year")
show_last_year(district)
section("Average and actual salaries")
show_salaries(district)
section("For federal tests")
show_federal(district)
link("start", "Open another file")
