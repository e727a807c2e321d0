"""The plan: what each school has today and would get, who gains and gives up, and why."""

import streamlit as st

from equity_alloc.figures.level_and_need import level_and_need
from equity_alloc.ui.binding import show_binding
from equity_alloc.ui.cached import summary_of
from equity_alloc.ui.certificate_view import show_certificate, show_search
from equity_alloc.ui.commitment_view import show_promises
from equity_alloc.ui.contents import section, show_contents
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

#: The headings in the order of the story: what it does, who pays, why, what holds it back, what comes next.
TODAY, WHO, ONE = "Last year and the proposal", "Who gains and who gives up", "One school, and why"
LIMITS, EQUAL, FUNDS = "What holds the plan back", "How equal it is", "The money by fund"
CERTIFICATE, NEXT = "Certificate", "Next step"

session = current()
st.title(plain(f"{session.district.name}, {session.district.year}"), anchor=False)
show_invented_note(session)
plan = plan_or_stop(session)
summary = summary_of(plan)
group = need_title(plan)

show_headline(plan, summary)
show_noticed(session, plan)
show_contents(TODAY, WHO, ONE, LIMITS, EQUAL, FUNDS, CERTIFICATE, NEXT)
show_cards(plan, summary)
show_answers(plan, summary)
st.caption(plain(core_note(plan)))

section(TODAY)
show_figure(levels_today_and_plan(plan, summary, colors()))

section(WHO)
show_gains(summary.rows)
show_schools(plan, summary, group)

section(ONE)
show_school_picker(plan, summary)

section(LIMITS)
show_binding(plan)
link("rules", "Change a rule and see what follows")

show_promises(session, plan)

section(EQUAL)
show_board_measures(summary.measures, key="plan-measures", note=source_note(plan))
figure = level_and_need(summary.rows, colors(), group=group, note=source_note(plan))
if figure is not None:
    show_figure(figure)
link("equity", "All measures, with what each one misleads about")

section(FUNDS)
show_funds(plan)

section(CERTIFICATE)
show_certificate(plan.certificate, is_folded=True)
with st.expander("How the plan was found"):
    show_search(plan)

section(NEXT)
link("compare", "Keep this plan under a name, and lay others beside it")
link("choices", "Look at who carries the loss, and what can be answered to those who object")
link("decision", "Put on record who decides, why, and against whose dissent")
export_button(session, plan, "plan-export")
