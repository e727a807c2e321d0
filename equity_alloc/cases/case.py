"""A live case from its folder: words, a district, the scenarios to lay side by side, and the key to its questions."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from equity_alloc.domain.errors import StoredFormat
from equity_alloc.domain.shipped import DATA

#: Beside the package in a checkout; a folder for each case.
FOLDER = DATA / "learning" / "cases"

_BALLOTS = "ballots.csv"
#: Questions that a case asks.
N_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One figure of the key.

    Parameters
    ----------
    asks : str
        What is asked, in plain words.
    figure : str
        Name of the computation.
    variant : str
        Folder of the scenario in which it is asked; empty for the first.
    about : str
        School, rule or group that it is about; empty where it is about all.
    answer : str
        What the computation must give, as printed.
    because : str
        The same by hand.
    """

    asks: str
    figure: str
    variant: str
    about: str
    answer: str
    because: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case.

    Parameters
    ----------
    name : str
        Its folder.
    title, asks : str
        Asks is the question in one line.
    minutes : int
        What a group needs for it.
    page : str
        Where it opens.
    story : str
    questions : tuple of str
        Three, for people; the key holds the figures they need.
    notes : str
        For who leads the conversation.
    variants : tuple of str
        Folders of further scenarios of the same district.
    key : tuple of KeyLine
    """

    name: str
    title: str
    asks: str
    minutes: int
    page: str
    story: str
    questions: tuple[str, ...]
    notes: str
    variants: tuple[str, ...]
    key: tuple[KeyLine, ...]

    def files(self, variant: str = "", folder: Path = FOLDER) -> dict[str, bytes]:
        """Return the district's files, those of a variant in the place of the first ones."""
        home = folder / self.name
        found = _data_files(home)
        return {**found, **_data_files(home / variant)} if variant else found

    def ballots(self, folder: Path = FOLDER) -> bytes:
        """Return the table of ballots.

        Raises
        ------
        StoredFormat
            If the case has none.
        """
        try:
            return (folder / self.name / _BALLOTS).read_bytes()
        except OSError as error:
            raise StoredFormat(f"The case {self.name} has no ballots.") from error


@cache
def cases(folder: Path = FOLDER) -> tuple[Case, ...]:
    """Return the cases in the order of their folders.

    Raises
    ------
    StoredFormat
        If a case lacks a word, has one too many, or asks fewer or more questions than three.
    """
    return tuple(_case(path) for path in sorted(folder.iterdir()) if path.is_dir())


def case_of(name: str, folder: Path = FOLDER) -> Case:
    """Return the case of a folder's name.

    Raises
    ------
    StoredFormat
        If there is none.
    """
    for case in cases(folder):
        if case.name == name:
            return case
    raise StoredFormat(f"There is no case {name}. Choose one of: {', '.join(case.name for case in cases(folder))}.")


def case_in(district: str) -> Case | None:
    """Return the case that an invented district belongs to, None where it belongs to none."""
    return _by_district().get(district)


@cache
def _by_district() -> dict[str, Case]:
    named = ((dict(csv.reader(case.files()["district.csv"].decode().splitlines())), case) for case in cases())
    return {settings["Name"]: case for settings, case in named}


def _case(home: Path) -> Case:
    path = home / "case.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise StoredFormat(f"{home.name}/case.toml cannot be read: {error}.") from error
    _exactly(data, Case, "name", place=home.name)
    for line in data["key"]:
        _exactly(line, KeyLine, place=home.name)
    if len(data["questions"]) != N_QUESTIONS:
        raise StoredFormat(f"{home.name}/case.toml asks {len(data['questions'])} questions; a case asks {N_QUESTIONS}.")
    for name in ("questions", "variants"):
        data[name] = tuple(data[name])
    return Case(name=home.name, **{**data, "key": tuple(KeyLine(**line) for line in data["key"])})


def _exactly(data: dict[str, Any], kind: type, *given: str, place: str) -> None:
    wanted = {item.name for item in fields(kind)} - set(given)
    if set(data) != wanted:
        odd = ", ".join(sorted(set(data) ^ wanted))
        raise StoredFormat(f"{place}/case.toml: {odd} is missing or not known.")


def _data_files(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(home.iterdir()) if path.is_file() and _is_data(path)}


def _is_data(path: Path) -> bool:
    return path.name == "formula.toml" or (path.suffix == ".csv" and path.name != _BALLOTS)
