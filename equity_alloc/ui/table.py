"""Tables on screen: the same columns that figures bring, sortable, with numbers in our style."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from equity_alloc.figures.base import Show, TableColumn

#: Height of a row and of the heading, pixels.
ROW = 35

_FORMATS = {
    Show.DOLLARS: "$%,.0f",
    Show.CHANGE: "%+,.0f",
    Show.FTE: "%,.2f",
    Show.FTE_CHANGE: "%+,.2f",
    Show.SHARE: "%.1f %%",
    Show.COUNT: "%,d",
    Show.NUMBER: "%.3f",
}

_PRINTED = {
    Show.DOLLARS: "${:,.0f}",
    Show.CHANGE: "{:+,.0f}",
    Show.FTE: "{:,.2f}",
    Show.FTE_CHANGE: "{:+,.2f}",
    Show.SHARE: "{:.1f} %",
    Show.COUNT: "{:,}",
    Show.NUMBER: "{:.3f}",
}

#: Room for a digit and for both sides of a cell, pixels; a digit takes 6.5 at the size of text in tables.
DIGIT, SIDES = 7, 18


def show_table(columns: Sequence[TableColumn], *, alt: str, key: str, pinned: int = 0, most_rows: int = 30) -> None:
    """Show a table.

    Parameters
    ----------
    columns : sequence of TableColumn
    alt : str
        What the table holds: unit, year and n.
    key : str
    pinned : int
        How many columns stay in view when the table is moved sideways.
    most_rows : int
        More rows than these are scrolled to; fewer take no more room than they need.
    """
    data = {column.title: list(_cells(column)) for column in columns}
    config = {column.title: _config(column, place < pinned) for place, column in enumerate(columns)}
    rows = len(columns[0].cells) if columns else 0
    st.dataframe(
        data,
        hide_index=True,
        column_config=config,
        alt=alt,
        key=key,
        height=_height(rows, most_rows) if rows else "auto",
        placeholder="",
    )


def _height(rows: int, most_rows: int) -> int:
    """Return the pixels that a table takes: no row is cut, and none is empty.

    Examples
    --------
    >>> _height(rows=5, most_rows=12), _height(rows=35, most_rows=12)
    (212, 457)
    """
    return (min(rows, most_rows) + 1) * ROW + 2


def _cells(column: TableColumn) -> list[Any]:
    if column.show is Show.SHARE:
        return [None if cell is None else float(cell) * 100 for cell in column.cells]
    return list(column.cells)


def _width(column: TableColumn) -> int | None:
    """Return the pixels of a column; one of numbers holds its longest, because a number cut short reads as another.

    Examples
    --------
    >>> _width(TableColumn("Core $", Show.CHANGE, (801_089.0, -12_345_678.0, None), width=76))
    95
    """
    if column.width is None or column.show is Show.TEXT:
        return column.width
    longest = max((len(_PRINTED[column.show].format(cell)) for cell in _cells(column) if cell is not None), default=0)
    return max(column.width, longest * DIGIT + SIDES)


def _config(column: TableColumn, is_pinned: bool) -> Any:
    if column.show is Show.TEXT:
        return st.column_config.TextColumn(help=column.help or None, pinned=is_pinned, width=column.width)
    return st.column_config.NumberColumn(
        help=column.help or None, pinned=is_pinned, width=_width(column), format=_FORMATS[column.show]
    )
