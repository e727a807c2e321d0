"""Library: short lessons, and resources of others with their owner and rights."""

import streamlit as st

from equity_alloc.learning.library import lessons, links
from equity_alloc.ui.library_view import show_lesson, show_link

st.title("Library", anchor=False)
st.markdown(
    "What helps a team before, during and after a hard choice. Lessons are ours; everything below them belongs to others."
)
st.header("In two minutes each", anchor=False)
for lesson in lessons():
    show_lesson(lesson)
st.header("Resources of others", anchor=False)
st.markdown(
    "Named so that you can find them. Nothing of theirs is copied here, and none of their owners has a part in this software. "
    "A link opens their site in your browser; nothing is fetched from it otherwise."
)
for link in links():
    show_link(link)
