"""What a visitor's files say: one workbook, one .zip, or several CSV files, a formula (.toml) among them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.sources.base import Reading, refused
from equity_alloc.sources.csv_folder import read_csv_folder, read_csv_zip
from equity_alloc.sources.formula_table import FILE
from equity_alloc.sources.mapped.arrive import arrive, is_ours
from equity_alloc.sources.workbook import read_workbook

ENDINGS = ("xlsx", "csv", "zip", "toml")
CHOOSE = "Choose one workbook, one .zip, or CSV files."


@dataclass(frozen=True, slots=True)
class UploadedBytes:
    """A file as it arrived: its name and its bytes."""

    name: str
    data: bytes


def read_upload(files: Sequence[UploadedBytes]) -> Reading:
    """Return what uploaded files say; where several cannot be meant together, the one chosen last counts.

    A person who mends a file and chooses it again adds it to the first one. That is told in a note, not held against
    the file.

    Parameters
    ----------
    files : sequence of UploadedBytes
        One workbook, one .zip of CSV files, or CSV files with or without a formula (.toml), in the order in which they
        were chosen.
    """
    if not files:
        return refused(
            "file-missing", "", "", what="No file was chosen.", why="There is nothing to read.", remedy=CHOOSE
        )
    last = files[-1]
    if _ending(last) in ("csv", "toml"):
        tables = {_table(file): file for file in files if _ending(file) in ("csv", "toml")}
        reading = read_csv_folder({name: file.data for name, file in tables.items()})
        passed = [file for file in files if tables.get(_table(file)) is not file]
    else:
        read = read_csv_zip if _ending(last) == "zip" else read_workbook
        reading, passed = read(last.data, last.name), list(files[:-1])
    return _with_note(reading, last.name, [file.name for file in passed]) if passed else reading


def is_foreign(files: Sequence[UploadedBytes]) -> bool:
    """Whether files hold tables of another program: a map knows one, or none has a name that our workbook asks for."""
    tables = [
        table
        for file in files
        if _ending(file) != "toml" and not isinstance(found := arrive(file.name, file.data), Finding)
        for table in found
    ]
    return bool(tables) and not is_ours(tables)


def _with_note(reading: Reading, last: str, passed: Sequence[str]) -> Reading:
    note = Finding(
        "file-replaced",
        Severity.NOTE,
        last,
        ", ".join(sorted(set(passed))),
        f"{last} was chosen last and is the one that was read; {len(passed)} chosen before was left out.",
        "A file that is chosen again takes the place of the earlier one.",
        "Remove the files that you no longer need from the list.",
    )
    return dataclasses.replace(reading, findings=(*reading.findings, note))


def _table(file: UploadedBytes) -> str:
    """Return the name under which a folder would hold the file; beside tables a formula may have any name."""
    return FILE if _ending(file) == "toml" else file.name


def _ending(file: UploadedBytes) -> str:
    return file.name.lower().rsplit(".", 1)[-1]
