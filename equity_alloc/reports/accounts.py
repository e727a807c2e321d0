"""A district's account codes: a pattern of segments, and which code each fund, position and line has in each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equity_alloc.domain.errors import StoredFormat, UnknownCode
from equity_alloc.domain.shipped import DATA
from equity_alloc.domain.source import Source
from equity_alloc.parameters.placed_findings import PlacedFindings
from equity_alloc.parameters.read_amounts import read_sources
from equity_alloc.parameters.read_toml import read_toml

FOLDER = DATA / "accounts"
DEFAULT = "nces"
SCHOOL = "school"

_KEYS = (
    "title", "joint", "source", "segment", "funds", "items", "central", "balance", "valid", "fund", "position", "line",
    "school",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of an account code.

    Parameters
    ----------
    name : str
    digits : int
    source : Source
    is_verified : bool
        False for a length and codes that nobody has checked against the source.
    may_cut : bool
        Whether a longer code is cut from the left.
    is_most : bool
        Whether fewer digits may stand there too.
    """

    name: str
    digits: int
    source: Source
    is_verified: bool
    may_cut: bool
    is_most: bool = False


@dataclass(frozen=True, slots=True)
class ByWords:
    """Codes for whatever has one of the words in its title; without words, for all that is left.

    Parameters
    ----------
    words : tuple of str
        In small letters.
    codes : mapping of segment to code
    is_verified : bool
        False where nobody has checked the codes for this district.
    """

    words: tuple[str, ...]
    codes: Mapping[str, str]
    is_verified: bool = False

    def fits(self, title: str) -> bool:
        """Whether these codes are for what bears this title."""
        low = title.lower()
        return not self.words or any(word in low for word in self.words)


@dataclass(frozen=True)
class AccountPattern:
    """A chart of accounts.

    Parameters
    ----------
    title, joint : str
    segments : tuple of Segment
    funds, items, central : tuple of ByWords
        First match wins; central ones are for what is budgeted centrally, with the code that stands in the school's place.
    balance : mapping of segment to code
        The account that takes the other side of a change, such as the fund's balance.
    own : mapping of (kind, code) to codes
        Named codes, before any words; kinds are fund, position, line and school.
    valid : mapping of segment to codes
        What a segment may hold; a segment that is not named may hold any digits.
    balance_is_verified : bool
        False where nobody has checked the balance's account for this district.
    """

    title: str
    joint: str
    segments: tuple[Segment, ...]
    funds: tuple[ByWords, ...]
    items: tuple[ByWords, ...]
    central: tuple[ByWords, ...]
    balance: Mapping[str, str]
    own: Mapping[tuple[str, str], Mapping[str, str]]
    valid: Mapping[str, tuple[str, ...]]
    balance_is_verified: bool = False

    @property
    def unverified(self) -> tuple[str, ...]:
        """Names of the segments whose codes are defaults that nobody has checked."""
        return tuple(segment.name for segment in self.segments if not segment.is_verified)

    def codes_of(self, kind: str, code: str, title: str) -> Mapping[str, str]:
        """Return the codes of a fund, position or line, the district's own before those by words."""
        named = self.own.get((kind, code))
        if named is not None:
            return named
        entries = self.funds if kind == "fund" else self.items
        return next((each.codes for each in entries if each.fits(title)), {})

    def central_of(self, line: str) -> ByWords:
        """Return the codes of a line that is budgeted centrally, the district's own before those by words."""
        entry = next((each for each in self.central if each.fits(line)), ByWords((), {}))
        named = self.own.get(("line", line))
        return entry if named is None else ByWords((), {**entry.codes, **named}, is_verified=True)


