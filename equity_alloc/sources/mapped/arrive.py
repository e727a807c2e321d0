"""Files as they arrive: each table with the map that reads it, the district's own maps before those that come along."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from equity_alloc.domain.finding import Finding
from equity_alloc.sources.declare import slug
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.mapped.answers import Answers
from equity_alloc.sources.mapped.extract import Extract
from equity_alloc.sources.mapped.library import recognize
from equity_alloc.sources.mapped.open_tables import open_tables
from equity_alloc.sources.mapped.read_table import read_mapped
from equity_alloc.sources.mapped.table_map import TableMap
from equity_alloc.sources.read_tables import HEADING_ROWS
from equity_alloc.sources.tables import SHEETS


@dataclass(frozen=True)
class Arrived:
    """One table of a file.

    Parameters
    ----------
    key : str
        File and sheet; no two tables have the same.
    grid : Grid
    map : TableMap or None
        None where no map recognizes it and a person has to describe it, and where its sheet is hidden.
    """

    key: str
    grid: Grid
    map: TableMap | None


def arrive(name: str, data: bytes, own: Sequence[TableMap] = ()) -> tuple[Arrived, ...] | Finding:
    """Return the tables of a file, each with its map; why the file cannot be opened, otherwise.

    Parameters
    ----------
    name : str
    data : bytes
    own : sequence of TableMap
        The district's own maps.

    Returns
    -------
    tuple of Arrived, or Finding
    """
    grids = open_tables(name, data)
    if isinstance(grids, Finding):
        return grids
    # Sheets of two workbooks often have one name, so the file's goes before it wherever the table is named.
    named = [g if g.shown == name else dataclasses.replace(g, shown=f"{name}: {g.shown}") for g in grids]
    # What nobody sees in a workbook, such as last year's copy, is not read; that it is there is told.
    return tuple(Arrived(grid.shown, grid, None if grid.is_hidden else recognize(grid, own)) for grid in named)


def is_ours(arrived: Sequence[Arrived]) -> bool:
    """Whether a table has a name that our own workbook asks for, and no map knows any: the usual road reads them."""
    names = {slug(name) for sheet in SHEETS for name in (sheet.name, *sheet.aliases)}
    return any(slug(t.grid.name) in names for t in arrived) and all(t.map is None for t in arrived)


def is_our_table(grid: Grid) -> bool:
    """Whether a table has the name of one of our sheets and every heading that the sheet must have."""
    sheet = next((s for s in SHEETS if slug(grid.name) in {slug(name) for name in (s.name, *s.aliases)}), None)
    if sheet is None:
        return False
    wanted = [{slug(name) for name in (c.title, *c.aliases)} for c in sheet.columns if c.required]
    found = [{slug(cell) for cell in row} for row in grid.rows[:HEADING_ROWS]]
    return any(all(names & slugs for names in wanted) for slugs in found)


def is_our_file(arrived: Sequence[Arrived]) -> bool:
    """Whether the tables of one file are those of our own workbook or folder, as far as they can be told by headings."""
    return any(table.map is None and is_our_table(table.grid) for table in arrived)


def is_foreign(name: str, data: bytes) -> bool:
    """Whether a file holds tables of another program: a map knows one, or none has a name that our workbook asks for."""
    tables = arrive(name, data)
    return not isinstance(tables, Finding) and bool(tables) and not is_ours(tables)


def read_all(
    arrived: Sequence[Arrived],
    maps: Mapping[str, TableMap],
    wanted: Mapping[str, str],
    answers: Answers = Answers(),  # noqa: B008 - frozen
) -> tuple[Extract, ...]:
    """Return what every table says that has a map, in the order of the files.

    Parameters
    ----------
    arrived : sequence of Arrived
    maps : mapping of str to TableMap
        What a person chose, by key; it goes before what was recognized.
    wanted : mapping of str to str
        District and year.
    answers : Answers
        What a person says of columns of shares, and of rows that look like totals.
    """
    found = []
    for table in arrived:
        table_map = maps.get(table.key) or table.map
        if table_map is not None:
            found.append(
                read_mapped(
                    table.grid, table_map, wanted, scales=answers.scales, kept_rows=frozenset(answers.kept_rows)
                )
            )
    return tuple(found)
