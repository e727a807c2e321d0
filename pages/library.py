"""Library: short lessons, live cases, and resources of others with their owner and rights."""

import streamlit as st

from equity_alloc.cases.case import cases
from equity_alloc.learning.library import lessons, links
from equity_alloc.ui.case_view import show_case
from equity_alloc.ui.library_view import show_lesson, show_link
from equity_alloc.ui.session import current

st.title("Library", anchor=False)
st.markdown(
    "What helps a team before, during and after a hard choice. Lessons and cases are ours; the resources below them belong to others."
)
st.header("In two minutes each", anchor=False)
for lesson in lessons():
    show_lesson(lesson)
st.header("Cases to work through together", anchor=False)
st.markdown(
    "Invented districts, small enough to check on paper. Each opens with its scenarios as they are locked here, asks three "
    "questions, and has notes for whoever leads the conversation. The figures of the key are worked out when you ask for them."
)
for case in cases():
    show_case(current(), case)
st.header("Resources of others", anchor=False)
st.markdown(
    "Named so that you can find them. Nothing of theirs is copied here, and none of their owners has a part in this software. "
    "A link opens their site in your browser; nothing is fetched from it otherwise."
)
for link in links():
    show_link(link)
