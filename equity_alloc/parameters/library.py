"""The values shipped with this version, in data/parameters: loaded by file, and checked all together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from equity_alloc.domain.errors import StoredFormat, UnknownCode
from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.domain.shipped import DATA
from equity_alloc.parameters.read_amounts import AmountTable, read_sources, read_values
from equity_alloc.parameters.read_toml import read_toml

FOLDER = DATA / "parameters"
#: Files in the folder that hold words, not numbers.
_WORD_LISTS = frozenset({"protected_attributes"})


def parameter_files(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the names of the files that hold values, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml") if path.stem not in _WORD_LISTS))


@cache
def parameters(name: str, folder: Path = FOLDER) -> AmountTable:
    """Return the values of one file.

    Raises
    ------
    UnknownCode
        If there is no such file.
    StoredFormat
        If the file cannot be used; the sentence is its first finding.

    Examples
    --------
    >>> parameters("washington")["class-size-k-3"][-1].value
    Decimal('17')
    """
    if name not in parameter_files(folder):
        known = ", ".join(parameter_files(folder))
        raise UnknownCode(f"There is no parameter file '{name}'. Known: {known}.")
    values, findings = read_parameter_file(folder / f"{name}.toml")
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        raise StoredFormat(str(errors[0]))
    return values


def read_parameter_file(path: Path) -> tuple[AmountTable, tuple[Finding, ...]]:
    """Return the values of a file and what was found in it."""
    data, found = read_toml(path.read_text(encoding="utf-8"), path.name)
    found.refuse_unknown_keys(data, ("title", "source", "value"), (), "a parameter file")
    values = read_values(data, read_sources(data, found), found)
    return values, tuple(found.found)


def lint(folder: Path = FOLDER) -> Iterator[Finding]:
    """Yield what is wrong with any parameter file: no value without unit, date and source."""
    for name in parameter_files(folder):
        values, findings = read_parameter_file(folder / f"{name}.toml")
        yield from findings
        if not values and not findings:
            yield Finding(
                "parameters-empty",
                Severity.ERROR,
                f"{name}.toml:1",
                "",
                "This parameter file holds no value.",
                "A formula that names it would find nothing.",
                "Add a [value] table, or delete the file.",
            )
