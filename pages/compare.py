"""Compare: keep scenarios under a name and lay two to four side by side, today included."""

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.figures.level_change import levels_by_school
from equity_alloc.ui.compare_choice import choose_sides, say_differences, sides_of
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.one_side import show_one_side
from equity_alloc.ui.plan_figures import MEASURES_NOTE
from equity_alloc.ui.plan_head import show_invented_note
from equity_alloc.ui.saved import show_saved
from equity_alloc.ui.session import current
from equity_alloc.ui.side_words import beside_words
from equity_alloc.ui.sides import Of, kinds_of, levels_of, side_columns, together_words
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

session = current()
st.title("Compare", anchor=False)
st.markdown("Keep scenarios under names of their own, and lay two to four of them side by side.")
show_invented_note(session)

st.header("Your scenarios", anchor=False)
show_saved(session)

st.header("Side by side", anchor=False)
chosen = choose_sides(session)
if len(chosen) < 2:
    st.markdown("No figures are shown for a scenario without a plan. Choose another one, or change its rules.")
    if chosen:
        show_one_side(session, chosen[0])
    st.stop()
say_differences(chosen)
beside = sides_of(session, *chosen)
year, schools = session.district.year, len(session.district.schools)
about = f"{plain(year)}, {count_words(schools, 'school')}. Source: {plain(session.district.name)} data."
note = f"{plain(beside.legend)}; {about}"
levels = levels_of(beside)
for sentence in beside_words(beside):
    st.markdown(plain(sentence))
if levels:
    unit = beside.view.levels.unit
    show_figure(levels_by_school(levels, colors(), unit=unit, names=beside.names, note=about))

st.subheader("Differences", anchor=False)
of = Of(
    st.segmented_control(
        "Differences of", kinds_of(beside), default=Of.DOLLARS, required=True, key="compare-of", persist_state="session"
    )
    or Of.DOLLARS
)
if of is Of.MEASURES:
    st.markdown(MEASURES_NOTE)
show_table(side_columns(beside, of), alt=f"{of.value}. {note}", key=f"compare-{of}", pinned=1)
together = together_words(beside, of)
st.caption(f"{together} {note}" if together else note)
