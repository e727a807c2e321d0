"""Last year's printed amounts as a file of any kind: a sheet of a workbook, or CSV with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io

from equity_alloc.domain.finding import Finding
from equity_alloc.formulas.read_printed import COLUMNS
from equity_alloc.sources.csv_folder import csv_grid
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.workbook import workbook_grids


def printed_text(data: bytes, name: str) -> tuple[str, str] | Finding:
    """Return the lines of a file of printed amounts as CSV, and what they are called in findings.

    Parameters
    ----------
    data : bytes
    name : str
        The file's name. Of a workbook the first sheet counts that has the columns school and amount, else its first.

    Returns
    -------
    (str, str) or Finding
        One line for each row, so that their numbers are the file's; or why it cannot be read.
    """
    if not data.startswith(b"PK"):
        grid = csv_grid(name, data)
        return grid if isinstance(grid, Finding) else (_text(grid), name)
    grids = workbook_grids(data, name)
    if isinstance(grids, Finding):
        return grids
    fitting = [grid for grid in grids if any(_is_heading(row) for row in grid.rows)]
    grid = (fitting or list(grids))[0]
    return _text(grid), f"{name}, sheet {grid.name}"


def _is_heading(row: tuple[str, ...]) -> bool:
    return set(COLUMNS[:2]) <= {cell.strip().lower() for cell in row}


def _text(grid: Grid) -> str:
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    for row in grid.rows:
        lines.writerow([" ".join(cell.split()) for cell in row])
    return written.getvalue()
