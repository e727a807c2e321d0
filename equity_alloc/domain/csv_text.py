"""Rows as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

#: What begins a formula: the signs, their wide forms, which some spreadsheets take for the same, and what is passed over before one.
_SIGNS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_PASSED_OVER = " \u00a0\u200b\u200c\u200d\u2060\ufeff\x0b\x0c"


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV in UTF-8, with the mark that lets spreadsheets read names with accents."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(map(harmless, headings))
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return text that begins like a formula of a spreadsheet marked as text; a negative number is a number.

    Examples
    --------
    >>> harmless("=1+1"), harmless(" @x"), harmless("-12.50"), harmless("Lincoln")
    ("'=1+1", "' @x", '-12.50', 'Lincoln')
    """
    is_number = cell[:1] == "-" and cell[1:].replace("/", "", 1).replace(".", "", 1).isdigit()
    first = cell.lstrip(_PASSED_OVER)[:1]
    return f"'{cell}" if first in _SIGNS and not is_number else cell
