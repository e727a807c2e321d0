"""Reads the sources and the dated, cited values of a TOML file."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, TypeAlias

from equity_alloc.domain.source import Source
from equity_alloc.parameters.amount import UNITS, Amount
from equity_alloc.parameters.placed_findings import PlacedFindings, nearest
from equity_alloc.parameters.places import Path

#: Values by name; the same name at several dates, earliest first.
AmountTable: TypeAlias = dict[str, tuple[Amount, ...]]

_SOURCE_KEYS = ("title", "locator", "url", "as_of")
_VALUE_KEYS = ("value", "unit", "from", "source", "locator", "verified")


def read_sources(data: dict[str, Any], found: PlacedFindings) -> dict[str, Source]:
    """Return the [source.*] tables of a file by name; what cannot be used becomes a finding."""
    sources: dict[str, Source] = {}
    for key, table in _tables(data, "source", found):
        path: Path = ("source", key)
        found.refuse_unknown_keys(table, _SOURCE_KEYS, path, "a source")
        words = {name: str(table.get(name, "")) for name in _SOURCE_KEYS}
        if not words["title"].strip() or not words["locator"].strip():
            found.refuse(
                "source-incomplete",
                path,
                key,
                what=f"Source '{key}' lacks a title or a locator.",
                why="A reader must be able to follow every number to the page.",
                remedy="Give title and locator: section, page, table or cell.",
            )
            continue
        sources[key] = Source(**words)
    return sources


def read_values(data: dict[str, Any], sources: dict[str, Source], found: PlacedFindings) -> AmountTable:
    """Return the [value] table of a file; a list holds the same value at several dates."""
    values: AmountTable = {}
    listed = data.get("value", {})
    if not isinstance(listed, dict):
        _refuse_shape(("value",), "value", found)
        return values
    for name, entry in listed.items():
        entries = entry if isinstance(entry, list) else [entry]
        read = [amount for item in entries if (amount := _read_value(name, item, sources, found)) is not None]
        dates = [amount.from_date for amount in read]
        if len(set(dates)) != len(dates):
            found.refuse(
                "value-date-repeated",
                ("value", name),
                name,
                what=f"Value '{name}' stands there twice from the same date.",
                why="Which of the two holds would depend on their order.",
                remedy="Keep one, or correct the date of the other.",
            )
        if read:
            values[name] = tuple(sorted(read, key=lambda amount: amount.from_date or dt.date.min))
    return values


def amount_at(history: tuple[Amount, ...], as_of: dt.date | None) -> Amount | None:
    """Return the value that holds on a day: the latest that began by then; the latest of all for no day.

    Examples
    --------
    >>> old, new = (Amount(Decimal(n), "dollars", from_date=dt.date(year, 7, 1)) for n, year in ((1, 2024), (2, 2025)))
    >>> found = amount_at((old, new), dt.date(2025, 6, 30))
    >>> found.value if found else None
    Decimal('1')
    """
    begun = [a for a in history if as_of is None or a.from_date is None or a.from_date <= as_of]
    return begun[-1] if begun else None


def _read_value(name: str, item: Any, sources: dict[str, Source], found: PlacedFindings) -> Amount | None:
    path: Path = ("value", name)
    if not isinstance(item, dict):
        _refuse_shape(path, name, found)
        return None
    found.refuse_unknown_keys(item, _VALUE_KEYS, path, "a value")
    number, unit, start = item.get("value"), item.get("unit"), item.get("from")
    problems = []
    if not is_number(number):
        problems.append("its value is not a number")
    if unit not in UNITS:
        problems.append(f"its unit is not one of {', '.join(UNITS)}")
    if not isinstance(start, dt.date) or isinstance(start, dt.datetime):
        problems.append("its 'from' is not a date like 2025-07-01")
    if not isinstance(item.get("verified", True), bool):
        problems.append("'verified' is neither true nor false")
    key = item.get("source")
    if key not in sources:
        problems.append(f"its source '{key or ''}' is not a [source] of this file: {nearest(str(key), sources)}")
    if problems:
        found.refuse(
            "value-unusable",
            path,
            item.get("value"),
            what=f"Value '{name}' cannot be used: {'; '.join(problems)}.",
            why="A number without unit, date and source cannot be followed to where it was decided.",
            remedy='Write it like: { value = 4206.95, unit = "dollars per pupil", from = 2018-07-01, source = "..." }.',
        )
        return None
    source = sources[str(key)]
    if "locator" in item:
        source = Source(source.title, str(item["locator"]), source.url, source.as_of)
    return Amount(Decimal(str(number)), str(unit), name, start, source, bool(item.get("verified", True)))


def is_number(value: object) -> bool:
    """Whether a TOML value is a finite number; true and false are not."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return False
    return Decimal(value).is_finite()


def _tables(data: dict[str, Any], name: str, found: PlacedFindings) -> list[tuple[str, dict[str, Any]]]:
    tables = data.get(name, {})
    if not isinstance(tables, dict) or not all(isinstance(item, dict) for item in tables.values()):
        _refuse_shape((name,), name, found)
        return []
    return list(tables.items())


def _refuse_shape(path: Path, name: str, found: PlacedFindings) -> None:
    found.refuse(
        "table-expected",
        path,
        name,
        what=f"'{name}' is not a table.",
        why="It cannot be read as what it should be.",
        remedy=f"Write [{path[0]}] on a line of its own, and below it one entry a line.",
    )
