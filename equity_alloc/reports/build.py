"""Which program wrote a workbook, beyond the number of its version: between two versions its words and layouts change too."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import equity_alloc

#: Files that decide what a workbook says.
_ENDINGS = (".py", ".toml")
_DIGITS = 12


@cache
def build() -> str:
    """Return the first digits of a fingerprint over the program's own files; ends of lines do not count.

    Returns
    -------
    str
        The same wherever the same files are installed.
    """
    made = hashlib.sha256()
    for name, data in sorted(_read(files(equity_alloc), "")):
        made.update(f"{name}\n".encode() + data.replace(b"\r\n", b"\n") + b"\0")
    return made.hexdigest()[:_DIGITS]


def named(version: str, made: str) -> str:
    """Return a program in words.

    Examples
    --------
    >>> named("0.2.0", "1f00aa"), named("0.1.0", "")
    ('version 0.2.0 (build 1f00aa)', 'version 0.1.0 (build not said)')
    """
    return f"version {version} (build {made or 'not said'})"


def _read(folder: Traversable, above: str) -> list[tuple[str, bytes]]:
    found = []
    for each in folder.iterdir():
        name = f"{above}/{each.name}"
        if each.is_dir():
            found += _read(each, name)
        elif each.name.endswith(_ENDINGS):
            found.append((name, each.read_bytes()))
    return found
