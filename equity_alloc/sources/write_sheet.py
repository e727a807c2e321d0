"""Puts a table on a sheet of a workbook: text as text, numbers as numbers, never a formula from data."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.sources.cells import plain_number
from equity_alloc.sources.declare import Column, Kind
from equity_alloc.sources.grid import cell_text
from equity_alloc.sources.write_tables import Written

#: A fixed date, so that the same plan gives the same bytes.
CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
MOST_CHARACTERS = 32_767
_WIDTHS = {Kind.TEXT: 30, Kind.CODES: 34, Kind.SHARING: 24, Kind.ANY: 34}
#: Kinds whose cells are numbers and stand at the right, their headings too.
NUMBERS = (Kind.DOLLARS, Kind.CHANGE, Kind.FTE, Kind.PUPILS, Kind.WEIGHT, Kind.SHARE, Kind.MEASURED)
#: How numbers with none to four decimals are shown.
DECIMALS = ("#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000")
#: Characters that a column has at most, and those that a printed page holds side by side.
WIDEST, A_PAGE = 48, 200


@dataclass(frozen=True, slots=True)
class Formats:
    """The cell formats of a workbook.

    Parameters
    ----------
    heading, heading_right, text, dollars, fte, whole, wrapped, strong, share, measured, hidden : Format
    """

    heading: Format
    heading_right: Format
    text: Format
    dollars: Format
    fte: Format
    whole: Format
    wrapped: Format
    strong: Format
    share: Format
    measured: tuple[Format, ...]
    hidden: Format

    def heading_of(self, kind: Kind) -> Format:
        """Return the format of a heading: at the right above numbers."""
        return self.heading_right if kind in NUMBERS else self.heading


@contextmanager
def new_workbook(title: str) -> Iterator[tuple[Workbook, Formats, io.BytesIO]]:
    """Open a workbook in memory; its bytes are complete when the block ends."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": title, "author": "Equity Alloc", "created": CREATED})
    # Without "left" a file with an indent holds none, and a word touches the number before it.
    heading = {
        "bold": True,
        "bg_color": "#E8EEF4",
        "bottom": 1,
        "text_wrap": True,
        "align": "left",
        "valign": "top",
        "indent": 1,
    }
    formats = Formats(
        heading=book.add_format(heading),
        heading_right=book.add_format({**heading, "align": "right", "indent": 0}),
        text=book.add_format({"num_format": "@", "align": "left", "valign": "top", "indent": 1}),
        dollars=book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        fte=book.add_format({"num_format": "0.00", "valign": "top"}),
        whole=book.add_format({"num_format": "#,##0", "valign": "top"}),
        wrapped=book.add_format({"text_wrap": True, "align": "left", "valign": "top", "indent": 1}),
        strong=book.add_format({"bold": True}),
        share=book.add_format({"num_format": "0.0%", "valign": "top"}),
        measured=tuple(book.add_format({"num_format": form, "valign": "top"}) for form in DECIMALS),
        hidden=book.add_format({"align": "right", "valign": "top"}),
    )
    yield book, formats, stream
    book.close()


def put_table(book: Workbook, table: Written, formats: Formats) -> Worksheet:
    """Add a sheet with the table's headings and rows; every column is as wide as what stands in it, long texts in several lines."""
    sheet = book.add_worksheet(table.sheet.name)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    widths = [_WIDTHS.get(kind, 16) for kind in table.kinds]
    if table.rows:
        widths = fit_columns(table.headings, table.rows)
    for place, (heading, kind) in enumerate(zip(table.headings, table.kinds, strict=True)):
        sheet.set_column(place, place, widths[place], _format(formats, kind) or formats.wrapped)
        put_text(sheet, 0, place, heading, formats.heading_of(kind))
    fit_row(sheet, 0, table.headings, widths)
    for number, row in enumerate(table.rows, start=1):
        fit_row(sheet, number, row, widths)
        for place, (text, kind) in enumerate(zip(row, table.kinds, strict=True)):
            put_cell(sheet, number, place, text, kind, formats)
    return sheet


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
        # A heading is bold, and dollars get commas and cents.
        widths.append(max(8, min(most, longest + 3), word + 4))
    return widths


def put_cell(sheet: Worksheet, row: int, column: int, text: str, kind: Kind, formats: Formats) -> None:
    """Write one cell: a number where nothing is lost by it, text otherwise, nothing where blank."""
    if not text:
        return
    number = plain_number(text)
    typed = kind in NUMBERS
    if number is not None and typed and Decimal(cell_text(float(number))) == number:
        style = formats.measured[len(text.partition(".")[2])] if kind is Kind.MEASURED else _format(formats, kind)
        sheet.write_number(row, column, float(number), style)
    elif number is not None and kind is Kind.ANY and cell_text(float(number)) == text:
        sheet.write_number(row, column, float(number))
    else:
        style = formats.text if kind is Kind.CODE else formats.hidden if typed else None
        put_text(sheet, row, column, text, style)


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


def fit_row(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """Make a row as high as its wrapped texts need; not every program does so by itself.

    Parameters
    ----------
    sheet : Worksheet
    row : int
        From 0.
    texts : sequence of str
    widths : sequence of int
        Of the columns, in characters; the last one holds for all further ones.
    """
    lines = 1
    for place, text in enumerate(texts):
        width = widths[min(place, len(widths) - 1)]
        lines = max(lines, sum(-(-max(1, len(part)) // max(1, width - 1)) for part in text.split("\n")))
    if lines > 1:
        sheet.set_row(row, min(409, 15 * lines))


def set_up_print(book: Workbook, title: str) -> None:
    """Lay every sheet out for paper: landscape, the title above, the sheet's name and page numbers below.

    A sheet is as wide as one page, or as several where its letters would become too small to read.
    """
    shown = title.replace("&", "&&")[:180]
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.set_paper(1)
        sheet.fit_to_pages(max(1, round(_across(sheet) / A_PAGE)), 0)
        sheet.set_margins(0.5, 0.5, 0.7, 0.7)
        sheet.set_header(f"&L{shown}")
        sheet.set_footer("&L&A&RPage &P of &N")


def _across(sheet: Worksheet) -> int:
    """Return how wide a sheet's columns are together, in characters of seven pixels."""
    last = sheet.dim_colmax or 0
    return sum(sheet.col_info[place].width // 7 if place in sheet.col_info else 9 for place in range(last + 1))


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
