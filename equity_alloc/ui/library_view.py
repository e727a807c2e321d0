"""Cards of the page Library."""

from __future__ import annotations

import streamlit as st

from equity_alloc.learning.library import Lesson, Link
from equity_alloc.ui.page_list import link as page_link
from equity_alloc.ui.words import plain


def show_link(link: Link) -> None:
    """Show a resource of somebody else, with whose it is and that we have no part in it."""
    with st.container(border=True):
        st.subheader(plain(link.title), anchor=False)
        st.markdown(f"**{plain(link.owner)}**")
        st.markdown(plain(link.what))
        st.markdown(f"**When it helps.** {plain(link.when)}")
        st.link_button(f"Open the site of {link.owner}", link.address, icon=":material/open_in_new:")
        page_link(link.step, f"The step here: {link.step.capitalize()}")
        st.caption(
            plain(
                f"Cost: {link.cost} Marks: {link.marks} Rights: {link.rights} Not affiliated: {link.owner} has no part in this software and does not "
                f"endorse it. Read: {link.seen}."
            )
        )


def show_lesson(lesson: Lesson) -> None:
    """Show a short lesson with a way to the page that it speaks of."""
    with st.expander(plain(lesson.title)):
        st.markdown(plain(lesson.text))
        page_link(lesson.page, f"See it on {lesson.page.capitalize()}")
