"""Compare: keep scenarios under a name and lay two side by side, today included."""

import streamlit as st

from equity_alloc.figures.level_change import level_change
from equity_alloc.ui.compare_choice import choose_sides, say_differences, sides_of
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.measure_table import show_measures
from equity_alloc.ui.one_side import show_one_side
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
a, b = choose_sides(session)
if a is None or b is None:
    st.markdown("No figures are shown for a scenario without a plan. Choose another one, or change its rules.")
    if a is not None or b is not None:
        show_one_side(session, a or b)
    st.stop()
say_differences(a, b)
both = sides_of(session, a, b)
first, second = both.names
year, schools = session.district.year, len(session.district.schools)
about = f"{plain(year)}, {schools} schools. Source: {plain(session.district.name)} data."
note = f"A is {plain(first)}, B is {plain(second)}; {about}"
levels = levels_of(both)
if levels:
    show_figure(level_change(levels, colors(), unit=both.view.levels.unit, before=first, after=second, note=about))

st.subheader("Schools", anchor=False)
show_table(school_columns(both), alt=f"Schools. {note}", key="compare-schools", pinned=1)
st.caption(f"Dollars and FTE. {note}")
st.subheader("Measures", anchor=False)
st.markdown(MEASURES_NOTE)
show_measures(measures_of(both), key="compare-measures", before="A", after="B", note=note)
st.subheader("Funds", anchor=False)
show_table(fund_columns(both), alt=f"Funds. {note}", key="compare-funds", pinned=1)
st.subheader("Posts", anchor=False)
show_table(post_columns(both), alt=f"Posts by position. {note}", key="compare-posts", pinned=1)
st.caption(f"FTE. {note}")
