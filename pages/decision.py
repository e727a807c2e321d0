"""Decision record: from the question to what was learned; options, reasons, dissent, and a chain that cannot be changed unseen."""

import streamlit as st

from equity_alloc.ui.chain_view import show_chain
from equity_alloc.ui.decision_options import options_of, show_choosing, show_options
from equity_alloc.ui.decision_view import (
    public_case,
    show_assessment,
    show_decision,
    show_question,
    show_review,
    show_stages,
)
from equity_alloc.ui.export_dialog import export_button
from equity_alloc.ui.page_list import link
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.result_gate import plan_or_none
from equity_alloc.ui.session import current

session = current()
st.title("Decision record", anchor=False)
st.markdown(
    "Who decided what, between which options, for which reasons, against whose dissent, and when it is looked at again. What is typed is kept; what is "
    "recorded can be followed by another record, and never changed."
)
show_invented_note(session)
plan = plan_or_none(session)
if plan is None:
    link("rules", "Change the rules")
else:
    options, none = options_of(session, plan, with_levels=True)
    case = public_case(session, plan, len(options))
    show_stages(session, plan, len(options))
    st.header("Notice: the question", anchor=False)
    show_question(session, plan)
    link("audit", "Which gaps there are, and how sure they are")
    st.header("Explain: the assessment", anchor=False)
    show_assessment(session, plan, case)
    st.header("Choose: the options", anchor=False)
    show_choosing(session, plan)
    show_options(options, none)
    link("choices", "Who carries the loss, and what each lens would choose")
    st.header("Commit: the decision", anchor=False)
    show_decision(session, plan, case)
    st.header("Learn: the review", anchor=False)
    show_review(session, plan)
    export_button(session, plan, "decision-export")
st.header("The records", anchor=False)
show_chain(session)
