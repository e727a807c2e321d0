"""Equity: how equal the dollars are over pupils and by need, before and after."""

import streamlit as st

from equity_alloc.figures.distribution import distribution
from equity_alloc.figures.level_and_need import level_and_need
from equity_alloc.figures.need_bands import need_bands
from equity_alloc.ui.cached import summary_of
from equity_alloc.ui.choice_view import show_choice
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.group_view import show_groups, show_opportunity, show_split
from equity_alloc.ui.measure_table import show_board_measures, show_definitions, show_measures
from equity_alloc.ui.mix_view import show_mix
from equity_alloc.ui.page_list import link
from equity_alloc.ui.plan_figures import MEASURES_NOTE, need_title, source_note
from equity_alloc.ui.plan_head import show_headline, show_invented_note
from equity_alloc.ui.result_gate import plan_or_stop
from equity_alloc.ui.session import current
from equity_alloc.ui.stress_view import show_stress

session = current()
st.title("Equity", anchor=False)
st.markdown(
    "Equals treated equally: no school far below another with the same need. More need, more resources: need weights "
    "say how much more. No single number says it all, so each stands beside what it misleads about."
)
show_invented_note(session)
plan = plan_or_stop(session)
summary = summary_of(plan)
group, note = need_title(plan), source_note(plan)
show_headline(plan, summary)

spread = distribution(summary.rows, colors(), unit=plan.view.levels.unit, note=note)
bands = need_bands(summary.rows, colors(), group=group, note=note)
scatter = level_and_need(summary.rows, colors(), group=group, note=note)

st.header("Spread over pupils", anchor=False)
if spread is not None:
    show_figure(spread)
st.header("Need and dollars", anchor=False)
for figure in (bands, scatter):
    if figure is not None:
        show_figure(figure)
if bands is None:
    st.markdown("The district reports no count of a student group that could drive need, so need is not shown.")

st.header("By student group", anchor=False)
show_groups(plan, note=note)
st.header("Posts by need", anchor=False)
show_opportunity(plan, group=group)
st.header("Each school against the average for its mix", anchor=False)
show_mix(plan, group=group)

st.header("Five measures that a board reads", anchor=False)
show_board_measures(summary.measures, key="equity-board", note=note)
st.header("All measures", anchor=False)
st.markdown(MEASURES_NOTE)
show_measures(summary.measures, key="equity-measures", note=note)
show_split(plan)
with st.expander("What each measure says, where it comes from, and where it misleads"):
    show_definitions(summary.measures)

st.header("Does the choice of goal matter?", anchor=False)
show_choice(plan)
link("tradeoffs", "Every goal judged by every other, and the compromise: page Trade-offs, Goals")

st.header("If other pupils come than projected", anchor=False)
show_stress(plan)
