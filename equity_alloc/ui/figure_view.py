"""A figure on screen: heading, chart with words, source line, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from equity_alloc.figures.base import DARK, LIGHT, Colors, Figure
from equity_alloc.figures.percent import in_percent
from equity_alloc.ui.session import field_value
from equity_alloc.ui.table import show_table


def colors() -> Colors:
    """Return the colors for the background in use."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def show_figure(figure: Figure, *, on_click: Callable[[list[int]], None] | None = None, revision: int = 0) -> None:
    """Show a figure with its table twin.

    Parameters
    ----------
    figure : Figure
    on_click : callable or None
        Is given the custom data of the marks that were clicked; what it does must have another way for the keyboard.
    revision : int
        Another number is another chart, with nothing chosen on it.
    """
    st.subheader(figure.title, anchor=False)
    key = f"chart-{figure.code}-{revision}" if revision else f"chart-{figure.code}"

    def clicked() -> None:
        chosen = field_value(key)
        if on_click is not None and chosen:
            held = [each["customdata"] for each in chosen["selection"]["points"] if "customdata" in each]
            on_click([int(each[0] if isinstance(each, list) else each) for each in held])

    st.plotly_chart(
        in_percent(figure.chart),
        key=key,
        alt=figure.alt,
        config={"displayModeBar": False, "scrollZoom": False},
        on_select="ignore" if on_click is None else clicked,
        selection_mode="points",
    )
    st.caption(figure.note)
    with st.expander(f"Table: {figure.title}", icon=":material/table:"):
        show_table(figure.table, alt=f"{figure.title}. {figure.note}", key=f"table-{figure.code}")
