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


@dataclass(frozen=True, slots=True)
class Formats:
    """The cell formats of a workbook.

    Parameters
    ----------
    heading, text, dollars, fte, whole, wrapped, strong, share : Format
    """

    heading: Format
    text: Format
    dollars: Format
    fte: Format
    whole: Format
    wrapped: Format
    strong: Format
    share: Format


@contextmanager
def new_workbook(title: str) -> Iterator[tuple[Workbook, Formats, io.BytesIO]]:
    """Open a workbook in memory; its bytes are complete when the block ends."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": title, "author": "Equity Alloc", "created": CREATED})
    formats = Formats(
        heading=book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True, "valign": "top"}),
        text=book.add_format({"num_format": "@", "valign": "top"}),
        dollars=book.add_format({"num_format": "#,##0.00", "valign": "top"}),
        fte=book.add_format({"num_format": "0.00", "valign": "top"}),
        whole=book.add_format({"num_format": "#,##0", "valign": "top"}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        strong=book.add_format({"bold": True}),
        share=book.add_format({"num_format": "0.0%", "valign": "top"}),
    )
    yield book, formats, stream
    book.close()


def put_table(book: Workbook, table: Written, formats: Formats) -> Worksheet:
    """Add a sheet with the table's headings and rows."""
    sheet = book.add_worksheet(table.sheet.name)
    sheet.freeze_panes(1, 0)
    for place, (heading, kind) in enumerate(zip(table.headings, table.kinds, strict=True)):
        sheet.set_column(place, place, _WIDTHS.get(kind, 16), _format(formats, kind))
        put_text(sheet, 0, place, heading, formats.heading)
    for number, row in enumerate(table.rows, start=1):
        for place, (text, kind) in enumerate(zip(row, table.kinds, strict=True)):
            put_cell(sheet, number, place, text, kind, formats)
    return sheet


def put_cell(sheet: Worksheet, row: int, column: int, text: str, kind: Kind, formats: Formats) -> None:
    """Write one cell: a number where nothing is lost by it, text otherwise, nothing where blank."""
    if not text:
        return
    number = plain_number(text)
    typed = kind in (Kind.DOLLARS, Kind.FTE, Kind.PUPILS, Kind.WEIGHT, Kind.SHARE)
    if number is not None and typed and Decimal(cell_text(float(number))) == number:
        sheet.write_number(row, column, float(number), _format(formats, kind))
    elif number is not None and kind is Kind.ANY and cell_text(float(number)) == text:
        sheet.write_number(row, column, float(number))
    else:
        put_text(sheet, row, column, text, formats.text if kind is Kind.CODE else None)


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
    """Lay every sheet out for paper: landscape, as wide as the page, with its name, the title and page numbers."""
    shown = title.replace("&", "&&")[:180]
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.5, 0.5, 0.7, 0.7)
        sheet.set_footer(f"&L{shown}&C&A&RPage &P of &N")


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
        Kind.FTE: formats.fte,
        Kind.PUPILS: formats.whole,
    }.get(kind)