def pattern_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the names of the shipped patterns, sorted.

    Examples
    --------
    >>> pattern_names()
    ('california-sacs', 'nces', 'texas')
    """
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def shipped_pattern(name: str = DEFAULT, folder: Path = FOLDER) -> AccountPattern:
    """Return a shipped pattern.

    Raises
    ------
    UnknownCode
        If there is none of this name.
    """
    if name not in pattern_names(folder):
        raise UnknownCode(f"There is no account pattern '{name}'. Shipped: {', '.join(pattern_names(folder))}.")
    return read_pattern((folder / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


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
    funds, items, central = (_by_words(data, kind, names, found) for kind in ("funds", "items", "central"))
    given = _table(data, "balance", found)
    balance = _codes(("balance",), {key: value for key, value in given.items() if key != "verified"}, names, found)
    own: dict[tuple[str, str], Mapping[str, str]] = {}
    for kind in ("fund", "position", "line", SCHOOL):
        for code, codes in _table(data, kind, found).items():
            own[kind, code] = _codes((kind, code), codes, names, found)
    valid = _valid(data, names, found)
    for key in ("title", "joint"):
        if not isinstance(data.get(key, ""), str):
            _refuse(found, (key,), str(data[key]), f"has a {key} that is not a text in quotation marks")
    if found.has_errors:
        raise StoredFormat(" ".join(str(finding) for finding in found.found))
    title, joint = str(data.get("title", file)), str(data.get("joint", "-"))
    checked = given.get("verified", False) is True
    return AccountPattern(title, joint, segments, funds, items, central, balance, own, valid, checked)


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


def _valid(data: dict[str, Any], names: set[str], found: PlacedFindings) -> dict[str, tuple[str, ...]]:
    """Return what each segment may hold; a single text is refused, for its letters would be taken for codes."""
    table = _table(data, "valid", found)
    found.refuse_unknown_keys(table, sorted(names), ("valid",), "the segments of this pattern")
    valid = {}
    for name, codes in table.items():
        if isinstance(codes, list) and all(isinstance(code, str) for code in codes):
            valid[name] = tuple(codes)
        else:
            _refuse(
                found, ("valid", name), str(codes), "has valid codes that are not a list of texts in quotation marks"
            )
    return valid


def _segment(place: int, item: dict[str, Any], sources: dict[str, Source], found: PlacedFindings) -> Segment | None:
    path = ("segment", place)
    found.refuse_unknown_keys(item, ("name", "digits", "source", "verified", "cut", "at_most"), path, "a segment")
    name, digits, source = item.get("name"), item.get("digits"), sources.get(str(item.get("source")))
    if not isinstance(name, str) or type(digits) is not int or not 1 <= digits <= 12 or source is None:
        _refuse(found, path, name, "has a segment without a name, 1 to 12 digits, or a source that stands in this file")
        return None
    verified, cut, most = (bool(item.get(key, False)) for key in ("verified", "cut", "at_most"))
    return Segment(name, digits, source, verified, cut, most)


def _by_words(data: dict[str, Any], kind: str, names: set[str], found: PlacedFindings) -> tuple[ByWords, ...]:
    entries = []
    for place, item in enumerate(_tables(data, kind, found)):
        words = item.get("words", [])
        if not isinstance(words, list):
            _refuse(found, (kind, place), str(words), "has words that are not a list")
            continue
        codes = {key: value for key, value in item.items() if key not in ("words", "verified")}
        lowered = tuple(str(word).lower() for word in words)
        verified = item.get("verified", False) is True
        entries.append(ByWords(lowered, _codes((kind, place), codes, names, found), verified))
    return tuple(entries)


def _codes(path: tuple[str | int, ...], codes: object, names: set[str], found: PlacedFindings) -> dict[str, str]:
    if not isinstance(codes, dict):
        _refuse(found, path, str(codes), "has an entry that is not a table of codes")
        return {}
    found.refuse_unknown_keys(codes, sorted(names), path, "the segments of this pattern")
    for key, value in codes.items():
        if not isinstance(value, str):
            _refuse(found, (*path, key), str(value), "has a code without quotation marks, which would lose its zeros")
    return {key: str(value) for key, value in codes.items()}


def _refuse(found: PlacedFindings, path: tuple[str | int, ...], value: str | None, what: str) -> None:
    found.refuse(
        "accounts-unusable",
        path,
        value,
        what=f"This pattern of account codes {what}.",
        why="A line with a wrong account is rejected, or booked where nobody looks for it.",
        remedy="Start from a shipped pattern in data/accounts and change what differs.",
    )
