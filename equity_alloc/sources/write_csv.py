"""A district and its scenario as CSV files, one for each table; a formula as the text that it is."""

from __future__ import annotations

import csv
import io

from equity_alloc.domain.district import District
from equity_alloc.scenario import Scenario
from equity_alloc.sources.choice_tables import FORMULA
from equity_alloc.sources.formula_table import FILE
from equity_alloc.sources.write_tables import Written, write_tables


def csv_files(district: District, scenario: Scenario | None = None) -> dict[str, bytes]:
    """Return the tables that have rows, as CSV (UTF-8) by file name, and formula.toml where there is a formula.

    Parameters
    ----------
    district : District
    scenario : Scenario or None

    Returns
    -------
    dict of str to bytes
    """
    tables = [table for table in write_tables(district, scenario) if table.rows and table.sheet is not FORMULA]
    files = {table.sheet.file_name: csv_file(table) for table in tables}
    if scenario is not None and scenario.formula is not None:
        files[FILE] = scenario.formula.text.encode()
    return files


def csv_file(table: Written) -> bytes:
    """Return one table as CSV (UTF-8)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.headings)
    writer.writerows(table.rows)
    return text.getvalue().encode()
