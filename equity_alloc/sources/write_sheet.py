"""Puts a table on a sheet of a workbook: text as text, numbers as numbers, never a formula from data."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
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
from equity_alloc.sources.letter_widths import lines_in
from equity_alloc.sources.sheet_layout import add_filter, keep_in_view
from equity_alloc.sources.write_tables import Written

#: A fixed date, so that the same plan gives the same bytes.
CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
MOST_CHARACTERS = 32_767
_WIDTHS = {Kind.TEXT: 30, Kind.CODES: 34, Kind.SHARING: 24, Kind.ANY: 34}
_TOTALS = {
    Kind.TEXT: "wrapped",
    Kind.DOLLARS: "dollars",
    Kind.FTE: "fte",
    Kind.PUPILS: "whole",
    Kind.SHARE: "share",
    Kind.WEIGHT: "dollars",
}
#: Kinds whose cells are numbers and stand at the right, their headings too.
NUMBERS = (Kind.DOLLARS, Kind.CHANGE, Kind.FTE, Kind.PUPILS, Kind.WEIGHT, Kind.SHARE, Kind.MEASURED)
#: How numbers with none to five decimals are shown.
DECIMALS = ("#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000", "#,##0.00000")
#: Characters that a column has at most.
WIDEST = 48
#: A table with more columns than this keeps its first ones in view, on the screen and on every printed page.
FEW_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Formats:
    """The cell formats of a workbook.

    Parameters
    ----------
    heading, heading_right, text, dollars, fte, whole, wrapped, strong, share, measured, hidden, title, link, plain : Format
    totals : mapping of Kind to Format
        For the row of sums below a table: bold, with a line above.
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
    title: Format
    link: Format
    plain: Format
    totals: Mapping[Kind, Format]

    def heading_of(self, kind: Kind) -> Format:
        """Return the format of a heading: at the right above numbers."""
        return self.heading_right if kind in NUMBERS else self.heading


def behind(form: str) -> str:
    """Return a number format with a digit's room behind the number.

    Examples
    --------
    >>> behind("#,##0.00")
    '#,##0.00_0'
    """
    return f"{form}_0"


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
    # A digit's room behind a number keeps it apart from the next column, below the indent of its heading; not every program
    # draws the indent of a number.
    number = {"valign": "top"}
    looks: dict[str, dict[str, object]] = {
        "text": {"num_format": "@", "align": "left", "valign": "top", "indent": 1},
        "dollars": {"num_format": behind("#,##0.00"), **number},
        "fte": {"num_format": behind("#,##0.00"), **number},
        "whole": {"num_format": behind("#,##0"), **number},
        "wrapped": {"text_wrap": True, "align": "left", "valign": "top", "indent": 1},
        "strong": {"bold": True, "valign": "top"},
        "share": {"num_format": behind("0.0 %"), **number},
        "hidden": {"align": "right", "valign": "top", "indent": 1},
        "title": {"bold": True, "font_size": 14},
        "link": {"font_color": "#0B57A4", "underline": 1, "align": "left", "valign": "top", "indent": 1},
        "plain": {"valign": "top"},
    }
    total = {"bold": True, "top": 1}
    formats = Formats(
        heading=book.add_format(heading),
        heading_right=book.add_format({**heading, "align": "right"}),
        measured=tuple(book.add_format({"num_format": behind(form), **number}) for form in DECIMALS),
        **{name: book.add_format(look) for name, look in looks.items()},
        totals={kind: book.add_format({**looks[name], **total}) for kind, name in _TOTALS.items()},
    )
    yield book, formats, stream
    book.close()


def put_table(book: Workbook, table: Written, formats: Formats, nothing: str = "") -> Worksheet:
    """Add a sheet with the table's headings and rows; every column is as wide as what stands in it, long texts in several lines.

    Parameters
    ----------
    book : Workbook
    table : Written
    formats : Formats
    nothing : str
        What a person reads in a box below the headings of a table without rows; no program takes it for a row.
    """
    sheet = book.add_worksheet(table.sheet.name)
    keep_in_view(sheet, 1, _names(table.headings))
    widths = [_WIDTHS.get(kind, 16) for kind in table.kinds]
    if table.rows:
        widths = fit_columns(table.headings, table.rows)
    for place, (heading, kind) in enumerate(zip(table.headings, table.kinds, strict=True)):
        sheet.set_column(place, place, widths[place], _format(formats, kind) or formats.wrapped)
        put_text(sheet, 0, place, heading, formats.heading_of(kind))
    fit_row(sheet, 0, table.headings, widths, is_bold=True)
    for number, row in enumerate(table.rows, start=1):
        fit_row(sheet, number, row, widths)
        for place, (text, kind) in enumerate(zip(row, table.kinds, strict=True)):
            put_cell(sheet, number, place, text, kind, formats)
    if nothing and not table.rows:
        sheet.insert_textbox(2, 0, nothing, {"width": 420, "height": 60, "description": nothing})
    add_filter(sheet, 0, len(table.rows), len(table.headings))
    return sheet


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
        # A heading is bold, and dollars get commas and cents.
        widths.append(max(8, min(most, longest + 4), word + 4))
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
            style = formats.measured[len(text.partition(".")[2])] if kind is Kind.MEASURED else _format(formats, kind)
        sheet.write_number(row, column, float(number), style)
    elif number is not None and kind is Kind.ANY and cell_text(float(number)) == text:
        sheet.write_number(row, column, float(number))
    else:
        plain = formats.text if kind is Kind.CODE else formats.hidden if typed else None
        put_text(sheet, row, column, text, plain or (style if kind is Kind.TEXT else None))


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


def fit_row(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[int], *, is_bold: bool = False) -> None:
    """Make a row as high as its wrapped texts need; not every program does so by itself.

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
