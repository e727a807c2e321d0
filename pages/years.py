"""Years: several years, each planned on the one before: pupils, money that ends, balances, and rules that break."""

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.figures.ahead_balances import ahead_balances
from equity_alloc.figures.ahead_money import ahead_money
from equity_alloc.ui.ahead_editor import show_assumptions
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.page_list import link
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.result_gate import plan_or_none
from equity_alloc.ui.session import current
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain
from equity_alloc.ui.years_view import (
    course_of,
    show_download,
    show_rules_each_year,
    show_state,
    show_turns,
    years_ahead,
)
from equity_alloc.years.course import FEWEST_YEARS, MOST_YEARS

session = current()
st.title("Years", anchor=False)
st.markdown(
    "Each year is planned on the plan of the year before, under the same rules, and checked like the first. Pupils, prices "
    "and money follow the assumptions below; dollars are those of each year."
)
show_invented_note(session)
count = st.number_input(
    "Years, the plan year included", FEWEST_YEARS, MOST_YEARS, 4, key="years-count", persist_state="session"
)
if plan_or_none(session) is None:
    link("rules", "Change the rules")
    st.stop()

try:
    course = course_of(session, int(count))
except EquityAllocError as error:
    st.error(plain(str(error)), title="The years ahead cannot be worked out", icon=":material/error:")
else:
    show_state(session, course)
    planned = tuple(year for year in course.years if year.plan is not None) or course.years
    note = f"{session.district.name}, {planned[0].year} to {planned[-1].year}; dollars of each year; assumptions below."
    money, balances = ahead_money(course.years, colors(), note=note), ahead_balances(planned, colors(), note=note)
    show_table(money.table, alt=f"The years side by side. {note}", key="years-side-by-side")
    st.header("Where the course turns", anchor=False)
    show_turns(course)
    show_figure(money)
    if balances is not None:
        show_figure(balances)
    else:
        st.markdown("No fund's revenue and balance are known: fill the sheet Fund terms to see what is left each year.")
    st.header("Rules each year", anchor=False)
    show_rules_each_year(course)
    show_download(session, course)

st.header("What is assumed", anchor=False)
show_assumptions(session, years_ahead(session.district.year))
