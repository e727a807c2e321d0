"""Export: the plan as a working workbook, the scenario as a file, and the check of an exported plan."""

import streamlit as st

from equity_alloc.ui.cached import workbook_of
from equity_alloc.ui.downloads import INPUTS_NAME, XLSX, file_name, inputs_workbook
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
    st.warning(
        "INTERNAL. The workbook holds the full counts of every school, small groups included. Do not publish it.",
        icon=":material/lock:",
    )
    st.markdown(
        "One file with the summary, the plan to the cent and to the hundredth of a post, the certificate, and everything "
        "that went into it. It can be checked below, and opened on Start to go on from it."
    )
    st.download_button(
        "Download the working workbook",
        lambda: workbook_of(plan.digest, plan),
        file_name(session.district, session.scenario, "-internal.xlsx"),
        XLSX,
        icon=":material/download:",
        on_click="ignore",
        key="plan-workbook",
    )

st.header("The inputs", anchor=False)
st.download_button(
    "Download the current inputs as a workbook",
    lambda: inputs_workbook(session.district, session.scenario),
    INPUTS_NAME,
    XLSX,
    icon=":material/download:",
    on_click="ignore",
    key="export-inputs",
)

st.header("Federal tests", anchor=False)
st.markdown("Title I, comparability, effort and dollars per pupil, each with the worksheet that a state asks for.")
link("compliance", "Download the worksheets on Compliance")

st.header("The scenario", anchor=False)
show_scenario_file(session)

st.header("Check a plan workbook", anchor=False)
st.markdown("The file is certified again from what it holds now. A single changed cent is found and its cell is named.")
show_plan_check(session)
