"""Refuses files that are too large, not what they claim, or that would unpack to too much."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from equity_alloc.domain.finding import Finding, Severity

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 200 * MEGABYTE
MOST_FILES = 500
MOST_ROWS, MOST_COLUMNS = 300_000, 1_000
_CHUNK = 256 * 1024
_CELL = re.compile(rb"<c\b[^>]{0,200}?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_ROW = re.compile(rb"<row\b[^>]{0,200}?\br\s*=\s*[\"'](\d{1,10})[\"']")
_ERROR_CELL = re.compile(rb"<c\b[^>]{0,200}?\bt\s*=\s*[\"']e[\"']")

_MAGIC = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or one that is locked with a password"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{", "a JSON text"),
)


def look_at_size(name: str, data: bytes) -> Finding | None:
    """Return why a file cannot be taken by its size, or None."""
    if not data:
        return _finding(
            "file-empty", name, "0 bytes", f"{name} is empty.", "There is nothing to read.",
            "Save the file again and choose it once more.",
        )  # fmt: skip
    if len(data) > MOST_BYTES:
        size = f"{len(data) / MEGABYTE:.1f} MB"
        return _finding(
            "file-too-large", name, size, f"{name} has {size}; the most is {MOST_BYTES // MEGABYTE} MB.",
            "A district of several thousand schools needs less, so something else is likely in the file.",
            "Delete sheets and pictures that are not needed, and save it again.",
        )  # fmt: skip
    return None


def open_zip(name: str, data: bytes) -> zipfile.ZipFile | Finding:
    """Return an archive whose every member has been unpacked once within the limits, or why it is refused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
        if len(members) > MOST_FILES or sum(member.file_size for member in members) > MOST_UNPACKED:
            return _bomb(name)
        unpacked = 0
        for member in members:
            with archive.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    unpacked += len(chunk)
                    if unpacked > MOST_UNPACKED:
                        return _bomb(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return _damaged(name)
    return archive


def name_kind(data: bytes) -> str:
    """Return what a file looks like, in words."""
    kind = next((words for magic, words in _MAGIC if data.startswith(magic)), "")
    if not kind and b"\x00" not in data[:4096] and b"\n" in data[:4096]:
        kind = "a text, perhaps CSV"
    return kind or "something else"


def look_at_sheets(name: str, archive: zipfile.ZipFile) -> Finding | bool:
    """Return why a workbook's sheets are too large, or whether a cell holds an error such as #DIV/0!."""
    has_errors = False
    for member in archive.namelist():
        if not member.lower().startswith("xl/worksheets/"):
            continue
        xml = archive.read(member)
        rows = max((int(row) for row in _ROW.findall(xml)), default=0)
        widest = {(len(letters), letters.upper()) for letters, _ in set(_CELL.findall(xml))}
        lowest = max((int(row) for _, row in _CELL.findall(xml)), default=0)
        columns = _column_number(max(widest)[1]) if widest else 0
        if max(rows, lowest) > MOST_ROWS or columns > MOST_COLUMNS:
            return _finding(
                "sheet-too-large", name, f"{max(rows, lowest)} rows, {columns} columns",
                f"A sheet of {name} reaches to row {max(rows, lowest):,} and column {columns:,}.",
                f"At most {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns are read.",
                "Delete the far-off cells, even if they look blank, and save it again.",
            )  # fmt: skip
        has_errors = has_errors or _ERROR_CELL.search(xml) is not None
    return has_errors


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _bomb(name: str) -> Finding:
    return _finding(
        "file-unpacks-too-large", name, "", f"{name} would unpack to more than {MOST_UNPACKED // MEGABYTE} MB.",
        "Such a file could stop the server for everyone.", "Save only the sheets that are needed in a new workbook.",
    )  # fmt: skip


def _damaged(name: str) -> Finding:
    return _finding(
        "file-damaged", name, "", f"{name} begins like a workbook but is damaged or incomplete.",
        "What is left of it cannot be trusted.", "Open it in your spreadsheet program and save it again as .xlsx.",
    )  # fmt: skip


def _finding(code: str, where: str, value: str, what: str, why: str, remedy: str) -> Finding:
    return Finding(code, Severity.ERROR, where, value, what, why, remedy)
