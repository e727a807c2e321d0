"""A sheet with live formulas: each cell with its formula and the value that it gives, so that every viewer shows numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.reports.public_counts import UNKNOWN
from equity_alloc.sources.cell_formats import Formats
from equity_alloc.sources.declare import Kind
from equity_alloc.sources.grid import cell_text
from equity_alloc.sources.letter_widths import lines_in
from equity_alloc.sources.sheet_layout import add_filter, keep_in_view, set_width
from equity_alloc.sources.write_sheet import fit_row, put_above, put_address, put_text
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
    is_address : bool
        Whether a text is an address that can be followed.
    """

    value: str | float | None
    kind: Kind = Kind.TEXT
    formula: str = ""
    places: int = 3
    is_address: bool = False


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
    has_total : bool
        Whether the last row is what the others come to; it stands below a line and is not filtered.
    has_filter : bool
        Whether its headings offer a filter; not where other sheets count on the order of its rows.
    names : int
        So many columns at the left name what a row is about, and stay in view.
    nothing : str
        Why the workbook does without it, where it has no rows.
    """

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...] = (12, 30, 16)
    has_total: bool = False
    has_filter: bool = False
    names: int = 2
    nothing: str = ""


#: Number of the first row below the headings, as spreadsheets count.
FIRST = 4
#: So many characters more than declared a column may have rather than break its texts.
_MORE = 8
#: A column of numbers is no wider than this only for the sake of its heading.
_WIDEST_NUMBER = 28


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
    names = sheet.names if len(sheet.headings) > 3 else 0
    keep_in_view(page, FIRST - 1, names)
    widths = [_width(sheet, place) for place in range(len(sheet.headings))]
    put_above(page, 0, sheet.title, formats.title, formats, widths, names)
    for place, heading in enumerate(sheet.headings):
        told = [row[place].value for row in sheet.rows if place < len(row)]
        set_width(page, place, widths[place], None, is_hidden=len(sheet.headings) > 3 and tells_nothing(told))
        put_text(page, FIRST - 2, place, heading, formats.heading_of(_kind(sheet, place)))
    fit_row(page, FIRST - 2, sheet.headings, widths, is_bold=True)
    last = FIRST - 2 + len(sheet.rows)
    for number, row in enumerate(sheet.rows, start=FIRST - 1):
        lines = fit_row(page, number, [cell.value if isinstance(cell.value, str) else "" for cell in row], widths)
        _put_row(page, number, sheet, row, formats.of_row(lines), is_total=sheet.has_total and number == last)
    if sheet.has_filter:
        add_filter(page, FIRST - 2, len(sheet.rows) - sheet.has_total, len(sheet.headings))


def tells_nothing(values: Sequence[str | float | None]) -> bool:
    """Say whether nothing, or nothing known, stands in a column, so that it would only take room.

    Examples
    --------
    >>> tells_nothing(["not known", None]), tells_nothing([0]), tells_nothing([])
    (True, False, False)
    """
    return bool(values) and all(value in (None, "", UNKNOWN) for value in values)


def _put_row(page: Worksheet, number: int, sheet: LiveSheet, row: Row, formats: Formats, *, is_total: bool) -> None:
    styles = {
        Kind.DOLLARS: formats.dollars,
        Kind.FTE: formats.fte,
        Kind.PUPILS: formats.whole,
        Kind.SHARE: formats.share,
        Kind.WEIGHT: formats.dollars,
        Kind.TEXT: formats.wrapped,
    }
    for place, cell in enumerate(row):
        style = (formats.totals if is_total else styles).get(cell.kind)
        if cell.kind is Kind.MEASURED:
            style = formats.measured[cell.places]
        if cell.formula:
            page.write_formula(number, place, cell.formula, style, "" if cell.value is None else cell.value)
        elif isinstance(cell.value, str) and cell.value:
            is_among_numbers = cell.kind is Kind.TEXT and len(row) > 2 and _kind(sheet, place) is not Kind.TEXT
            if cell.is_address:
                put_address(page, number, place, cell.value, formats)
            else:
                put_text(page, number, place, cell.value, formats.hidden if is_among_numbers else style)
        elif isinstance(cell.value, int | float):
            page.write_number(number, place, cell.value, style)
        elif is_total:
            page.write_blank(number, place, None, style)
    for place in range(len(row), len(sheet.headings) if is_total else 0):
        # The line above the sums runs under every column.
        page.write_blank(number, place, None, formats.totals[Kind.TEXT])


def shown_rows(sheet: LiveSheet) -> tuple[tuple[str, ...], ...]:
    """Return every row of a sheet as the text that a reader of the file finds in it, for seals."""
    rows = (tuple("" if cell.value is None else cell_text(cell.value) for cell in row) for row in sheet.rows)
    return ((sheet.title,), (), sheet.headings, *rows)


def _kind(sheet: LiveSheet, place: int) -> Kind:
    """Return what a column holds: numbers, where a cell of it is one."""
    kinds = [row[place].kind for row in sheet.rows if place < len(row) and isinstance(row[place].value, int | float)]
    return Kind.WEIGHT if kinds else Kind.TEXT


def _width(sheet: LiveSheet, place: int) -> int:
    """Return a column's width: what its longest text needs up to about what is declared; for numbers all that is needed."""
    declared = sheet.widths[min(place, len(sheet.widths) - 1)]
    word = max(len(each) for each in sheet.headings[place].split(" "))
    cells = [row[place].value for row in sheet.rows if place < len(row)]
    if len(sheet.headings) < 3:
        return declared
    if _kind(sheet, place) is Kind.TEXT:
        longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0) + 3
        return max(word + 4, longest if longest <= declared + _MORE else declared)
    shown = (_shown(row[place]) for row in sheet.rows if place < len(row))
    longest = max((len(words) for words in shown if words), default=8)
    least = max(longest + 4, word + 4, 9)
    # A heading of many lines would make the first page of the sheet a heading.
    heading = sheet.headings[place]
    return next((wide for wide in range(least, _WIDEST_NUMBER) if lines_in(heading, wide, is_bold=True) < 3), least)


def _shown(cell: Cell) -> str:
    """Return a number as it is shown, "" for everything else."""
    if not isinstance(cell.value, int | float):
        return ""
    return f"{cell.value:,.{cell.places if cell.kind is Kind.MEASURED else 2}f}"


def summed(rows: Sequence[Row], place: int, kind: Kind) -> Cell:
    """Return the sum of a column over rows that stand from the first one on."""
    total = sum(round(float(row[place].value or 0) * 100) for row in rows) / 100
    letters = letter(place)
    return Cell(total, kind, f"=ROUND(SUM({letters}{FIRST}:{letters}{max(FIRST, FIRST + len(rows) - 1)}),2)")
