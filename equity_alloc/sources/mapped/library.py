"""The maps and aliases that come along, and those of the district's own: one small TOML file each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from equity_alloc.domain.errors import StoredFormat
from equity_alloc.domain.shipped import DATA
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.mapped.read_map import read_map
from equity_alloc.sources.mapped.shape import find_shape, heading_slug
from equity_alloc.sources.mapped.table_map import TableMap, is_field

MAPS, ALIASES = DATA / "maps", "aliases.toml"


@cache
def built_in_maps() -> tuple[TableMap, ...]:
    """Return the maps that come along, by code.

    Raises
    ------
    StoredFormat
        If a file beside this version is spoilt.
    """
    paths = sorted(path for path in MAPS.glob("*.toml") if path.name != ALIASES)
    return tuple(read_map(path.read_text(encoding="utf-8"), path.name) for path in paths)


def maps_in(folder: Path) -> tuple[TableMap, ...]:
    """Return a district's own maps: every .toml of a folder but its aliases.

    Raises
    ------
    StoredFormat
        If one of them cannot be used.
    """
    paths = sorted(path for path in folder.glob("*.toml") if path.name != ALIASES) if folder.is_dir() else []
    return tuple(read_map(path.read_text(encoding="utf-8"), path.name) for path in paths)


def recognize(grid: Grid, own: Iterable[TableMap] = ()) -> TableMap | None:
    """Return the map whose headings a table has, the district's own first and the most telling one before others.

    Parameters
    ----------
    grid : Grid
    own : iterable of TableMap

    Returns
    -------
    TableMap or None
    """
    for family in (tuple(own), built_in_maps()):
        found = [m for m in family if m.recognize and _has_headings(grid, m)]
        if found:
            return max(found, key=lambda m: (len(m.recognize), m.code))
    return None


def _has_headings(grid: Grid, table_map: TableMap) -> bool:
    shape = find_shape(grid, frozenset(heading_slug(name) for name in table_map.recognize))
    return shape is not None and shape.has_all(table_map.recognize)


@cache
def built_in_aliases() -> Mapping[str, tuple[str, ...]]:
    """Return the headings under which each field was seen, by field, the best first.

    Raises
    ------
    StoredFormat
        If the file beside this version is spoilt.
    """
    return read_aliases((MAPS / ALIASES).read_text(encoding="utf-8"), ALIASES)


def read_aliases(text: str, name: str = ALIASES) -> dict[str, tuple[str, ...]]:
    """Return the aliases in a TOML text: a table [aliases] with a list of headings for each field.

    Raises
    ------
    StoredFormat
        If it is not TOML, or names a field that does not exist.
    """
    try:
        plain = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise StoredFormat(f"{name} is not TOML ({error}).") from error
    listed = plain.get("aliases", {})
    if not isinstance(listed, dict):
        raise StoredFormat(f"{name} should have a table [aliases].")
    for field, headings in listed.items():
        if not is_field(field):
            raise StoredFormat(f"{name} names a field {field} that does not exist.")
        if not isinstance(headings, list) or not all(isinstance(heading, str) for heading in headings):
            raise StoredFormat(f"{name}: {field} should be a list of headings in quotation marks.")
    return {field: tuple(headings) for field, headings in listed.items()}


def joined_aliases(own: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the aliases with the district's own before those that come along."""
    names = dict.fromkeys([*built_in_aliases(), *own])
    return {name: (*own.get(name, ()), *built_in_aliases().get(name, ())) for name in names}
