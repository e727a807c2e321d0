"""The plan: what each school has today and would get, who gains and gives up, and why."""

import streamlit as st

from equity_alloc.figures.level_and_need import level_and_need
from equity_alloc.ui.binding import show_binding
from equity_alloc.ui.cached import summary_of
from equity_alloc.ui.certificate_view import show_certificate, show_search
from equity_alloc.ui.commitment_view import show_promises
from equity_alloc.ui.export_dialog import export_button
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.fund_table import show_funds
from equity_alloc.ui.measure_table import show_board_measures
from equity_alloc.ui.page_list import link
from equity_alloc.ui.plan_figures import core_note, levels_today_and_plan, need_title, source_note
from equity_alloc.ui.plan_head import show_answers, show_cards, show_headline, show_invented_note, show_noticed
from equity_alloc.ui.result_gate import plan_or_stop
from equity_alloc.ui.school_card import show_school_picker
from equity_alloc.ui.school_table import show_gains, show_schools
from equity_alloc.ui.session import current
from equity_alloc.ui.words import plain

session = current()
st.title(plain(f"{session.district.name}, {session.district.year}"), anchor=False)
show_invented_note(session)
plan = plan_or_stop(session)
summary = summary_of(plan)
group = need_title(plan)

show_headline(plan, summary)
show_noticed(session, plan)
show_cards(plan, summary)
show_answers(plan, summary)
st.caption(plain(core_note(plan)))

st.header("Today and the proposal", anchor=False)
show_figure(levels_today_and_plan(plan, summary, colors()))

st.header("Who gains and who gives up", anchor=False)
show_gains(summary.rows)

st.header("One school, and why", anchor=False)
show_school_picker(plan, summary)

st.header("School by school", anchor=False)
show_schools(plan, summary, group)

st.header("How equal it is", anchor=False)
show_board_measures(summary.measures, key="plan-measures", note=source_note(plan))
figure = level_and_need(summary.rows, colors(), group=group, note=source_note(plan))
if figure is not None:
    show_figure(figure)
link("equity", "All measures, with what each one misleads about")

st.header("What limits the plan", anchor=False)
show_binding(plan)
link("rules", "Change a rule and see what follows")

show_promises(session, plan)

st.header("The money by fund", anchor=False)
show_funds(plan)

st.header("Certificate", anchor=False)
show_certificate(plan.certificate)
export_button(session, plan, "plan-export")
with st.expander("How the plan was found"):
    show_search(plan)
