"""What a visitor's files say: one workbook, one .zip, or several CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equity_alloc.sources.base import Reading, refused
from equity_alloc.sources.csv_folder import read_csv_folder, read_csv_zip
from equity_alloc.sources.workbook import read_workbook

ENDINGS = ("xlsx", "csv", "zip")


@dataclass(frozen=True, slots=True)
class UploadedBytes:
    """A file as it arrived: its name and its bytes."""

    name: str
    data: bytes


def read_upload(files: Sequence[UploadedBytes]) -> Reading:
    """Return what uploaded files say.

    Parameters
    ----------
    files : sequence of UploadedBytes
        One workbook, one .zip of CSV files, or CSV files; mixtures are refused with a finding.
    """
    endings = {file.name.lower().rsplit(".", 1)[-1] for file in files}
    if endings == {"csv"}:
        return read_csv_folder({file.name: file.data for file in files})
    if len(files) == 1 and endings == {"zip"}:
        return read_csv_zip(files[0].data, files[0].name)
    if len(files) == 1:
        return read_workbook(files[0].data, files[0].name)
    return refused(
        "files-mixed",
        ", ".join(file.name for file in files),
        "",
        what="These files cannot be read together.",
        why="It would not be clear which of them holds the district.",
        remedy="Choose one workbook, one .zip, or CSV files only.",
    )
