"""Opens whatever file holds a table: CSV, a workbook, a .zip of CSV files, or a list of records as JSON."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import PurePath
from typing import Any

from equity_alloc.domain.errors import StoredFormat
from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.domain.record import refuse_halves
from equity_alloc.sources.csv_folder import csv_grid
from equity_alloc.sources.grid import Grid, cell_text
from equity_alloc.sources.mapped.ed_fi import join_budgets
from equity_alloc.sources.mapped.names import refuse_names
from equity_alloc.sources.sheet_limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from equity_alloc.sources.unpack import look_at_size, open_zip
from equity_alloc.sources.workbook import workbook_grids

#: The files of a OneRoster package that say which school has how many pupils.
ROSTER = frozenset({"orgs.csv", "enrollments.csv"})
#: Records inside records are read so deep: schoolReference.schoolId.
DEEPEST = 3


def open_tables(name: str, data: bytes) -> tuple[Grid, ...] | Finding:
    """Return every table in a file, or why it cannot be opened.

    Parameters
    ----------
    name : str
        With its ending.
    data : bytes

    Returns
    -------
    tuple of Grid, or Finding
        Empty sheets are passed over. A file that names persons is refused, whoever opens it.
    """
    found = _grids(name, data)
    if isinstance(found, Finding):
        return found
    return refuse_names(found) or found


def _grids(name: str, data: bytes) -> tuple[Grid, ...] | Finding:
    ending = PurePath(name.lower()).suffix
    if data.startswith(b"PK"):
        return _zip(name, data) if ending != ".xlsx" else _filled(name, workbook_grids(data, name))
    if ending == ".json" or data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"[":
        return _json(name, data)
    if ending in (".xlsx", ".xls", ".xlsm", ".pdf"):
        found = workbook_grids(data, name)
        return found if isinstance(found, Finding) else _filled(name, found)
    grid = csv_grid(name, data)
    return grid if isinstance(grid, Finding) else (grid,)


def _filled(name: str, grids: tuple[Grid, ...] | Finding) -> tuple[Grid, ...] | Finding:
    if isinstance(grids, Finding):
        return grids
    found = [grid for grid in grids if any(cell.strip() for row in grid.rows for cell in row)]
    return tuple(found) or _refused(name, "it has no filled sheet")


def without_names(name: str, data: bytes) -> bytes | Finding:
    """Return a file without what names pupils, so that nothing of it is kept.

    Parameters
    ----------
    name : str
    data : bytes

    Returns
    -------
    bytes, or Finding
        A OneRoster package comes back with schools and enrollments only; any other file that names persons is refused.
    """
    found = open_tables(name, data)
    if isinstance(found, Finding) and found.code == "file-names-pupils":
        return found
    if not data.startswith(b"PK"):
        return data
    archive = open_zip(name, data)
    if isinstance(archive, Finding):
        return data  # refused where it is opened
    members = {PurePath(member).name.lower(): member for member in archive.namelist()}
    if not set(members) >= ROSTER:
        return data
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for base in sorted(ROSTER):
            packed.writestr(base, archive.read(members[base]))
    return stream.getvalue()


def _zip(name: str, data: bytes) -> tuple[Grid, ...] | Finding:
    refused = look_at_size(name, data)
    if refused is not None:
        return refused
    archive = open_zip(name, data)
    if isinstance(archive, Finding):
        return archive
    if "xl/workbook.xml" in {member.lower() for member in archive.namelist()}:
        return _filled(name, workbook_grids(data, name))
    members = {PurePath(member).name.lower(): member for member in archive.namelist()}
    # Of a OneRoster package only schools and enrollments are opened: the other files hold names of pupils.
    wanted = ROSTER if set(members) >= ROSTER else members
    grids: list[Grid] = []
    for base, member in members.items():
        if base not in wanted or base.startswith(".") or not base.endswith((".csv", ".txt", ".json")):
            continue
        data = archive.read(member)
        found = _json(base, data) if base.endswith(".json") else csv_grid(PurePath(member).name, data)
        if isinstance(found, Finding):
            return found
        grids += found if isinstance(found, tuple) else [found]
    return tuple(join_budgets(grids)) or _refused(name, "it holds no CSV files and no lists of records")


def _json(name: str, data: bytes) -> tuple[Grid, ...] | Finding:
    refused = look_at_size(name, data)
    if refused is not None:
        return refused
    try:
        # Numbers stay as they are printed: an amount of 0.1 is no binary fraction.
        plain = json.loads(data.decode("utf-8-sig"), parse_float=str, parse_int=str)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        return _refused(name, f"it is not JSON ({str(error)[:80]})")
    try:
        refuse_halves(plain, "record")
    except StoredFormat as error:
        return _refused(name, str(error).rstrip("."))
    if not isinstance(plain, list) or not all(isinstance(item, dict) for item in plain):
        return _refused(name, "it is not a list of records")
    if len(plain) > MOST_ROWS:
        return _refused(name, f"it has more than {MOST_ROWS:,} records")
    records = [_flat(item, "", DEEPEST) for item in plain]
    headings = tuple(dict.fromkeys(key for record in records for key in record))
    if len(headings) > MOST_COLUMNS:
        return _refused(name, f"its records have more than {MOST_COLUMNS:,} fields")
    if len(headings) * len(records) > MOST_CELLS:
        return _refused(name, f"its records would fill more than {MOST_CELLS:,} cells")
    rows = (headings, *(tuple(record.get(heading, "") for heading in headings) for record in records))
    return (Grid(PurePath(name).stem, name, rows),)


def _flat(item: dict[str, Any], prefix: str, depth: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in item.items():
        if isinstance(value, dict) and depth > 1:
            found |= _flat(value, f"{prefix}{key}.", depth - 1)
        elif value is not None and not isinstance(value, (dict, list)):
            found[f"{prefix}{key}"] = cell_text(value)
    return found


def _refused(name: str, why: str) -> Finding:
    return Finding(
        "file-not-table",
        Severity.ERROR,
        name,
        "",
        f"{name} cannot be read as a table: {why}.",
        "Tables are read from CSV files, workbooks (.xlsx), a .zip of CSV files, or a list of records (.json).",
        "Save it as one of these and choose it again.",
    )
