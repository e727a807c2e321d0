"""All districts that a path holds: one file's, each of a folder of files, or each of a state's school table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.sources.base import Reading
from equity_alloc.sources.kentucky import is_state_table
from equity_alloc.sources.open_file import StateTable, read_path

#: Files that hold a whole district each.
_WHOLE = (".xlsx", ".zip")


def districts_in(path: Path) -> Iterator[tuple[str, Reading]]:
    """Yield the name and the reading of every district, in the order of names.

    A folder with a file schools.csv is one district. Any other folder holds one district in each workbook, each .zip and
    each folder of CSV files. A state's school table is divided by district.

    Parameters
    ----------
    path : Path

    Raises
    ------
    EquityAllocError
        If a state's table is asked for something that cannot be.
    """
    if path.is_dir():
        inside = sorted(path.iterdir())
        if not any(entry.name.lower() == "schools.csv" for entry in inside):
            found = [entry for entry in inside if _is_whole(entry)]
            if found:
                yield from ((entry.name, read_path(entry)) for entry in found)
                return
    names = _state_districts(path)
    if names:
        yield from ((f"{path.name}: {title}", read_path(path, StateTable(number))) for number, title in names)
    else:
        yield path.name, read_path(path)


def _is_whole(entry: Path) -> bool:
    if entry.name.startswith((".", "~")):
        return False
    if entry.is_dir():
        return any(file.suffix.lower() == ".csv" for file in entry.iterdir())
    return entry.suffix.lower() in _WHOLE


def _state_districts(path: Path) -> list[tuple[str, str]]:
    """Return number and name of each district of a state's school table; none where it is something else."""
    if path.suffix.lower() != ".csv" or not path.is_file():
        return []
    data = path.read_bytes()
    if not is_state_table(data):
        return []
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as error:
        raise EquityAllocError(f"{path.name} is not a table of text: {error}.") from error
    found = {(row["state_school_id"] or "").strip()[:3]: (row.get("district_name") or "").strip() for row in rows}
    return sorted((number, title) for number, title in found.items() if number)
