"""Equity: how equal the dollars are over pupils and by need, before and after."""

import streamlit as st

from equity_alloc.figures.distribution import distribution
from equity_alloc.figures.level_and_need import level_and_need
from equity_alloc.figures.need_bands import need_bands
from equity_alloc.ui.cached import summary_of
from equity_alloc.ui.choice_view import show_choice
from equity_alloc.ui.contents import section, show_contents
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
show_contents(
    "Spread over pupils",
    "Need and dollars",
    "By student group",
    "Posts by need",
    "Each school against the average for its mix",
    "Five measures that a board reads",
    "All measures",
    "Does the choice of goal matter?",
    "If other pupils come than projected",
)

spread = distribution(summary.rows, colors(), unit=plan.view.levels.unit, note=note)
bands = need_bands(summary.rows, colors(), group=group, note=note)
scatter = level_and_need(summary.rows, colors(), group=group, note=note)

section("Spread over pupils")
if spread is not None:
    show_figure(spread)
section("Need and dollars")
for figure in (bands, scatter):
    if figure is not None:
        show_figure(figure)
if bands is None:
    st.markdown("The district reports no count of a student group that could drive need, so need is not shown.")

section("By student group")
show_groups(plan, note=note)
section("Posts by need")
show_opportunity(plan, group=group)
section("Each school against the average for its mix")
show_mix(plan, group=group)

section("Five measures that a board reads")
show_board_measures(summary.measures, key="equity-board", note=note)
section("All measures")
st.markdown(MEASURES_NOTE)
show_measures(summary.measures, key="equity-measures", note=note)
show_split(plan)
with st.expander("What each measure says, where it comes from, and where it misleads"):
    show_definitions(summary.measures)

section("Does the choice of goal matter?")
show_choice(plan)
link("rules", "Turn the dial, or choose another goal: Rules")
link("tradeoffs", "All goals against each other: Trade-offs")

section("If other pupils come than projected")
show_stress(plan)
