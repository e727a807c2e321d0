"""Compliance: what federal tests say of the proposal or of last year, by how much, with the worksheet behind each."""

import streamlit as st

from equity_alloc.ui.certificate_view import show_certificate
from equity_alloc.ui.compliance_view import (
    certificate_of_last_year,
    judged_of,
    show_count,
    show_download,
    show_tests,
)
from equity_alloc.ui.page_list import link
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.result_gate import plan_or_none
from equity_alloc.ui.session import current

PROPOSAL, LAST_YEAR = "The proposal", "Last year"

session = current()
st.title("Compliance", anchor=False)
st.markdown(
    "What federal law asks of a district that takes Title I-A and IDEA money. Each test says whether it passes, by how "
    "much, and where it is written; a state may ask for more. Missing data are named by column and sheet."
)
show_invented_note(session)
chosen = st.radio("What is tested", (PROPOSAL, LAST_YEAR), horizontal=True, key="compliance-of")
allocation, plan = session.district.today, None
if chosen == PROPOSAL:
    plan = plan_or_none(session)
    if plan is None:
        link("rules", "Change the rules")
        st.markdown("Without a proposal, choose *Last year* above to test last year's posts and dollars.")
        st.stop()
    allocation, certificate = plan.allocation, plan.certificate
else:
    certificate = certificate_of_last_year(session)

judged = judged_of(session, allocation)
show_count(judged)
show_download(session, judged, () if certificate is None else certificate.rules, plan)
show_tests(judged)
if certificate is not None:
    st.header("The scenario's own rules", anchor=False)
    show_certificate(certificate, key="compliance-certificate")
st.markdown("Comparability and Title I ranking can also hold as rules, so that no proposal breaks them.")
link("rules", "Add them on Rules")
