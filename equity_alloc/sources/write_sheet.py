"""Puts a table on a sheet of a workbook: text as text, numbers as numbers, never a formula from data."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.sources.cell_formats import DECIMALS, NUMBERS, Formats, make_formats
from equity_alloc.sources.cells import plain_number
from equity_alloc.sources.declare import VALUE, Column, Kind
from equity_alloc.sources.grid import cell_text
from equity_alloc.sources.letter_widths import lines_in
from equity_alloc.sources.sheet_layout import add_filter, keep_in_view, pages_across
from equity_alloc.sources.write_tables import Written

#: A fixed date, so that the same plan gives the same bytes.
CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
MOST_CHARACTERS = 32_767
_WIDTHS = {Kind.TEXT: 30, Kind.CODES: 34, Kind.SHARING: 24, Kind.ANY: 34}
#: Kinds whose numbers have as many decimals as the longest of their column.
_SHARES = (Kind.WEIGHT, Kind.SHARE)
#: So wide a table may be for the sake of its long texts.
_A_LINE = 150
#: Characters of a line above a narrow table, and of a column beside it.
_ACROSS, _NARROW = 100, 9
#: A longer address breaks.
_LONGEST_ADDRESS = 76
#: Characters that a column has at most.
WIDEST = 48
#: A table with more columns than this keeps its first ones in view, on the screen and on every printed page.
FEW_COLUMNS = 8


@contextmanager
def new_workbook(title: str) -> Iterator[tuple[Workbook, Formats, io.BytesIO]]:
    """Open a workbook in memory; its bytes are complete when the block ends."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": title, "author": "Equity Alloc", "created": CREATED})
    yield book, make_formats(book, "top", make_formats(book, "vcenter")), stream
    book.close()


