"""A district and its scenario as CSV files, one for each table."""

from __future__ import annotations

import csv
import io

from equity_alloc.domain.district import District
from equity_alloc.scenario import Scenario
from equity_alloc.sources.write_tables import Written, write_tables


def csv_files(district: District, scenario: Scenario | None = None) -> dict[str, bytes]:
    """Return the tables that have rows, as CSV (UTF-8) by file name.

    Parameters
    ----------
    district : District
    scenario : Scenario or None

    Returns
    -------
    dict of str to bytes
    """
    return {table.sheet.file_name: csv_file(table) for table in write_tables(district, scenario) if table.rows}


def csv_file(table: Written) -> bytes:
    """Return one table as CSV (UTF-8)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.headings)
    writer.writerows(table.rows)
    return text.getvalue().encode()
