"""Cuts a file of the whole nation or a state down to one district, row by row, whatever its size."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.sources.mapped.library import built_in_aliases
from equity_alloc.sources.mapped.shape import HEADING_ROWS, heading_slug
from equity_alloc.sources.unpack import MOST_BYTES

#: A longer line is no row of a table.
MOST_IN_LINE = 200_000


def cut_to_district(path: Path, district: str) -> bytes | Finding:
    """Return the heading and the rows of one district as CSV (UTF-8); memory stays small however long the file is.

    Parameters
    ----------
    path : Path
        A .csv, or a .zip with one .csv in it.
    district : str
        Its code in the column that holds district codes; zeros in front decide nothing.

    Returns
    -------
    bytes or Finding
    """
    wanted = district.strip().lstrip("0").lower()
    column: int | None = None
    kept: list[str] = []
    size = 0
    try:
        with _lines(path) as lines:
            for number, cells in enumerate(csv.reader(lines)):
                if column is None:
                    column = _district_column(cells)
                    if column is not None or number >= HEADING_ROWS:
                        kept.append(_line(cells))
                    if column is None and number >= HEADING_ROWS:
                        return _refused(path, "no column of district codes was found in it")
                elif column < len(cells) and cells[column].strip().lstrip("0").lower() == wanted:
                    kept.append(_line(cells))
                    size += len(kept[-1])
                    if size > MOST_BYTES:
                        return _refused(path, "the rows of this district alone are more than can be read")
    except (csv.Error, UnicodeError, OSError, zipfile.BadZipFile, zlib.error, ValueError) as error:
        return _refused(path, f"it breaks off ({str(error)[:80]})")
    if column is None:
        return _refused(path, "it has no heading")
    return "".join(kept).encode("utf-8")


@contextmanager
def _lines(path: Path) -> Iterator[Iterable[str]]:
    """Open a CSV file, or the one in an archive, as bounded lines of text."""
    if path.suffix.lower() != ".zip":
        with path.open("rb") as stream:
            yield _bounded(stream)
        return
    with zipfile.ZipFile(path) as archive:
        members = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        if len(members) != 1:
            raise ValueError(f"it holds {len(members)} CSV files, and one is needed")
        with archive.open(members[0]) as stream:
            yield _bounded(stream)


def _bounded(stream: IO[bytes]) -> Iterator[str]:
    while line := stream.readline(MOST_IN_LINE):
        if len(line) == MOST_IN_LINE:
            raise ValueError("a line is too long")
        try:
            yield line.decode("utf-8-sig")
        except UnicodeDecodeError:
            yield line.decode("cp1252")


def _district_column(cells: list[str]) -> int | None:
    known = {heading_slug(name) for name in built_in_aliases()["district"]}
    return next((place for place, cell in enumerate(cells) if heading_slug(cell) in known), None)


def _line(cells: list[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _refused(path: Path, why: str) -> Finding:
    return Finding(
        "file-not-cut", Severity.ERROR, path.name, "", f"{path.name} could not be cut to one district: {why}.",
        "A file of the whole nation is too large to be read at once.",
        "Give the district's code as it stands in the file, for the nation seven digits (LEAID), and a .csv or a .zip of it.",
    )  # fmt: skip
