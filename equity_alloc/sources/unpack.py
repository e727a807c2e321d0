"""Refuses files that are too large, not what they claim, or that would unpack to too much."""

from __future__ import annotations

import io
import zipfile
import zlib

from equity_alloc.domain.finding import Finding, Severity

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 200 * MEGABYTE
MOST_FILES = 500
_CHUNK = 256 * 1024

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
