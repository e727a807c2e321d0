"""The invented sample district, read through the same door as any other."""

from __future__ import annotations

from functools import cache

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import StoredFormat
from equity_alloc.domain.shipped import DATA
from equity_alloc.sources.base import Reading
from equity_alloc.sources.csv_folder import read_csv_folder


@cache
def sample_reading() -> Reading:
    """Return the sample district with its scenario and what was noticed in it."""
    folder = DATA / "sample_district"
    return read_csv_folder({path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))})


def sample_district() -> District:
    """Return the sample district.

    Raises
    ------
    StoredFormat
        If the files beside this version are missing or spoilt.
    """
    reading = sample_reading()
    if reading.district is None:
        first = str(reading.errors[0]) if reading.errors else "no files"
        raise StoredFormat(f"The sample district cannot be read: {first}")
    return reading.district
