"""Hard choices: who carries the loss, how the way there is made bearable, what each lens would choose, what speaks against it."""

import streamlit as st

from equity_alloc.decisions.case import Case
from equity_alloc.ui.choices_view import (
    show_break_even,
    show_burden,
    show_headline,
    show_repeat_losers,
    show_schools,
    show_staff,
)
from equity_alloc.ui.decision_options import chosen_names
from equity_alloc.ui.decision_work import work_of
from equity_alloc.ui.lens_view import show_lenses
from equity_alloc.ui.objection_view import show_objections, show_status_quo
from equity_alloc.ui.page_list import link
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.result_gate import plan_or_stop
from equity_alloc.ui.session import current
from equity_alloc.ui.transition_view import show_pace, show_way

#: Above so many schools what takes long is given on demand.
AT_ONCE = 100

session = current()
st.title("Hard choices", anchor=False)
st.markdown(
    "A plan that helps somebody takes from somebody, or leaves somebody waiting. This page says who carries it, what it would cost to go "
    "slowly or to stay, how the choice looks through different views of what is right, and what can be answered to those who object."
)
show_invented_note(session)
plan = plan_or_stop(session)
work = work_of(session)
case = Case(plan, work.book, work.desk.pace)
show_headline(case)
link("decision", "Put the decision on record")

large = len(session.district.schools) > AT_ONCE
tabs = st.tabs(["Who carries it", "The way there", "Lenses", "What staying costs", "Objections"])
with tabs[0]:
    show_burden(session, plan)
    st.subheader("Schools that give up and schools that gain", anchor=False)
    show_schools(session, case)
    show_break_even(plan)
    st.subheader("Posts, and the people who hold them", anchor=False)
    show_staff(case)
    st.subheader("Schools that give up again", anchor=False)
    show_repeat_losers(session, case)
with tabs[1]:
    st.markdown("What a school gives up can be spread over years. Somebody pays for that; the table says how much.")
    show_pace(session)
    show_way(case)
    link("years", "Pupils, prices and funds that end, year by year")
with tabs[2]:
    if not large or st.toggle("Look through the lenses (takes longer at this size)", key="choices-lenses"):
        show_lenses(session, plan)
with tabs[3]:
    if not large or st.toggle("Work out what staying costs (takes longer at this size)", key="choices-staying"):
        show_status_quo(plan)
with tabs[4]:
    if not large or st.toggle("Answer objections (the plan is made again three times)", key="choices-objections"):
        show_objections(session, plan, len(chosen_names(session, plan)) + 2)
