"""The catalog of interventions from its file."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from equity_alloc.domain.errors import InvalidValue, StoredFormat
from equity_alloc.domain.intervention import Band, Cost, Effect, Intervention
from equity_alloc.domain.money import read_dollars
from equity_alloc.domain.shipped import DATA

FILE = DATA / "interventions" / "catalog.toml"
_LISTS = ("causes", "grades", "kinds", "harm_kinds", "apart_from")
_OWN = frozenset({"cost", "cost_year", "outcome", "effect_unit", "effect", "bands", "coverage"})
_PLAIN = frozenset(item.name for item in fields(Intervention)) - {
    "effect",
    "bands",
    "cost",
    "coverage",
    "is_local",
    "ingredients",
}


@cache
def catalog(file: Path = FILE) -> tuple[Intervention, ...]:
    """Return the interventions, in the order of the file.

    Raises
    ------
    StoredFormat
        If an entry cannot be used, or one has no source or no provenance.
    """
    return tuple(_entry(each, file.name) for each in _read(file)["intervention"])


@cache
def benchmark(file: Path = FILE) -> Intervention:
    """Return what the same money does when schools spend it as they choose.

    Raises
    ------
    StoredFormat
    """
    (found,) = _read(file)["benchmark"]
    return _entry(found, file.name)


@cache
def as_of(file: Path = FILE) -> str:
    """Return the day on which the catalog was put together."""
    return str(_read(file)["as_of"])


def cause_kinds(own: tuple[Intervention, ...] = ()) -> tuple[str, ...]:
    """Return every kind of cause on which an intervention acts, sorted."""
    return tuple(sorted({kind for each in (*catalog(), *own) for kind in each.causes}))


def in_force(own: tuple[Intervention, ...]) -> tuple[Intervention, ...]:
    """Return the catalog with a district's own rows in it, by code; a row with a code of the catalog takes its place.

    An access standard of the catalog stays one, whatever a district writes beside it.
    """
    shipped = {each.code: each for each in catalog()}
    kept = (
        replace(each, is_standard=True) if each.code in shipped and shipped[each.code].is_standard else each
        for each in own
    )
    found = shipped | {each.code: each for each in kept}
    return tuple(found[code] for code in sorted(found))


def _read(file: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, OSError) as error:
        raise StoredFormat(f"{file.name} cannot be read: {error}.") from error
    missing = {"as_of", "intervention", "benchmark"} - set(data)
    if missing:
        raise StoredFormat(f"{file.name} has no {', '.join(sorted(missing))}.")
    return data


def _entry(entry: dict[str, Any], file: str) -> Intervention:
    unknown = set(entry) - _OWN - _PLAIN
    if unknown:
        raise StoredFormat(f"{file}: {entry.get('code', 'an entry')} has unknown words: {', '.join(sorted(unknown))}.")
    if not entry.get("source") or not entry.get("provenance"):
        raise StoredFormat(f"{file}: {entry.get('code', 'an entry')} has no source or no provenance.")
    words = {name: entry[name] for name in _PLAIN if name in entry}
    words |= {name: tuple(entry[name]) for name in _LISTS if name in entry}
    try:
        return Intervention(
            **words, cost=_cost(entry), effect=_effect(entry), bands=_bands(entry), coverage=_coverage(entry)
        )
    except (InvalidValue, TypeError, ValueError, ArithmeticError) as error:
        raise StoredFormat(f"{file}: {entry.get('code', 'an entry')}: {error}") from error


def _cost(entry: dict[str, Any]) -> Cost | None:
    if "cost" not in entry:
        return None
    low, middle, high = (read_dollars(text) for text in entry["cost"])
    return Cost(low, middle, high, entry.get("cost_year"))


def _effect(entry: dict[str, Any]) -> Effect | None:
    if "effect" not in entry:
        return None
    low, middle, high = (Decimal(text) for text in entry["effect"])
    return Effect(entry["outcome"], entry["effect_unit"], low, middle, high)


def _bands(entry: dict[str, Any]) -> tuple[Band, ...]:
    return tuple(Band(pupils, Decimal(middle)) for pupils, middle in entry.get("bands", ()))


def _coverage(entry: dict[str, Any]) -> Decimal:
    return Decimal(entry.get("coverage", "1"))
