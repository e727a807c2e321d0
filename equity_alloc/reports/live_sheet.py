"""A sheet with live formulas: each cell with its formula and the value that it gives, so that every viewer shows numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xlsxwriter.workbook import Workbook

from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.sources.declare import Kind
from equity_alloc.sources.write_sheet import Formats, fit_row, put_text
from equity_alloc.sources.write_tables import Written


@dataclass(frozen=True, slots=True)
class Cell:
    """A number or text, and the formula that gives it.

    Parameters
    ----------
    value : str, int, float or None
        What stands there before anything is recalculated; None for nothing.
    kind : Kind
    formula : str
        Made of references only, never of text from data; "" for a plain value.
    places : int
        Decimals of a measure; read of no other kind.
    """

    value: str | float | None
    kind: Kind = Kind.TEXT
    formula: str = ""
    places: int = 3


Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class LiveSheet:
    """A sheet of the workbook.

    Parameters
    ----------
    name, title : str
        The title stands in the first row.
    headings : tuple of str
        In the third row.
    rows : tuple of Row
        From the fourth row.
    widths : tuple of int
        The last one holds for all further columns.
    """

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...] = (12, 30, 16)


#: Number of the first row below the headings, as spreadsheets count.
FIRST = 4


def text(words: str) -> Cell:
    """Return a cell of text."""
    return Cell(words)


def money(cents: Cents, formula: str = "") -> Cell:
    """Return a cell of dollars and cents."""
    return Cell(cents / 100, Kind.DOLLARS, formula)


def fte(hundredths: Hundredths, formula: str = "") -> Cell:
    """Return a cell of posts."""
    return Cell(hundredths / 100, Kind.FTE, formula)


def column(table: Written, heading: str) -> str:
    """Return the cells of a table's column as a reference.

    Raises
    ------
    ValueError
        If there is no such column.
    """
    place = table.headings.index(heading)
    return span(table.sheet.name, letter(place), 2, max(2, len(table.rows) + 1))


def span(sheet: str, letters: str, first: int, last: int) -> str:
    """Return the cells of a column as a reference that stays where it is.

    Examples
    --------
    >>> span("Plan pay", "D", 2, 9)
    "'Plan pay'!$D$2:$D$9"
    """
    return f"'{sheet}'!${letters}${first}:${letters}${last}"


def letter(place: int) -> str:
    """Return the letters of a column, from 0.

    Examples
    --------
    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def added(values: str, *where: tuple[str, str]) -> str:
    """Return the formula that adds values where each reference equals a cell; codes are compared as text.

    Examples
    --------
    >>> added("D2:D9", ("A2:A9", "$A4"))
    '=ROUND(SUMPRODUCT((A2:A9=$A4)*D2:D9),2)'
    """
    tests = "".join(f"({cells}={cell})*" for cells, cell in where)
    return f"=ROUND(SUMPRODUCT({tests}{values}),2)"


def put_live(book: Workbook, sheet: LiveSheet, formats: Formats) -> None:
    """Write a sheet."""
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(FIRST - 1, 2 if len(sheet.headings) > 3 else 0)
    page.repeat_rows(FIRST - 2)
    put_text(page, 0, 0, sheet.title, formats.strong)
    styles = {
        Kind.DOLLARS: formats.dollars,
        Kind.FTE: formats.fte,
        Kind.PUPILS: formats.whole,
        Kind.SHARE: formats.share,
        Kind.WEIGHT: formats.dollars,
        Kind.TEXT: formats.wrapped,
    }
    widths = [_width(sheet, place) for place in range(len(sheet.headings))]
    for place, heading in enumerate(sheet.headings):
        page.set_column(place, place, widths[place])
        put_text(page, FIRST - 2, place, heading, formats.heading_of(_kind(sheet, place)))
    fit_row(page, FIRST - 2, sheet.headings, widths)
    for number, row in enumerate(sheet.rows, start=FIRST - 1):
        fit_row(page, number, [cell.value if isinstance(cell.value, str) else "" for cell in row], widths)
        for place, cell in enumerate(row):
            style = formats.measured[cell.places] if cell.kind is Kind.MEASURED else styles.get(cell.kind)
            if cell.formula:
                value = "" if cell.value is None else cell.value
                page.write_formula(number, place, cell.formula, style, value)
            elif isinstance(cell.value, str):
                if cell.value:
                    put_text(page, number, place, cell.value, style)
            elif cell.value is not None:
                page.write_number(number, place, cell.value, style)


def _kind(sheet: LiveSheet, place: int) -> Kind:
    """Return what a column holds: numbers, where a cell of it is one."""
    kinds = [row[place].kind for row in sheet.rows if place < len(row) and isinstance(row[place].value, int | float)]
    return Kind.WEIGHT if kinds else Kind.TEXT


def _width(sheet: LiveSheet, place: int) -> int:
    """Return a column's width: as declared for text, for numbers what the longest and the heading need."""
    declared = sheet.widths[min(place, len(sheet.widths) - 1)]
    if len(sheet.headings) < 3 or _kind(sheet, place) is Kind.TEXT:
        return declared
    cells = [row[place].value for row in sheet.rows if place < len(row)]
    longest = max((len(f"{cell:,.2f}") for cell in cells if isinstance(cell, int | float)), default=8)
    word = max(len(each) for each in sheet.headings[place].split(" "))
    return max(longest + 2, word + 3, 9)


def summed(rows: Sequence[Row], place: int, kind: Kind) -> Cell:
    """Return the sum of a column over rows that stand from the first one on."""
    total = sum(round(float(row[place].value or 0) * 100) for row in rows) / 100
    letters = letter(place)
    return Cell(total, kind, f"=ROUND(SUM({letters}{FIRST}:{letters}{max(FIRST, FIRST + len(rows) - 1)}),2)")
