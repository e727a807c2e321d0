"""The headings of a long page, and the row of links at its top that leads to them by mouse and by keyboard."""

from __future__ import annotations

import streamlit as st

from equity_alloc.sources.declare import slug


def show_contents(*titles: str) -> None:
    """Show a link to each heading of the page, in their order."""
    links = " · ".join(f"[{title}](#{slug(title)})" for title in titles)
    st.markdown(f"**On this page:** {links}")


def section(title: str) -> None:
    """Show a heading that `show_contents` leads to."""
    st.header(title, anchor=slug(title))
