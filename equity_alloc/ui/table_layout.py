"""How wide the columns of a table are and how high its rows, so that no number, name or heading is cut.

A number that is cut short reads as another number. So a column of numbers always holds its longest, texts go over to a
second line, and a table too wide for the screen ends where a column ends (see :func:`edges`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from equity_alloc.figures.base import Cell, Show, TableColumn
from equity_alloc.ui.numbers import signed
from equity_alloc.ui.text_width import lines_of, longest_word, text_width

#: Columns whose numbers have a sign, zero apart.
CHANGES = (Show.CHANGE, Show.FTE_CHANGE)
#: Pixels: a row of one line, which is the heading's too; each further line; both sides of a cell; the table's own lines.
ROW, LINE, SIDES, FRAME = 35, 18, 17, 2
#: Streamlit breaks a text into lines only in rows higher than 4 rem.
BROKEN_ROW = 65
#: What a table has on a screen of 768 pixels (and of 1,280 beside the sidebar), and on a phone of 390.
TABLET, PHONE = 732, 356
#: A column of at most so many pixels is never broken into lines, and never seen in part.
SHORT = 170
#: A text goes over to another line at this width, and to more lines as a table needs; then its column grows, up to the last.
BROAD, MOST_LINES, BROADEST = 320, (3, 4, 5, 6), 900
#: A name keeps at least so much beside a column of numbers.
NAME = 112

_PRINTED = {
    Show.DOLLARS: "${:,.0f}",
    Show.CHANGE: "{:,.0f}",
    Show.FTE: "{:,.2f}",
    Show.FTE_CHANGE: "{:,.2f}",
    Show.COUNT: "{:,}",
    Show.NUMBER: "{:.3f}",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The pixels of a table.

    Parameters
    ----------
    widths : tuple of int
        One for each column.
    row : int
        Height of a row.
    pinned : int
        How many columns stay in view when the table is moved sideways.
    """

    widths: tuple[int, ...]
    row: int
    pinned: int


def printed(show: Show, cell: Cell) -> str:
    """Return a cell as the table shows it.

    Examples
    --------
    >>> printed(Show.CHANGE, -1234.0), printed(Show.SHARE, 0.125), printed(Show.COUNT, None)
    ('-1,234', '12.5 %', '')
    >>> printed(Show.FTE_CHANGE, 0.25), printed(Show.FTE_CHANGE, 0.0)
    ('+0.25', '0.00')
    """
    if cell is None or isinstance(cell, str):
        return cell or ""
    if show is Show.SHARE:
        return f"{cell * 100:.1f} %"
    text = _PRINTED[show].format(cell)
    return signed(text) if show in CHANGES else text


def layout(columns: Sequence[TableColumn], *, pinned: int = 0) -> Layout:
    """Return widths under which every number, name and heading of a table is whole.

    Parameters
    ----------
    columns : sequence of TableColumn
    pinned : int
        How many columns the page would like to keep in view.

    Examples
    --------
    >>> layout([TableColumn("Core $", Show.CHANGE, (801_089.0, -12_345_678.0, None))]).widths
    (86,)
    """
    texts = [[printed(column.show, cell) for cell in column.cells] for column in columns]
    natural = [_natural(column, cells) for column, cells in zip(columns, texts, strict=True)]
    tried = [_fitted(columns, texts, natural, most_lines) for most_lines in MOST_LINES]
    # Where not even more lines make it fit, high rows would help nobody: the first way is scrolled sideways.
    widths = next((each for each in tried if sum(each) <= TABLET), tried[0])
    broken = [_lines(texts[j], widths[j]) for j, column in enumerate(columns) if column.show is Show.TEXT]
    lines = max(broken, default=1)
    row = ROW if lines == 1 else max(BROKEN_ROW, ROW + LINE * (lines - 1))
    fits = max(widths[pinned:], default=0) <= PHONE - sum(widths[:pinned])
    return Layout(tuple(widths), row, pinned if fits else 0)


def _fitted(
    columns: Sequence[TableColumn], texts: Sequence[Sequence[str]], natural: Sequence[int], most_lines: int
) -> list[int]:
    """Return widths under which no text takes more lines, shared out where sentences are among them."""
    least = [_least(columns[j], texts[j], natural[j], most_lines) for j in range(len(columns))]
    widths = _for_a_phone(columns, natural, least)
    return _shared(widths, least) if max(natural, default=0) >= BROAD else widths


def _for_a_phone(columns: Sequence[TableColumn], natural: Sequence[int], least: Sequence[int]) -> list[int]:
    """Return widths under which names and the column beside them fit a phone, where that can be."""
    widths = [max(pair) for pair in zip(natural, least, strict=True)]
    if len(widths) > 1 and columns[0].show is Show.TEXT and is_short(natural[1]):
        widths[0] = min(widths[0], max(least[0], PHONE - natural[1]))
    if len(widths) == 2 and columns[1].show is Show.TEXT and sum(widths) > PHONE:
        widths[1] = min(widths[1], max(least[1], PHONE - min(widths[0], PHONE // 2)))
        widths[0] = min(widths[0], max(least[0], PHONE - widths[1]))
    return widths


def _shared(widths: list[int], least: Sequence[int]) -> list[int]:
    """Return widths of which the broadest gave up what the screen lacks, none more than it can."""
    while sum(widths) > TABLET and (broad := [j for j, width in enumerate(widths) if width > least[j]]):
        widest = max(broad, key=lambda j: widths[j])
        widths[widest] = max(least[widest], widths[widest] - 10)
    return widths


def is_short(width: int) -> bool:
    """Whether a column is so narrow that it is shown whole or not at all."""
    return width <= SHORT


def edges(columns: Sequence[TableColumn], widths: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return where a table must end so that its right edge cuts no number.

    Returns
    -------
    tuple of (int, int), pixels
        In ascending order: from the first width to less than the second, the table takes the first only. A broad text at
        the edge may be seen in part, but never as a sliver.

    Examples
    --------
    >>> numbers = [TableColumn(name, Show.COUNT, (1,)) for name in "abc"]
    >>> edges(numbers, (100, 90, 90))
    ((102, 192), (192, 282))
    """
    found = []
    for place in range(1, len(widths)):
        is_whole = columns[place].show is not Show.TEXT or is_short(widths[place])
        whole = sum(widths[:place]) + FRAME
        found.append((whole, whole + (widths[place] if is_whole else SHORT)))
    return tuple(found)


def _natural(column: TableColumn, cells: Sequence[str]) -> int:
    """Return the pixels of a column whose cells stand in one line each, broad texts apart."""
    heading = text_width(column.title) + SIDES
    whole = max((text_width(cell) for cell in cells), default=0.0) + SIDES
    if column.show is Show.TEXT:
        return math.ceil(max(heading, min(whole, column.width or BROAD)))
    return math.ceil(max(heading, whole, column.width or 0))


def _least(column: TableColumn, cells: Sequence[str], natural: int, most_lines: int) -> int:
    """Return the width under which a column would cut a number or word, or take more lines than it may."""
    if column.show is not Show.TEXT or is_short(natural):
        return natural
    words = max((longest_word(cell) for cell in cells), default=0.0)
    width = min(natural, math.ceil(max(text_width(column.title), words, NAME - SIDES) + SIDES))
    while width < BROADEST and _lines(cells, width) > most_lines:
        width += 10
    return width


def _lines(cells: Sequence[str], width: int) -> int:
    longest = sorted(set(cells), key=len)[-20:]
    return max((lines_of(cell, width - SIDES) for cell in longest), default=1)
