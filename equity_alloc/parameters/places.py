"""On which line of a TOML file a table or key stands, so that a finding can point at it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

#: A path into a file: names of tables and keys, and positions in lists of tables.
Path: TypeAlias = tuple[str | int, ...]

_NAME = r"[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'"
_HEADER = re.compile(rf"^\s*(\[\[?)\s*((?:{_NAME})(?:\s*\.\s*(?:{_NAME}))*)\s*\]\]?")
_KEY = re.compile(rf"^\s*((?:{_NAME})(?:\s*\.\s*(?:{_NAME}))*)\s*=")
_PIECE = re.compile(_NAME)


@dataclass(frozen=True)
class Places:
    """The lines of one file by path.

    Parameters
    ----------
    file : str
        Name shown before the line.
    lines : dict of Path to int
    """

    file: str
    lines: dict[Path, int]

    def where(self, *path: str | int) -> str:
        r"""Return file:line of a path, or of the nearest table around it.

        Examples
        --------
        >>> places_in("name = 'A'\n[[component]]\nkind = 'lump-sum'", "a.toml").where("component", 0, "amount")
        'a.toml:2'
        """
        for end in range(len(path), 0, -1):
            if path[:end] in self.lines:
                return f"{self.file}:{self.lines[path[:end]]}"
        return f"{self.file}:1"


def places_in(text: str, file: str) -> Places:
    """Return where the tables and keys of a TOML text stand.

    Parameters
    ----------
    text : str
        A text that is TOML; on other texts the places are a best guess.
    file : str
    """
    lines: dict[Path, int] = {}
    counts: dict[str, int] = {}
    table: Path = ()
    depth, quote = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not quote and depth == 0:
            header, key = _HEADER.match(line), _KEY.match(line)
            if header:
                table = _table(header, counts)
                lines.setdefault(table, number)
                continue
            if key:
                lines.setdefault(table + _pieces(key.group(1)), number)
        depth, quote = _after(line, depth, quote)
    return Places(file, lines)


def _table(header: re.Match[str], counts: dict[str, int]) -> Path:
    pieces = _pieces(header.group(2))
    first = str(pieces[0])
    if header.group(1) == "[[":
        counts[first] = counts.get(first, -1) + 1
    if first in counts:
        return (first, counts[first], *pieces[1:])
    return pieces


def _pieces(dotted: str) -> Path:
    return tuple(piece.strip("\"'") for piece in _PIECE.findall(dotted))


def _after(line: str, depth: int, quote: str) -> tuple[int, str]:
    """Return bracket depth and open quotation at the end of a line."""
    at = 0
    while at < len(line):
        rest = line[at:]
        if quote:
            if quote != "'''" and quote != "'" and rest.startswith("\\"):
                at += 2
                continue
            if rest.startswith(quote):
                at, quote = at + len(quote), ""
                continue
        elif rest.startswith(('"""', "'''")):
            at, quote = at + 3, rest[:3]
            continue
        elif rest[0] in "\"'":
            quote = rest[0]
        elif rest[0] == "#":
            break
        else:
            depth += (rest[0] in "[{") - (rest[0] in "]}")
        at += 1
    return depth, quote if len(quote) == 3 else ""
