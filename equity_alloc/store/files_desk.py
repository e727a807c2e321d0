"""What lies on the page Files in: files, how each is read, and what a person has answered so far."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from equity_alloc.domain.errors import StoredFormat
from equity_alloc.sources.mapped.answers import Answers


@dataclass(frozen=True)
class BroughtFile:
    """A file as it arrived.

    Parameters
    ----------
    name : str
    data : bytes
    is_new : bool
        Whether it has not been kept yet.
    """

    name: str
    data: bytes = field(repr=False)
    is_new: bool = field(default=True, compare=False)

    @property
    def digest(self) -> str:
        """SHA-256 of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class FilesDesk:
    """Files and answers.

    Parameters
    ----------
    files : tuple of BroughtFile
    maps : dict of str to str
        The text of the map that a person chose for a table, by the table's key.
    district, year : str
        Chosen where a file holds several.
    answers : Answers
    """

    files: tuple[BroughtFile, ...] = ()
    maps: dict[str, str] = field(default_factory=dict)
    district: str = ""
    year: str = ""
    answers: Answers = Answers()


def desk_plain(desk: FilesDesk) -> dict[str, Any]:
    """Return all but the files' bytes as plain data."""
    answers = {item.name: _plain(getattr(desk.answers, item.name)) for item in fields(Answers)}
    return {
        "order": [file.name for file in desk.files],
        "maps": dict(desk.maps),
        "district": desk.district,
        "year": desk.year,
        "answers": answers,
    }


def desk_from_plain(plain: Mapping[str, Any], data: Mapping[str, bytes]) -> FilesDesk:
    """Return the desk that plain data stand for.

    Parameters
    ----------
    plain : mapping
    data : mapping of str to bytes
        The files by name.

    Raises
    ------
    StoredFormat
        If another version wrote it.
    """
    order = [name for name in plain.get("order", []) if name in data]
    order += [name for name in data if name not in order]
    files = tuple(BroughtFile(name, data[name], is_new=False) for name in order)
    try:
        answers = plain.get("answers", {})
        found: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in answers.items()
        }
        return FilesDesk(
            files, dict(plain.get("maps", {})), plain.get("district", ""), plain.get("year", ""), Answers(**found)
        )
    except TypeError as error:
        raise StoredFormat("The files kept on this server were written by another version.") from error


def _plain(value: Any) -> Any:
    """Return an answer as JSON knows it."""
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
