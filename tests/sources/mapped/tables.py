"""Reads tables for tests: from text, or from the public files beside the repository."""

from __future__ import annotations

from functools import cache

from equity_alloc.sources.csv_folder import csv_grid
from equity_alloc.sources.mapped.library import recognize
from equity_alloc.sources.mapped.read_table import read_mapped
from equity_alloc.sources.mapped.table_map import RowKind, TableMap
from equity_alloc.sources.workbook import workbook_grids


@cache
def grid_of(path):
    data = path.read_bytes()
    return csv_grid(path.name, data) if path.suffix == ".csv" else workbook_grids(data, path.name)[0]


def public(shared, name, **wanted):
    """Read a public file through the map that recognizes it."""
    return _public(shared / "data" / name, tuple(wanted.items()))


@cache
def _public(path, wanted):
    grid = grid_of(path)
    table_map = recognize(grid)
    assert table_map is not None, path
    return read_mapped(grid, table_map, dict(wanted))


SCHOOLS = TableMap(
    "test-schools",
    "Schools of a test",
    RowKind.SCHOOL,
    (
        ("school", ("Code",)),
        ("school_name", ("Name",)),
        ("enrollment", ("Pupils",)),
        ("low_income", ("Poor",)),
        ("ell_share", ("EL share",)),
        ("status", ("Status",)),
        ("year", ("Year",)),
        ("district", ("District",)),
        ("spending", ("Dollars",)),
    ),
)
MONEY = TableMap(
    "test-money",
    "Money of a test",
    RowKind.MONEY,
    (
        ("school", ("School",)),
        ("fund", ("Fund",)),
        ("position", ("Position",)),
        ("posts", ("FTE",)),
        ("line", ("Line",)),
        ("dollars", ("Amount",)),
    ),
)


def read(text, table_map=SCHOOLS, **wanted):
    grid = csv_grid("table.csv", text if isinstance(text, bytes) else text.encode())
    return read_mapped(grid, table_map, wanted)


def codes(extract):
    return [finding.code for finding in extract.findings]
