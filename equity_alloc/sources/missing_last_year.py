"""What is said where last year has no posts or no dollars: a district may start from nothing, but not unawares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from equity_alloc.sources.base import FindingList
from equity_alloc.sources.declare import NOTHING, Sheet
from equity_alloc.sources.district_tables import SPENDING, STAFFING
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.read_tables import Table, find_grid


def name_missing_last_year(grids: Sequence[Grid], tables: Mapping[str, Table], findings: FindingList) -> None:
    """Warn where a sheet of last year holds no row and other sheets lean on it.

    Parameters
    ----------
    grids : sequence of Grid
        All sheets of the file; a wholly empty one is no table, and still stands here.
    tables : mapping of str to Table
        By name of the declared sheet.
    findings : FindingList
    """
    no_posts, no_dollars = (_has_no_row(sheet, grids, tables, findings) for sheet in (STAFFING, SPENDING))
    if no_posts and no_dollars:
        findings.warn(
            "last-year-missing",
            "Staffing, Spending",
            "",
            what="There are no rows on Staffing and none on Spending, so last year has no posts and no dollars.",
            why="Rules that limit change compare with last year, and every school would start from zero.",
            remedy="Fill the sheets Staffing and Spending, or leave rules about last year out.",
        )
    elif no_posts and "Positions" in tables and tables["Positions"].rows:
        _warn(STAFFING, "no posts", grids, findings)
    elif no_dollars and (find_grid(SPENDING, grids) is not None or _names_a_line(tables)):
        _warn(SPENDING, "no dollars beside posts", grids, findings)


def _has_no_row(sheet: Sheet, grids: Sequence[Grid], tables: Mapping[str, Table], findings: FindingList) -> bool:
    """Whether a sheet is missing or empty; not one whose columns could not be found."""
    grid = find_grid(sheet, grids)
    table = tables.get(sheet.name)
    return not table.rows if table else grid is None or not findings.has_errors_on(grid.shown)


def _names_a_line(tables: Mapping[str, Table]) -> bool:
    funds = tables.get("Funds")
    lines = [funds.raw(row, "lines").strip().lower() for row in funds.rows] if funds else []
    return any(line not in ("", "all", "*", NOTHING) for line in lines)


def _warn(sheet: Sheet, nothing: str, grids: Sequence[Grid], findings: FindingList) -> None:
    grid = find_grid(sheet, grids)
    fields = ", ".join(column.title for column in sheet.columns if column.required)
    findings.warn(
        f"{sheet.name.lower()}-empty",
        f"{grid.shown}!A1" if grid else sheet.name,
        "",
        what=f"{f'{grid.shown} is empty' if grid else f'There is no sheet {sheet.name}'}, so last year has {nothing}.",
        why="Every school starts from zero there, and rules that compare with last year may leave no plan.",
        remedy=f"Enter last year with the headings {fields}; leave it if the district truly starts from nothing.",
    )
