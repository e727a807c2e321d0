"""Export: the documents of the plan, the scenario as a file, and the check of an exported plan."""

import streamlit as st

from equity_alloc.ui.downloads import offer_inputs
from equity_alloc.ui.export_dialog import show_export_dialog
from equity_alloc.ui.page_list import link
from equity_alloc.ui.plan_check import show_plan_check
from equity_alloc.ui.result_gate import plan_or_none
from equity_alloc.ui.scenario_file import show_scenario_file
from equity_alloc.ui.session import current

session = current()
st.title("Export", anchor=False)

st.header("The plan", anchor=False)
plan = plan_or_none(session)
if plan is None:
    link("rules", "Change the rules")
else:
    st.markdown(
        "Every document is made from the plan as it stands on Plan. Public ones hold no small counts; each says on its first "
        "page when the plan is only a draft. The workbook can be checked below, and opened on Start to go on from it."
    )
    show_export_dialog(session, plan)

st.header("The inputs", anchor=False)
offer_inputs(session.district, session.scenario, key="export-inputs")

st.header("The scenario", anchor=False)
show_scenario_file(session)

st.header("Files of other pages", anchor=False)
st.markdown("What is no document of one plan is handed out where it is made.")
link("years", "The years ahead: Years")
link("fall", "Moves after new counts: Fall counts")
link("commitments", "The ledger of promises: Commitments")
link("formula", "The formula and its trace: Formula")
link("decision", "The chain of decision records: Decision record")
link("compliance", "Federal worksheets of last year: Compliance")

st.header("Check a plan workbook", anchor=False)
st.markdown("The file is certified again from what it holds now. A single changed cent is found and its cell is named.")
show_plan_check(session)
