"""Opens whatever a person points at: a workbook, a zip or folder of CSV files, or the word "sample"."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from equity_alloc.domain.district import Decision
from equity_alloc.domain.money import Cents
from equity_alloc.sources.base import Reading, refused
from equity_alloc.sources.csv_folder import read_csv_folder, read_csv_zip
from equity_alloc.sources.kentucky import is_state_table, read_kentucky
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.workbook import read_workbook

SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class StateTable:
    """Which part of a state's school table is wanted.

    Parameters
    ----------
    district : str
        Name or number; blank where the file holds one district.
    pot : Cents or None
        What its fund holds; None for last year's sum.
    blank_means_zero : Decision or None
        Who decided that blank counts of English learners mean zero.
    """

    district: str = ""
    pot: Cents | None = None
    blank_means_zero: Decision | None = None


def read_path(path: Path, state_table: StateTable | None = None) -> Reading:
    """Return what a path holds.

    Parameters
    ----------
    path : Path
        A folder of CSV files, a .zip of them, a workbook, a state's school table, or "sample" for the invented district.
    state_table : StateTable or None
        Only for a state's school table.

    Returns
    -------
    Reading
        Never raises on what stands there; a path that cannot be read is a finding.
    """
    if str(path) == SAMPLE and not path.exists():
        return sample_reading()
    try:
        if path.is_dir():
            return read_csv_folder({file.name: file.read_bytes() for file in sorted(path.iterdir()) if file.is_file()})
        data = path.read_bytes()
    except OSError as error:
        return refused(
            "file-not-read",
            str(path),
            "",
            what=f"{path} cannot be read: {error.strerror or 'it is not a file'}.",
            why="There is nothing to plan with.",
            remedy="Check the path and that you may open the file.",
        )
    if path.suffix.lower() == ".zip":
        return read_csv_zip(data, path.name)
    if path.suffix.lower() == ".csv":
        if is_state_table(data):
            wanted = state_table or StateTable()
            reading = read_kentucky(
                data, wanted.district, pot=wanted.pot, blank_means_zero=wanted.blank_means_zero, name=path.name
            )
            return reading if state_table is not None else _to_be_planned_first(reading)
        return read_csv_folder({path.name: data})
    return read_workbook(data, path.name)


def _to_be_planned_first(reading: Reading) -> Reading:
    """Return a reading whose error says how a command that cannot be told the district is given it."""
    remedy = (
        "Make the plan's workbook first: plan FILE --district NAME -o plan.xlsx. Then give plan.xlsx to this command."
    )
    found = tuple(
        dataclasses.replace(each, remedy=remedy) if each.code == "schools-empty" else each for each in reading.findings
    )
    return dataclasses.replace(reading, findings=found)
