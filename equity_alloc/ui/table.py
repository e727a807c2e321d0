"""Tables on screen: the same columns that figures bring, sortable, with numbers in our style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.ui.table_layout import CHANGES, FRAME, ROW, edges, layout, printed

_FORMATS = {
    Show.DOLLARS: "$%,.0f",
    Show.FTE: "%,.2f",
    Show.SHARE: "%.1f %%",
    Show.COUNT: "%,d",
    Show.NUMBER: "%.3f",
}

#: Said where columns lie beyond the right edge; the edge itself shows no part of them.
_MORE = "More columns: move the table sideways."


def show_table(columns: Sequence[TableColumn], *, alt: str, key: str, pinned: int = 0, most_rows: int = 30) -> None:
    """Show a table.

    Parameters
    ----------
    columns : sequence of TableColumn
    alt : str
        What the table holds: unit, year and n.
    key : str
    pinned : int
        How many columns stay in view when the table is moved sideways, where a phone has room for that.
    most_rows : int
        More rows of one line than these are scrolled to; fewer take no more room than they need.
    """
    placed = layout(columns, pinned=pinned)
    config = {
        column.title: _config(column, width, place < placed.pinned)
        for place, (column, width) in enumerate(zip(columns, placed.widths, strict=True))
    }
    rows = len(columns[0].cells) if columns else 0
    frame = f"frame-{key}"
    whole = sum(placed.widths) + FRAME
    st.html(f"<style>{edge_style(frame, edges(columns, placed.widths), whole)}</style>")
    with st.container(key=frame):
        st.dataframe(
            _data(columns),
            hide_index=True,
            column_config=config,
            alt=alt,
            key=key,
            height=_height(rows, placed.row, most_rows) if rows else "auto",
            row_height=placed.row,
            placeholder="",
        )


def edge_style(frame: str, ends: Sequence[tuple[int, int]], whole: int = 0) -> str:
    """Return the style under which a table ends where a column ends, and says so wherever it goes on.

    Parameters
    ----------
    frame : str
        Key of the container around the table.
    ends : sequence of (int, int), pixels
    whole : int, pixels
        What all columns take together: on a narrower screen some of them, or a part of one, lie beyond the edge.

    Examples
    --------
    >>> edge_style("frame-a b", ())
    '.st-key-frame-a-b{container-type:inline-size}'
    """
    name = ".st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", frame.strip())
    parts = [f"{name}{{container-type:inline-size}}"]
    parts += [
        f"@container (min-width:{end}px) and (max-width:{cut - 0.02}px){{{name}>*{{max-width:{end}px}}}}"
        for end, cut in ends
    ]
    if whole:
        parts.append(f"@container (max-width:{whole - 0.02}px){{{name}::after{{content:'{_MORE}';font-size:.875rem}}}}")
    return "".join(parts)


def _height(rows: int, row: int, most_rows: int) -> int:
    """Return the pixels that a table takes: the last row is whole, and none is empty.

    Examples
    --------
    >>> _height(rows=5, row=35, most_rows=12), _height(rows=35, row=35, most_rows=12), _height(35, 71, 12)
    (212, 457, 534)
    """
    room = max(most_rows * ROW, 16 * ROW if row > ROW else 0)
    return ROW + min(rows, max(1, room // row)) * row + FRAME


def _cells(column: TableColumn) -> list[Any]:
    if column.show is Show.SHARE:
        return [None if cell is None else float(cell) * 100 for cell in column.cells]
    return list(column.cells)


def _data(columns: Sequence[TableColumn]) -> Any:
    """Return the cells by title; changes bring their own print, as no format of numbers leaves zero without a sign."""
    data = {column.title: _cells(column) for column in columns}
    signs: dict[Any, Any] = {
        column.title: partial(printed, column.show) for column in columns if column.show in CHANGES
    }
    return pd.DataFrame(data).style.format(signs, na_rep="") if signs else data


def _config(column: TableColumn, width: int, is_pinned: bool) -> Any:
    if column.show is Show.TEXT:
        return st.column_config.TextColumn(help=column.help or None, pinned=is_pinned, width=width)
    return st.column_config.NumberColumn(
        help=column.help or None, pinned=is_pinned, width=width, format=_FORMATS.get(column.show)
    )
