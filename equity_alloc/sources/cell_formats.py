"""The cell formats of a workbook: each kind of cell, for rows of one line and of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from equity_alloc.sources.declare import Kind

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


@dataclass(frozen=True, slots=True)
class Formats:
    """The cell formats of a workbook.

    Parameters
    ----------
    heading, heading_right, text, dollars, fte, whole, wrapped, strong, share, measured, hidden, title, link, told, plain : Format
    totals : mapping of Kind to Format
        For the row of sums below a table: bold, with a line above.
    over : mapping of Format to Format
        The same as title, told and plain, for a line that runs over in several.
    one_line : Formats or None
        The same for a row of one line, which stands in its middle and keeps clear of what is above; None where these are they.
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
    told: Format
    plain: Format
    totals: Mapping[Kind, Format]
    over: Mapping[Format, Format]
    one_line: Formats | None = None

    def of_row(self, lines: int) -> Formats:
        """Return the formats of a row with so many lines."""
        return self.one_line if lines == 1 and self.one_line is not None else self

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


def make_formats(book: Workbook, place: str, one_line: Formats | None = None) -> Formats:
    """Return the formats of rows whose texts stand at the top or in the middle of the row."""
    # Without "left" a file with an indent holds none, and a word touches the number before it. The band of headings has no
    # line below: programs draw the first row so near that its letters would touch it.
    heading = {
        "bold": True,
        "bg_color": "#DCE6F0",
        "text_wrap": True,
        "align": "left",
        "valign": "top",
        "indent": 1,
    }
    # A digit's room behind a number keeps it apart from the next column, below the indent of its heading; not every program
    # draws the indent of a number.
    number = {"valign": place}
    looks: dict[str, dict[str, object]] = {
        "text": {"num_format": "@", "align": "left", "valign": place, "indent": 1},
        "dollars": {"num_format": behind("#,##0.00"), **number},
        "fte": {"num_format": behind("#,##0.00"), **number},
        "whole": {"num_format": behind("#,##0"), **number},
        "wrapped": {"text_wrap": True, "align": "left", "valign": place, "indent": 1},
        "strong": {"bold": True, "valign": place},
        "share": {"num_format": behind("0.0 %"), **number},
        "hidden": {"align": "right", "valign": place, "indent": 1},
        "title": {"bold": True, "font_size": 14, "align": "left", "valign": "top"},
        "told": {"bold": True, "align": "left", "valign": "top"},
        "link": {
            "font_color": "#0B57A4",
            "underline": 1,
            "text_wrap": True,
            "align": "left",
            "valign": place,
            "indent": 1,
        },
        "plain": {"align": "left", "valign": "top"},
    }
    total = {"bold": True, "top": 1}
    made = {name: book.add_format(look) for name, look in looks.items()}
    return Formats(
        heading=book.add_format(heading),
        heading_right=book.add_format({**heading, "align": "right"}),
        measured=tuple(book.add_format({"num_format": behind(form), **number}) for form in DECIMALS),
        **made,
        totals={kind: book.add_format({**looks[name], **total}) for kind, name in _TOTALS.items()},
        over={made[name]: book.add_format({**looks[name], "text_wrap": True}) for name in ("title", "told", "plain")},
        one_line=one_line,
    )
