"""Reads patterns of account codes: the shipped ones, and a district's own."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from equity_alloc.domain.errors import StoredFormat, UnknownCode
from equity_alloc.domain.federal import FundSource
from equity_alloc.domain.shipped import DATA
from equity_alloc.domain.source import Source
from equity_alloc.parameters.placed_findings import PlacedFindings
from equity_alloc.parameters.places import Path as Path_
from equity_alloc.parameters.read_amounts import AmountTable, read_sources, read_values
from equity_alloc.parameters.read_toml import read_toml
from equity_alloc.reports.accounts import SCHOOL, AccountPattern, BenefitPart, ByWords, Combination, Segment

FOLDER = DATA / "accounts"
DEFAULT = "nces"
#: So many problems of a file are named; the rest is counted.
NAMED = 8

_KEYS = (
    "title", "joint", "source", "segment", "funds", "items", "central", "balance", "balances", "valid", "combination",
    "benefits", "value", "fund", "position", "line", "school",
)  # fmt: skip


def pattern_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the names of the shipped patterns, sorted.

    Examples
    --------
    >>> pattern_names()
    ('california-sacs', 'nces', 'texas')
    """
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def shipped_text(name: str, folder: Path = FOLDER) -> str:
    """Return a shipped pattern as it is written.

    Raises
    ------
    UnknownCode
        If there is none of this name.
    """
    if name not in pattern_names(folder):
        raise UnknownCode(f"There is no account pattern '{name}'. Shipped: {', '.join(pattern_names(folder))}.")
    return (folder / f"{name}.toml").read_text(encoding="utf-8")


def shipped_pattern(name: str = DEFAULT, folder: Path = FOLDER) -> AccountPattern:
    """Return a shipped pattern.

    Raises
    ------
    UnknownCode
        If there is none of this name.
    """
    return dataclasses.replace(read_pattern(shipped_text(name, folder), f"{name}.toml"), file="")


def read_pattern(text: str, file: str) -> AccountPattern:
    """Return the pattern that a TOML text describes.

    Raises
    ------
    StoredFormat
        With every finding, by line.
    """
    data, found = read_toml(text, file)
    if not found.has_errors:
        found.refuse_unknown_keys(data, _KEYS, (), "a pattern of account codes")
    sources = read_sources(data, found)
    segments = tuple(
        segment
        for place, item in enumerate(_tables(data, "segment", found))
        if (segment := _segment(place, item, sources, found)) is not None
    )
    names = {segment.name for segment in segments}
    if not found.has_errors and (not names or len(names) != len(segments)):
        _refuse(found, ("segment",), "", "needs at least one segment, and each name once")
    # Every code below would be refused once more for want of the segment.
    _stop_where_refused(found)
    kinds = ("funds", "items", "central", "balances")
    funds, items, central, balances = (_by_words(data, kind, names, found) for kind in kinds)
    given = _table(data, "balance", found)
    balance = _codes(("balance",), {key: value for key, value in given.items() if key != "verified"}, names, found)
    own: dict[tuple[str, str], ByWords] = {}
    for kind in ("fund", "position", "line", SCHOOL):
        for code, codes in _table(data, kind, found).items():
            read = _codes((kind, code), codes, names, found)
            own[kind, code] = ByWords(("own",), read, is_verified=True, place=found.places.where(kind, code))
    valid = _lists(data.get("valid", {}), ("valid",), names, found)
    combinations = _combinations(data, names, sources, found)
    values = read_values(data, sources, found)
    benefits = _benefits(data, names, found)
    _check_rates(values, found)
    for key in ("title", "joint"):
        if not isinstance(data.get(key, ""), str):
            _refuse(found, (key,), str(data[key]), f"has a {key} that is not a text in quotation marks")
    _stop_where_refused(found)
    title, joint = str(data.get("title", file)), str(data.get("joint", "-"))
    checked = given.get("verified", False) is True
    return AccountPattern(
        title,
        joint,
        segments,
        funds,
        items,
        central,
        balance,
        own,
        valid,
        checked,
        balances,
        combinations,
        benefits,
        values,
        file,
        {name: found.places.where("value", name) for name in values},
    )


def _stop_where_refused(found: PlacedFindings) -> None:
    if not found.has_errors:
        return
    told = [str(finding) for finding in found.found]
    more = [f"And {len(told) - NAMED} more."] if len(told) > NAMED else []
    raise StoredFormat("\n".join([*told[:NAMED], *more]))


def _tables(data: dict[str, Any], name: str, found: PlacedFindings) -> list[dict[str, Any]]:
    tables = data.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
        _refuse(found, (name,), "", f"has {name} that are not written as [[{name}]]")
        return []
    return tables


