"""Looks at a workbook's sheets before they are read: far-off cells, too many cells, too much text, error values."""

from __future__ import annotations

import re
import zipfile
from typing import NamedTuple

from equity_alloc.domain.finding import Finding, Severity

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 300_000, 1_000, 3_000_000
MOST_TEXT = 200 * 1024 * 1024
_CELL = re.compile(rb"<c\b[^>]{0,200}?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_ANY_CELL = re.compile(rb"<c[\s/>]")
_ROW = re.compile(rb"<row\b[^>]{0,200}?\br\s*=\s*[\"'](\d{1,10})[\"']")
_ERROR_CELL = re.compile(rb"<c\b[^>]{0,200}?\bt\s*=\s*[\"']e[\"']")
_UNSAVED_CELL = re.compile(
    rb"<c\b(?![^>]{0,200}?\bt\s*=\s*[\"']str[\"'])[^>]{0,200}>\s*"
    rb"<f\b[^>]{0,400}(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_SHARED_CELL = re.compile(rb"\bt\s*=\s*[\"']s[\"'][^>]{0,200}>\s*<v>(\d{1,9})<")


class Special(NamedTuple):
    """Whether a workbook has cells that the fast reader leaves blank.

    Parameters
    ----------
    errors : bool
        A cell holds an error such as #DIV/0!.
    unsaved : bool
        A cell holds a formula without a stored result.
    """

    errors: bool
    unsaved: bool


def look_at_sheets(name: str, archive: zipfile.ZipFile) -> Finding | Special:
    """Return why a workbook's sheets are too large, or which cells need a second look.

    Parameters
    ----------
    name : str
        The file's name, for the finding.
    archive : ZipFile
        Already unpacked once within its limits.

    Returns
    -------
    Finding or Special
    """
    lengths = _shared_lengths(archive)
    has_errors, has_unsaved, cells, text = False, False, 0, 0
    for member in archive.namelist():
        if not member.lower().startswith("xl/worksheets/"):
            continue
        xml = archive.read(member)
        rows, columns = _extent(xml)
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            return _too_large(name, f"A sheet of {name} reaches to row {rows:,} and column {columns:,}.")
        cells += sum(1 for _ in _ANY_CELL.finditer(xml))
        if cells > MOST_CELLS:
            return _too_large(name, f"{name} has more than {MOST_CELLS:,} cells.")
        if max(lengths, default=0) * cells > MOST_TEXT:
            places = (int(match[1]) for match in _SHARED_CELL.finditer(xml))
            text += sum(lengths[place] for place in places if place < len(lengths))
            if text > MOST_TEXT:
                return _too_large(name, f"The cells of {name} repeat more than {MOST_TEXT // 1024**2} MB of text.")
        has_errors = has_errors or _ERROR_CELL.search(xml) is not None
        has_unsaved = has_unsaved or _UNSAVED_CELL.search(xml) is not None
    return Special(has_errors, has_unsaved)


def _shared_lengths(archive: zipfile.ZipFile) -> list[int]:
    """Return the length of each text that cells share."""
    parts = [member for member in archive.namelist() if member.lower() == "xl/sharedstrings.xml"]
    return [len(piece) for part in parts for piece in archive.read(part).split(b"</si>")]


def _extent(xml: bytes) -> tuple[int, int]:
    """Return the lowest row and the rightmost column that a sheet names."""
    rows = max((int(match[1]) for match in _ROW.finditer(xml)), default=0)
    columns = 0
    letters_seen: set[bytes] = set()
    for match in _CELL.finditer(xml):
        rows = max(rows, int(match[2]))
        letters_seen.add(match[1].upper())
    for letters in letters_seen:
        number = 0
        for letter in letters:
            number = number * 26 + letter - ord("A") + 1
        columns = max(columns, number)
    return rows, columns


def _too_large(name: str, what: str) -> Finding:
    return Finding(
        "sheet-too-large",
        Severity.ERROR,
        name,
        "",
        what,
        f"At most {MOST_ROWS:,} rows, {MOST_COLUMNS:,} columns and {MOST_CELLS:,} cells are read.",
        "Delete sheets and far-off cells that are not needed, even if they look blank, and save it again.",
    )
