"""Which program wrote a workbook, beyond the number of its version: between two versions its words and layouts change too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import equity_alloc
from equity_alloc.domain.shipped import DASHBOARD, DATA

_DIGITS = 12


@cache
def build() -> str:
    """Return the first digits of a fingerprint over the program's own files; ends of lines do not count.

    Returns
    -------
    str
        The same wherever the same files are installed.
    """
    return _fingerprint(Path(equity_alloc.__file__).parent, DATA, DASHBOARD)


def _fingerprint(package: Path, data: Path, dashboard: Path) -> str:
    """Return the fingerprint of the program's code and parameters, which lie beside each other or, installed, inside one another."""
    apart = {folder for folder in (data, dashboard) if folder != package and folder.is_relative_to(package)}
    code = _read(package, "equity_alloc", ".py", apart)
    made = hashlib.sha256()
    for name, data_ in sorted([*code, *_read(data, "data", ".toml", set())]):
        made.update(f"{name}\n".encode() + data_.replace(b"\r\n", b"\n") + b"\0")
    return made.hexdigest()[:_DIGITS]


def named(version: str, made: str) -> str:
    """Return a program in words.

    Examples
    --------
    >>> named("0.2.0", "1f00aa"), named("0.1.0", "")
    ('version 0.2.0 (build 1f00aa)', 'version 0.1.0 (build not said)')
    """
    return f"version {version} (build {made or 'not said'})"


def _read(folder: Path, called: str, ending: str, apart: set[Path]) -> Iterator[tuple[str, bytes]]:
    for each in folder.iterdir():
        if each in apart:
            continue
        name = f"{called}/{each.name}"
        if each.is_dir():
            yield from _read(each, name, ending, apart)
        elif each.name.endswith(ending):
            yield name, each.read_bytes()