def put_table(
    book: Workbook, table: Written, formats: Formats, nothing: str = "", names: int | None = None
) -> Worksheet:
    """Add a sheet with the table's headings and rows; every column is as wide as what stands in it, long texts in several lines.

    Parameters
    ----------
    book : Workbook
    table : Written
    formats : Formats
    nothing : str
        What a person reads in a box below the headings of a table without rows; no program takes it for a row.
    names : int or None
        Columns at the left that name a row and stay in view; None for as many as tables of this width usually have.
    """
    sheet = book.add_worksheet(table.sheet.name)
    keep_in_view(sheet, 1, _names(table.headings) if names is None else names)
    widths = [_WIDTHS.get(kind, 16) for kind in table.kinds]
    if table.rows:
        widths = fit_columns(table.headings, table.rows)
        wide = sum(width >= WIDEST for width in widths)
        if wide and sum(widths) < _A_LINE:
            # What a page has left goes to those who need it.
            widths = fit_columns(table.headings, table.rows, WIDEST + (_A_LINE - sum(widths)) // wide)
    if table.values:
        # Dollars get commas and cents.
        value = table.headings.index(VALUE)
        shown = (
            f"{float(row[value]):,.2f}"
            for row, kind in zip(table.rows, table.values, strict=True)
            if kind is Kind.DOLLARS
        )
        widths[value] = max(widths[value], *(len(words) + 4 for words in shown), 0)
    figures = {place for place, kind in enumerate(table.kinds) if kind in NUMBERS}
    if table.values and all(kind in NUMBERS for kind in table.values):
        figures.add(table.headings.index(VALUE))
    for place, (heading, kind) in enumerate(zip(table.headings, table.kinds, strict=True)):
        sheet.set_column(place, place, widths[place], _format(formats, kind) or formats.wrapped)
        put_text(sheet, 0, place, heading, formats.heading_right if place in figures else formats.heading)
    fit_row(sheet, 0, table.headings, widths, is_bold=True)
    shares = {place: _decimals(table.rows, place) for place, kind in enumerate(table.kinds) if kind in _SHARES}
    for number, row in enumerate(table.rows, start=1):
        here = formats.of_row(fit_row(sheet, number, row, widths))
        kinds = table.kinds_of(number - 1)
        for place, (text, kind) in enumerate(zip(row, kinds, strict=True)):
            style = here.measured[shares[place]] if place in shares and kind in _SHARES else None
            put_cell(sheet, number, place, text, kind, here, style)
    if nothing and not table.rows:
        sheet.insert_textbox(2, 0, nothing, {"width": 420, "height": 60, "description": nothing})
    add_filter(sheet, 0, len(table.rows), len(table.headings))
    return sheet


def _decimals(rows: Sequence[Sequence[str]], place: int) -> int:
    """Return with how many decimals a column of shares is shown, so that its points stand below one another."""
    longest = max((len(row[place].partition(".")[2]) for row in rows), default=0)
    return min(longest, len(DECIMALS) - 1)


def _names(headings: Sequence[str]) -> int:
    """Return how many columns at the left name what a row is about, where a table has many."""
    if len(headings) <= FEW_COLUMNS:
        return 0
    return 2 if headings[1] == "Name" else 1


def fit_columns(headings: Sequence[str], rows: Sequence[Sequence[str]], most: int = WIDEST) -> list[int]:
    """Return the width of each column in characters: its longest cell, up to a most, and each word of its heading.

    Examples
    --------
    >>> fit_columns(("Code", "Longest heading"), [("0101", "a text"), ("0102", "b")])
    [8, 11]
    """
    widths = []
    for place, heading in enumerate(headings):
        longest = max((len(row[place]) for row in rows if place < len(row)), default=0)
        word = max((len(each) for each in heading.split(" ")), default=0)
        # An address stands on one line, for whoever types it from paper.
        address = max(
            (
                len(each)
                for row in rows
                if "://" in "".join(row[place : place + 1])
                for each in row[place].split()
                if "://" in each
            ),
            default=0,
        )
        # A heading is bold, and dollars get commas and cents.
        widths.append(max(8, min(most, longest + 4), word + 4, min(address + 3, _LONGEST_ADDRESS)))
    return widths


def put_cell(
    sheet: Worksheet, row: int, column: int, text: str, kind: Kind, formats: Formats, style: Format | None = None
) -> None:
    """Write one cell: a number where nothing is lost by it, text otherwise, nothing where blank.

    Parameters
    ----------
    sheet : Worksheet
    row, column : int
        From 0.
    text : str
    kind : Kind
    formats : Formats
    style : Format or None
        For a number or a text that is shown otherwise than its kind is.
    """
    if not text:
        return
    number = plain_number(text)
    typed = kind in NUMBERS
    if number is not None and typed and Decimal(cell_text(float(number))) == number:
        if style is None:
            style = (
                formats.measured[min(len(text.partition(".")[2]), len(DECIMALS) - 1)]
                if kind is Kind.MEASURED
                else _format(formats, kind)
            )
        sheet.write_number(row, column, float(number), style)
    elif number is not None and kind is Kind.ANY and cell_text(float(number)) == text:
        sheet.write_number(row, column, float(number), formats.wrapped)
    else:
        plain = formats.text if kind is Kind.CODE else formats.hidden if typed else None
        put_text(sheet, row, column, text, plain or (style if kind is Kind.TEXT else None) or formats.wrapped)


def put_text(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
    """Write text as text, also where it begins with a sign that a spreadsheet would take for a formula.

    Raises
    ------
    InvalidValue
        If the text is longer than a cell can hold.
    """
    if len(text) > MOST_CHARACTERS:
        raise InvalidValue(f"A text of {len(text):,} characters is too long for a cell: '{text[:40]}...'. Shorten it.")
    sheet.write_string(row, column, text, style)


def put_above(
    sheet: Worksheet, row: int, text: str, style: Format, formats: Formats, widths: Sequence[int], names: int = 0
) -> None:
    """Write a line above a table: over the page, or over the columns that every page repeats where the table has several.

    Programs draw no text over the end of repeated columns, so it is broken where it would be cut on the second page.

    Parameters
    ----------
    sheet : Worksheet
    row : int
    text : str
    style : Format
        Title, told or plain of the formats.
    formats : Formats
    widths : sequence of int
        Of the table's columns, in characters.
    names : int
        Columns that every page repeats.
    """
    is_parted = names > 0 and pages_across(widths, names) > 1
    columns = [*widths[:names]] if is_parted else [*widths]
    while sum(columns) < _ACROSS and not is_parted:
        columns.append(_NARROW)
    size = style.font_size / 11
    # A line above has no indent, which cells have.
    lines = lines_in(text, sum(columns) / size + 1.5, is_bold=bool(style.bold))
    if lines > 1:
        style = formats.over[style]
        if len(columns) > 1:
            sheet.merge_range(row, 0, row, len(columns) - 1, "", style)
    put_text(sheet, row, 0, text, style)
    sheet.set_row(row, round((15 * size + 1) * lines))


def put_address(sheet: Worksheet, row: int, column: int, address: str, formats: Formats) -> None:
    """Write an address as a link; its column must hold it on one line, for not every program breaks a link."""
    sheet.write_url(row, column, address, formats.link, address)


def fit_row(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[int], *, is_bold: bool = False) -> int:
    """Make a row as high as its wrapped texts need, and return in how many lines; not every program does so by itself.

    Parameters
    ----------
    sheet : Worksheet
    row : int
        From 0.
    texts : sequence of str
    widths : sequence of int
        Of the columns, in characters; the last one holds for all further ones.
    is_bold : bool
        Whether the letters are those of a heading, which are wider.
    """
    lines = 1
    for place, text in enumerate(texts):
        width = widths[min(place, len(widths) - 1)]
        lines = max(lines, sum(lines_in(part, width, is_bold=is_bold) for part in text.split("\n")))
    if lines > 1:
        sheet.set_row(row, min(409, 15 * lines))
    return lines


def heading_note(column: Column) -> str:
    """Return the note on a heading: what belongs there, its unit, whether it must be filled, and an example."""
    lines = [column.help]
    if column.unit:
        lines.append(f"Unit: {column.unit}.")
    lines.append("Must be filled." if column.required else "May stay blank.")
    if column.example:
        lines.append(f"Example: {column.example}")
    return "\n".join(lines)


def _format(formats: Formats, kind: Kind) -> Format | None:
    return {
        Kind.CODE: formats.text,
        Kind.DOLLARS: formats.dollars,
        Kind.CHANGE: formats.dollars,
        Kind.FTE: formats.fte,
        Kind.PUPILS: formats.whole,
        Kind.WEIGHT: formats.hidden,
        Kind.SHARE: formats.hidden,
    }.get(kind)
