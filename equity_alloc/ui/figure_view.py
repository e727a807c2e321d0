"""A figure on screen: heading, chart with words, source line, and the same numbers as a table."""

from __future__ import annotations

import streamlit as st

from equity_alloc.figures.base import DARK, LIGHT, Colors, Figure
from equity_alloc.ui.table import show_table


def colors() -> Colors:
    """Return the colors for the background in use."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def show_figure(figure: Figure) -> None:
    """Show a figure with its table twin."""
    st.subheader(figure.title, anchor=False)
    st.plotly_chart(
        figure.chart,
        key=f"chart-{figure.code}",
        alt=figure.alt,
        config={"displayModeBar": False, "scrollZoom": False},
    )
    st.caption(figure.note)
    with st.expander(f"Table: {figure.title}", icon=":material/table:"):
        show_table(figure.table, alt=f"{figure.title}. {figure.note}", key=f"table-{figure.code}")
