"""Finds the declared columns in a grid, and hands out its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from equity_alloc.sources.base import FindingList
from equity_alloc.sources.declare import PREFIXES, Sheet, slug
from equity_alloc.sources.grid import Grid, cell_name
from equity_alloc.sources.school_headings import flag_use, grade_in
from equity_alloc.sources.totals import is_total

#: The heading may stand below a title; it is looked for in so many rows.
HEADING_ROWS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row: its number in the file, and its cells.

    Parameters
    ----------
    number : int
        From 1, as the spreadsheet counts.
    cells : tuple of str
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A sheet whose columns have been found.

    Parameters
    ----------
    sheet : Sheet
    shown : str
        Name of the sheet or file, for findings.
    columns : mapping of str to int
        Place of each declared column that exists, by field.
    others : tuple of (int, str)
        Place and heading of the remaining columns.
    heading : int
        Number of the row with the headings.
    rows : tuple of Row
        Rows with at least one filled cell, total rows left out.
    """

    sheet: Sheet
    shown: str
    columns: Mapping[str, int]
    others: tuple[tuple[int, str], ...]
    heading: int
    rows: tuple[Row, ...]

    def raw(self, row: Row, field: str) -> str:
        """Return a cell as found, "" where the column does not exist."""
        place = self.columns.get(field)
        return "" if place is None or place >= len(row.cells) else row.cells[place]

    def where(self, row: Row, field: str) -> str:
        """Return sheet!cell."""
        return f"{self.shown}!{cell_name(self.columns.get(field, 0), row.number)}"

    def subject(self, row: Row) -> str:
        """Return whom a row concerns, for sentences."""
        words = {key: self.raw(row, key).strip() for key in self.sheet.keys}
        label = words.get("name") or words.get("title")
        if label:
            return f"{label} (code {words.get('code') or 'blank'})"
        return ", ".join(f"{key} {value}" for key, value in words.items() if value) or f"row {row.number}"


def find_grid(sheet: Sheet, grids: Sequence[Grid]) -> Grid | None:
    """Return the grid with the sheet's name or an alias, in any case and with any joints between words."""
    names = {slug(name) for name in (sheet.name, *sheet.aliases)}
    return next((grid for grid in grids if slug(grid.name) in names), None)


def read_table(sheet: Sheet, grid: Grid, findings: FindingList, *, name_unread: bool = True) -> Table | None:
    """Return the table in a grid, or None where a required column is missing or the grid is empty.

    Parameters
    ----------
    sheet : Sheet
    grid : Grid
    findings : FindingList
    name_unread : bool
        Warn of columns that are not asked for; not for files of a state, which have many.

    Returns
    -------
    Table or None
    """
    if not any(cell.strip() for row in grid.rows for cell in row):
        if sheet.required:
            _empty(sheet, grid.shown, findings)
        return None
    heading = _heading(sheet, grid)
    titles = [cell.strip() for cell in grid.rows[heading]]
    columns: dict[str, int] = {}
    for column in sheet.columns:
        names = {slug(name) for name in (column.title, *column.aliases)}
        exact = [i for i, title in enumerate(titles) if slug(title) == slug(column.title)]
        places = exact or [i for i, title in enumerate(titles) if title and slug(title) in names]
        if len(places) > 1:
            findings.error(
                "column-twice",
                f"{grid.shown}!{cell_name(places[1], heading + 1)}",
                titles[places[1]],
                what=f"{grid.shown} has the column {column.title} twice.",
                why="It is not clear which of the two is meant.",
                remedy="Delete one of them, or give it another heading.",
            )
        if places:
            columns[column.field] = places[0]
    missing = [column for column in sheet.columns if column.required and column.field not in columns]
    for column in missing:
        findings.error(
            "column-missing",
            f"{grid.shown}!row {heading + 1}",
            "",
            what=f"{grid.shown} has no column {column.title}. Its headings are: {_listed(titles)}.",
            why=f"{column.help} Without it the rows cannot be read.",
            remedy=f"Add a column headed {column.title}, or correct the spelling of its heading.",
        )
    others = tuple((i, t) for i, t in enumerate(titles) if t and i not in columns.values())
    table = Table(sheet, grid.shown, columns, others, heading + 1, _rows(grid, heading))
    if name_unread:
        _name_unread(table, findings)
    if missing:
        return None
    return Table(sheet, grid.shown, columns, others, heading + 1, tuple(_without_totals(table, findings)))


def _listed(titles: Iterable[str]) -> str:
    return ", ".join(title for title in titles if title) or "none"


def _heading(sheet: Sheet, grid: Grid) -> int:
    """Return the place of the row that holds most of the headings, the first row where none does."""
    known = {slug(name) for column in sheet.columns for name in (column.title, *column.aliases)}
    scores = [len({slug(cell) for cell in row} & known) for row in grid.rows[:HEADING_ROWS]]
    best = max(scores)
    if best == 0:
        return next(i for i, row in enumerate(grid.rows) if any(cell.strip() for cell in row))
    return scores.index(best)


def _rows(grid: Grid, heading: int) -> tuple[Row, ...]:
    return tuple(
        Row(number, cells)
        for number, cells in enumerate(grid.rows, start=1)
        if number > heading + 1 and any(cell.strip() for cell in cells)
    )


def _name_unread(table: Table, findings: FindingList) -> None:
    for place, title in table.others:
        if table.sheet.groups and _counts_pupils(title):
            continue
        hint = f" If it counts pupils of a group, head it Pupils: {title}." if table.sheet.groups else ""
        findings.warn(
            "column-unknown",
            f"{table.shown}!{cell_name(place, table.heading)}",
            title,
            what=f"The column {title} is not one that we ask for, and it is not read.",
            why="A column with a misspelled heading would be left out without anyone noticing.",
            remedy=f"Leave it if you do not need it here; otherwise correct the heading.{hint}",
        )


def _counts_pupils(title: str) -> bool:
    """Whether a heading is one of a student group, a grade or a flag."""
    is_group = any(title.lower().startswith(prefix.strip().lower()) for prefix in PREFIXES.values())
    return is_group or grade_in(title) is not None or flag_use(title) is not None


def _without_totals(table: Table, findings: FindingList) -> Iterable[Row]:
    for row in table.rows:
        field = next((key for key in table.sheet.keys if is_total(table.raw(row, key))), None)
        if field is None:
            yield row
            continue
        found = table.raw(row, field).strip()
        findings.error(
            "total-row",
            table.where(row, field),
            found,
            what=f"Row {row.number} of {table.shown} is a total row: {found}.",
            why="Read as data it would count every pupil, post or dollar twice.",
            remedy="Delete the row; totals are added up here.",
        )


def _empty(sheet: Sheet, shown: str, findings: FindingList) -> None:
    findings.error(
        f"{slug(sheet.name)}-empty",
        f"{shown}!A1",
        "",
        what=f"{shown} is empty.",
        why=f"{sheet.help} It must have at least one row.",
        remedy=f"Add the headings {', '.join(c.title for c in sheet.columns if c.required)} and one row for each.",
    )
