"""Compare: keep scenarios under a name and lay two side by side, today included."""

import streamlit as st

from equity_alloc.figures.level_change import level_change
from equity_alloc.ui.compare_choice import choose_pair
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.measure_table import show_measures
from equity_alloc.ui.plan_figures import MEASURES_NOTE
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.saved import show_saved
from equity_alloc.ui.session import current
from equity_alloc.ui.sides import fund_columns, levels_of, measures_of, post_columns, school_columns
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

session = current()
st.title("Compare", anchor=False)
show_invented_note(session)

st.header("Your scenarios", anchor=False)
show_saved(session)

st.header("Side by side", anchor=False)
pair = choose_pair(session)
if pair is None:
    st.markdown("Choose another scenario, or change its rules. No figures are shown for a scenario without a plan.")
    st.stop()
a, b = pair.names
year, schools = session.district.year, len(session.district.schools)
note = f"{plain(a)} and {plain(b)}, {plain(year)}, {schools} schools. Source: {plain(session.district.name)} data."
levels = levels_of(pair)
if levels:
    show_figure(level_change(levels, colors(), unit=pair.view.levels.unit, before=a, after=b, note=note))

st.subheader("Schools", anchor=False)
show_table(school_columns(pair), alt=f"Schools. {note}", key="compare-schools", pinned=1)
st.caption(f"Dollars and FTE. {note}")
st.subheader("Measures", anchor=False)
st.markdown(MEASURES_NOTE)
show_measures(measures_of(pair), key="compare-measures", before=a, after=b, note=note)
st.subheader("Funds", anchor=False)
show_table(fund_columns(pair), alt=f"Funds. {note}", key="compare-funds", pinned=1)
st.subheader("Posts", anchor=False)
show_table(post_columns(pair), alt=f"Posts by position. {note}", key="compare-posts", pinned=1)
st.caption(f"FTE. {note}")
