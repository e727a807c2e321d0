"""Rows as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


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
    >>> harmless("=1+1"), harmless("-12.50"), harmless("Lincoln")
    ("'=1+1", '-12.50', 'Lincoln')
    """
    is_number = cell[:1] == "-" and cell[1:].replace("/", "", 1).replace(".", "", 1).isdigit()
    return f"'{cell}" if cell[:1] in _SIGNS and not is_number else cell
