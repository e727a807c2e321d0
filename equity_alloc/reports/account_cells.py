"""In which cell of the plan's workbook a fund, position, line or school stands: what messages about account codes point at."""

from __future__ import annotations

from equity_alloc.domain.district import District
from equity_alloc.sources.district_tables import CENTRAL, FUNDS, POSITIONS, SCHOOLS, SPENDING
from equity_alloc.sources.grid import cell_name
from equity_alloc.sources.write_tables import write_tables

#: A line of the central block, which may bear the name of a line of schools.
CENTRAL_LINE = "central line"
#: Sheet and place of the column that names it, by kind.
_HOMES = {
    "fund": (FUNDS.name, 0),
    "position": (POSITIONS.name, 0),
    "school": (SCHOOLS.name, 0),
    "line": (SPENDING.name, 1),
    CENTRAL_LINE: (CENTRAL.name, 0),
}


def cells_of(district: District) -> dict[tuple[str, str], str]:
    """Return the first cell that names each fund, position, line, central line and school.

    A district may come from files of many kinds; the plan's workbook is the one that everybody who holds the plan can open.

    Parameters
    ----------
    district : District

    Returns
    -------
    dict of (kind, code) to str
        Sheet and cell, such as Positions!A4.
    """
    tables = {table.sheet.name: table.rows for table in write_tables(district)}
    cells: dict[tuple[str, str], str] = {}
    for kind, (sheet, column) in _HOMES.items():
        # The headings stand in row 1.
        for number, row in enumerate(tables[sheet], start=2):
            cells.setdefault((kind, row[column]), f"{sheet}!{cell_name(column, number)}")
    return cells
