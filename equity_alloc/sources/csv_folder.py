"""The door for a folder or .zip of CSV files with the same tables as the workbook."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from itertools import islice

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.sources.assemble import read_grids
from equity_alloc.sources.base import Reading
from equity_alloc.sources.formula_table import FILE, formula_grid
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.sheet_limits import MOST_COLUMNS, MOST_ROWS
from equity_alloc.sources.unpack import look_at_size, open_zip

#: So many lines say how cells are parted.
_LINES_LOOKED_AT = 60


def read_csv_folder(files: Mapping[str, bytes]) -> Reading:
    """Return what CSV files say, one for each table: schools.csv, need_weights.csv ...

    Parameters
    ----------
    files : mapping of str to bytes
        By file name; files that are neither CSV nor formula.toml are passed over.

    Returns
    -------
    Reading
        Never raises on what the files hold.
    """
    grids: list[Grid] = []
    refused: list[Finding] = []
    seen: dict[str, str] = {}
    for path in sorted(files):
        base = path.replace("\\", "/").rsplit("/", 1)[-1]
        if not base.lower().endswith((".csv", FILE)) or base.startswith("."):
            continue
        stem = base.lower().rsplit(".", 1)[0]
        if stem in seen:
            refused.append(_twice(path, seen[stem]))
            continue
        seen[stem] = path
        grid = _formula(files[path]) if base.lower() == FILE else csv_grid(base, files[path])
        if isinstance(grid, Finding):
            refused.append(grid)
        else:
            grids.append(grid)
    return Reading(None, None, tuple(refused)) if refused else read_grids(grids, ".csv")


def _formula(data: bytes) -> Grid | Finding:
    refused = look_at_size(FILE, data)
    if refused is not None:
        return refused
    text = _decode(data)
    return _unreadable(FILE, "it is not text") if text is None or "\x00" in text else formula_grid(text)


def read_csv_zip(data: bytes, name: str = "The file") -> Reading:
    """Return what a .zip of CSV files says."""
    refused = look_at_size(name, data)
    if refused is not None:
        return Reading(None, None, (refused,))
    archive = open_zip(name, data)
    if isinstance(archive, Finding):
        return Reading(None, None, (archive,))
    return read_csv_folder({member: archive.read(member) for member in archive.namelist()})


def _twice(path: str, other: str) -> Finding:
    return Finding(
        "file-twice",
        Severity.ERROR,
        path,
        other,
        f"Two files have the same name: {other} and {path}.",
        "Each table comes from one file; taking one of the two would pass over the other.",
        "Leave only the files of one year.",
    )


def csv_grid(name: str, data: bytes) -> Grid | Finding:
    """Return a CSV file as text: UTF-8 with or without a mark, UTF-16, or Windows-1252; comma, semicolon, tab or bar.

    Parameters
    ----------
    name : str
        With its ending.
    data : bytes

    Returns
    -------
    Grid or Finding
    """
    refused = look_at_size(name, data)
    if refused is not None:
        return refused
    text = _decode(data)
    if text is None or "\x00" in text:
        return _unreadable(name, "it is not text")
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        rows = tuple(tuple(row) for row in islice(lines, MOST_ROWS + 1))
    except csv.Error as error:
        return _unreadable(name, f"it breaks off ({error})")
    if len(rows) > MOST_ROWS or max((len(row) for row in rows), default=0) > MOST_COLUMNS:
        return _unreadable(name, f"it has more than {MOST_ROWS:,} rows or {MOST_COLUMNS:,} columns")
    return Grid(name.rsplit(".", 1)[0], name, rows)


def _delimiter(text: str) -> str:
    """Return the sign that cuts most of the first lines into equally many cells, whatever a banner above them holds."""

    def cells(mark: str) -> tuple[int, bool]:
        rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=mark), _LINES_LOOKED_AT)
        widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
        most = max(((width - 1) * times for width, times in widths.items()), default=0)
        return most, mark == ","

    return max(",;\t|", key=cells)


def _decode(data: bytes) -> str | None:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _unreadable(name: str, why: str) -> Finding:
    return Finding(
        "file-not-csv",
        Severity.ERROR,
        name,
        "",
        f"{name} cannot be read as a CSV file: {why}.",
        "Each table is read from a text file with one row for each line.",
        "Save it again as CSV (UTF-8) from your spreadsheet program.",
    )