def _table(data: dict[str, Any], name: str, found: PlacedFindings) -> dict[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        _refuse(found, (name,), str(table), f"has {name} that is not written as a table of codes")
        return {}
    return table


def _lists(table: object, path: Path_, names: set[str], found: PlacedFindings) -> dict[str, tuple[str, ...]]:
    """Return codes by segment; a single text is refused, for its letters would be taken for codes."""
    if not isinstance(table, dict):
        _refuse(found, path, str(table), f"has {path[-1]} that is not written as a table of codes")
        return {}
    found.refuse_unknown_keys(table, sorted(names), path, "the segments of this pattern")
    lists = {}
    for name, codes in table.items():
        if isinstance(codes, list) and all(isinstance(code, str) for code in codes):
            lists[name] = tuple(codes)
        else:
            kind = "valid codes" if path == ("valid",) else "codes"
            _refuse(found, (*path, name), str(codes), f"has {kind} that are not a list of texts in quotation marks")
    return lists


def _combinations(
    data: dict[str, Any], names: set[str], sources: dict[str, Source], found: PlacedFindings
) -> tuple[Combination, ...]:
    read = []
    for place, item in enumerate(_tables(data, "combination", found)):
        path: Path_ = ("combination", place)
        found.refuse_unknown_keys(item, ("where", "needs", "says", "source", "warns"), path, "a combination")
        where, needs = (_lists(item.get(key, {}), (*path, key), names, found) for key in ("where", "needs"))
        source = sources.get(str(item.get("source")))
        if not where or not needs or source is None:
            _refuse(found, path, "", "has a combination without where, needs, or a source that stands in this file")
            continue
        warns = item.get("warns", False) is True
        read.append(Combination(where, needs, str(item.get("says", source.title)), source, warns))
    return tuple(read)


def _benefits(data: dict[str, Any], names: set[str], found: PlacedFindings) -> tuple[BenefitPart, ...]:
    read = []
    for place, item in enumerate(_tables(data, "benefits", found)):
        path: Path_ = ("benefits", place)
        where = _lists(item.get("where", {}), (*path, "where"), names, found)
        codes = {key: value for key, value in item.items() if key not in ("where", "rate", "positions")}
        positions = item.get("positions", [])
        rate = item.get("rate")
        if not isinstance(rate, str) or not where or not isinstance(positions, list) or not codes:
            _refuse(
                found,
                path,
                "",
                "has benefits without where, rate, a code of their own, or with positions not in a list",
            )
            continue
        place_ = found.places.where(*path)
        read.append(BenefitPart(where, _codes(path, codes, names, found), rate, tuple(map(str, positions)), place_))
    return tuple(read)


def _check_rates(values: AmountTable, found: PlacedFindings) -> None:
    for name, history in values.items():
        for amount in history:
            if amount.unit != "share" or not 0 <= amount.value <= 1:
                _refuse(
                    found,
                    ("value", name),
                    str(amount.value),
                    f"has {name} that is not a share from 0 to 1 of the salary",
                )


def _segment(place: int, item: dict[str, Any], sources: dict[str, Source], found: PlacedFindings) -> Segment | None:
    path = ("segment", place)
    found.refuse_unknown_keys(
        item, ("name", "digits", "source", "verified", "cut", "at_most", "letters"), path, "a segment"
    )
    name, digits, source = item.get("name"), item.get("digits"), sources.get(str(item.get("source")))
    if not isinstance(name, str) or type(digits) is not int or not 1 <= digits <= 12 or source is None:
        _refuse(found, path, name, "has a segment without a name, 1 to 12 digits, or a source that stands in this file")
        return None
    verified, cut, most, letters = (item.get(key, False) is True for key in ("verified", "cut", "at_most", "letters"))
    return Segment(name, digits, source, verified, cut, most, letters)


def _by_words(data: dict[str, Any], kind: str, names: set[str], found: PlacedFindings) -> tuple[ByWords, ...]:
    entries = []
    for place, item in enumerate(_tables(data, kind, found)):
        words = item.get("words", [])
        payers = item.get("paid_by", [])
        if not isinstance(words, list) or not isinstance(payers, list):
            _refuse(found, (kind, place), f"{words} {payers}", "has words, or paid_by, that are not a list")
            continue
        codes = {key: value for key, value in item.items() if key not in ("words", "verified", "money", "paid_by")}
        lowered, paid_by = (tuple(str(word).lower() for word in each) for each in (words, payers))
        verified = item.get("verified", False) is True
        money = item.get("money", [])
        if not isinstance(money, list) or not {*map(str, money)} <= {each.value for each in FundSource}:
            known = ", ".join(each.value for each in FundSource)
            _refuse(found, (kind, place), str(money), f"has money that is not a list of some of: {known}")
            continue
        read = _codes((kind, place), codes, names, found)
        entries.append(
            ByWords(lowered, read, verified, tuple(map(str, money)), paid_by, found.places.where(kind, place))
        )
    return tuple(entries)


def _codes(path: Path_, codes: object, names: set[str], found: PlacedFindings) -> dict[str, str]:
    if not isinstance(codes, dict):
        _refuse(found, path, str(codes), "has an entry that is not a table of codes")
        return {}
    found.refuse_unknown_keys(codes, sorted(names), path, "the segments of this pattern")
    for key, value in codes.items():
        if not isinstance(value, str):
            _refuse(
                found,
                (*path, key),
                str(value),
                f"has {key} = {value} without quotation marks, so that zeros would be lost",
            )
    return {key: str(value) for key, value in codes.items()}


def _refuse(found: PlacedFindings, path: Path_, value: str | None, what: str) -> None:
    found.refuse(
        "accounts-unusable",
        path,
        value,
        what=f"This pattern of account codes {what}.",
        why="A line with a wrong account is rejected, or booked where nobody looks for it.",
        remedy="Start from a shipped pattern and change what differs: Export and --accounts-form hand one out with the rows to fill in.",
    )
