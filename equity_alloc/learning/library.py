"""Links and lessons from their files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from equity_alloc.domain.errors import StoredFormat
from equity_alloc.domain.shipped import DATA

FOLDER = DATA / "learning"


@dataclass(frozen=True, slots=True)
class Link:
    """A resource of somebody else.

    Parameters
    ----------
    title, owner, address : str
    what : str
        In our words.
    cost, marks, rights : str
        What it costs, which names are protected, and what may not be taken from it.
    step : str
        Page at which it helps.
    when : str
        At what moment.
    seen : str
        What of it was read, and when.
    """

    title: str
    owner: str
    address: str
    what: str
    cost: str
    marks: str
    rights: str
    step: str
    when: str
    seen: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A short lesson.

    Parameters
    ----------
    title, text : str
    page : str
        Where the thing stands on screen.
    """

    title: str
    page: str
    text: str


@cache
def links(folder: Path = FOLDER) -> tuple[Link, ...]:
    """Return the resources, those that the project's purpose names first.

    Raises
    ------
    StoredFormat
        If an entry lacks a word or has one too many.
    """
    return tuple(Link(**_words(entry, Link, "links.toml")) for entry in _read(folder / "links.toml", "link"))


@cache
def lessons(folder: Path = FOLDER) -> tuple[Lesson, ...]:
    """Return the lessons.

    Raises
    ------
    StoredFormat
    """
    return tuple(Lesson(**_words(entry, Lesson, "lessons.toml")) for entry in _read(folder / "lessons.toml", "lesson"))


def _read(path: Path, name: str) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))[name]
    except (tomllib.TOMLDecodeError, KeyError, OSError) as error:
        raise StoredFormat(f"{path.name} cannot be read: {error}.") from error
    return found


def _words(entry: dict[str, Any], kind: type, file: str) -> dict[str, str]:
    wanted = {item.name for item in fields(kind)}
    if set(entry) != wanted or not all(isinstance(word, str) and word.strip() for word in entry.values()):
        raise StoredFormat(
            f"{file}: {entry.get('title', 'an entry')} must have these words: {', '.join(sorted(wanted))}."
        )
    return entry
