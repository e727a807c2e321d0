"""Guesses a map for a table that nobody has described: by the headings, and by what stands below them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.sources.declare import slug
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.mapped.fields import FIELDS, Field, Holds, field_of
from equity_alloc.sources.mapped.shape import Shape, columns_of, find_shape, heading_slug
from equity_alloc.sources.mapped.table_map import MoneyColumn, RowKind, TableMap
from equity_alloc.sources.mapped.values import Codes, read_number
from equity_alloc.sources.protected import protected_attribute

#: So large a share of the filled cells must be numbers for a column to be taken as one of numbers.
NUMBERS = 0.7
_NUMERIC = frozenset({Holds.PUPILS, Holds.SHARE, Holds.DOLLARS, Holds.FTE, Holds.NUMBER})


@dataclass(frozen=True)
class Guess:
    """A map that a person looks at before it is used.

    Parameters
    ----------
    shape : Shape
    columns : dict of str to str
        Heading by field.
    rows : RowKind
    samples : tuple of tuple of str
        The first filled cells of each column.
    """

    shape: Shape
    columns: dict[str, str]
    rows: RowKind
    samples: tuple[tuple[str, ...], ...]


def guess_map(grid: Grid, aliases: Mapping[str, tuple[str, ...]]) -> Guess | None:
    """Return the likeliest map of a table; None where the grid is empty.

    Parameters
    ----------
    grid : Grid
    aliases : mapping of str to tuple of str
        Headings under which fields were seen, the best first.

    Returns
    -------
    Guess or None
    """
    known = frozenset(heading_slug(heading) for headings in aliases.values() for heading in headings)
    shape = find_shape(grid, known)
    if shape is None:
        return None
    columns = columns_of(shape)
    by_slug = {heading_slug(heading): place for place, heading in reversed(list(enumerate(shape.headings))) if heading}
    found: dict[str, str] = {}
    taken: set[int] = set()
    for name, place in _candidates(aliases, by_slug):
        if name in found or place in taken or not _fits(field_of(name), columns[place]):
            continue
        found[name] = shape.headings[place]
        taken.add(place)
    _take_shares(found, shape, columns)
    _take_protected(found, shape, columns, taken)
    if _rows(found) is RowKind.SCHOOL and "dollars" in found and "spending" not in found:
        found["spending"] = found.pop("dollars")
    if "school" not in found and "school_name" in found:
        found["school"] = found["school_name"]
    return Guess(shape, found, _rows(found), tuple(cells[:3] for cells in columns))


def _candidates(aliases: Mapping[str, tuple[str, ...]], by_slug: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return each field with the columns that it may stand in, those of the best aliases first."""
    ranked = [
        (rank, name, by_slug[heading_slug(heading)])
        for name, headings in aliases.items()
        for rank, heading in enumerate(headings)
        if heading_slug(heading) in by_slug
    ]
    return [(name, place) for _, name, place in sorted(ranked, key=lambda item: item[0])]


def _fits(field: Field, cells: tuple[str, ...]) -> bool:
    """Whether the cells of a column can be what a field holds."""
    if not cells or field.holds not in _NUMERIC:
        return True
    return _numbers(cells) >= NUMBERS * len(cells)


def _numbers(cells: tuple[str, ...]) -> int:
    found = 0
    for cell in cells:
        try:
            read_number(cell, Codes())
        except InvalidValue:
            continue
        found += 1
    return found


def _take_shares(found: dict[str, str], shape: Shape, columns: tuple[tuple[str, ...], ...]) -> None:
    """Take a column of percentages as shares, though its heading speaks of pupils."""
    for name, heading in list(found.items()):
        place = shape.place([heading])
        share = f"{name}_share"
        if place is None or share not in FIELDS:
            continue
        cells = [cell for cell in columns[place] if any(sign.isdigit() for sign in cell)]
        if cells and share not in found and sum(1 for cell in cells if cell.endswith("%")) > len(cells) / 2:
            found[share] = found.pop(name)


def _take_protected(found: dict[str, str], shape: Shape, columns: tuple[tuple[str, ...], ...], taken: set[int]) -> None:
    """Take counts of protected attributes as audit only, whatever else a heading says."""
    for place, heading in enumerate(shape.headings):
        cells = columns[place]
        words = f" {heading_slug(heading).replace('-', ' ')} "
        if any(f" {word} " in words for word in ("percent", "pct", "share", "rate", "fte")):
            continue  # a share of protected pupils needs no column of its own, and posts are no pupils
        if place in taken or not heading or not cells or _numbers(cells) < NUMBERS * len(cells):
            continue
        if protected_attribute(heading) is not None:
            found[f"audit:{heading}"] = heading


def _rows(found: Mapping[str, str]) -> RowKind:
    """Return what a row stands for, by what the columns hold."""
    if "pupil" in found:
        return RowKind.PUPIL
    about_money = {"fund", "line", "position", "object", "function"} & set(found)
    if "dollars" in found and about_money:
        return RowKind.MONEY
    if "school" not in found and "district" in found:
        return RowKind.DISTRICT
    return RowKind.SCHOOL


#: Columns of dollars of a school, with the fund they are booked to: field, fund, its title, per pupil, state and local.
_MONEY = (
    ("state_local", "general", "State and local", False, True),
    ("federal", "federal", "Federal", False, False),
    ("spending", "general", "All money", False, True),
    ("state_local_per_pupil", "general", "State and local", True, True),
    ("federal_per_pupil", "federal", "Federal", True, False),
    ("spending_per_pupil", "general", "All money", True, True),
)


def make_map(
    code: str, title: str, rows: RowKind, columns: Mapping[str, str], *, missing: tuple[str, ...] = ()
) -> TableMap:
    """Return a map from what a person chose for each column.

    Parameters
    ----------
    code, title : str
    rows : RowKind
    columns : mapping of str to str
        Heading by field.
    missing : tuple of str
        What stands for unknown in such files.

    Returns
    -------
    TableMap
        Recognized next time by its headings. Dollars of schools are booked by their parts where both are there, else
        by their total.

    Raises
    ------
    InvalidValue
        If nothing names the school, or a table of money has no dollars.
    """
    listed = tuple((name, (heading,)) for name, heading in columns.items() if heading)
    recognized = tuple(dict.fromkeys(heading for _, (heading,) in listed))
    return TableMap(
        slug(code) or "table",
        title,
        rows,
        listed,
        recognize=recognized,
        missing=missing,
        money=_money_columns(columns) if rows is RowKind.SCHOOL else (),
    )


def _money_columns(columns: Mapping[str, str]) -> tuple[MoneyColumn, ...]:
    chosen = [entry for entry in _MONEY if columns.get(entry[0])]
    names = {entry[0] for entry in chosen}
    if "state_local" in names:
        names = {"state_local", "federal"} & names
    elif "spending" in names:
        names = {"spending"}
    elif "state_local_per_pupil" in names and "federal_per_pupil" in names:
        names = {"state_local_per_pupil", "federal_per_pupil"}
    else:
        names = set(list(names)[:1]) if len(names) == 1 else {"spending_per_pupil"} & names
    return tuple(
        MoneyColumn(columns[name], fund, title, "School spending", per_pupil, counts)
        for name, fund, title, per_pupil, counts in chosen
        if name in names
    )
