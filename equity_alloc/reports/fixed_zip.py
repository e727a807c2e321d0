"""Files that are archives, with fixed dates inside: the same contents give the same bytes on every day."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

_DATE = (2026, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return files as one ZIP."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, data)
    return stream.getvalue()


def with_fixed_dates(data: bytes) -> bytes:
    """Return an Office file whose parts, and the workbooks within it, bear one fixed date."""
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        return archive((name, _fixed(name, given.read(name))) for name in given.namelist())


def _fixed(name: str, data: bytes) -> bytes:
    if name.endswith(".xlsx"):
        return with_fixed_dates(data)
    return _STAMP.sub(b"2026-01-01T00:00:00Z", data) if name == "docProps/core.xml" else data
