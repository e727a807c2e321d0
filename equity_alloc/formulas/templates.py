"""The formulas shipped with this version, in data/templates: starting points, each value with its source."""

from __future__ import annotations

from pathlib import Path

from equity_alloc.domain.errors import UnknownCode
from equity_alloc.domain.shipped import DATA
from equity_alloc.formulas.read import FormulaReading, read_formula

FOLDER = DATA / "templates"


def template_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the names of the templates, sorted.

    Examples
    --------
    >>> "weighted-student-funding" in template_names()
    True
    """
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def template_text(name: str, folder: Path = FOLDER) -> str:
    """Return the text of a template, to be read, changed and kept by a district.

    Raises
    ------
    UnknownCode
        If there is no such template.
    """
    if name not in template_names(folder):
        raise UnknownCode(f"There is no template '{name}'. Templates: {', '.join(template_names(folder))}.")
    return (folder / f"{name}.toml").read_text(encoding="utf-8")


def read_template(name: str, folder: Path = FOLDER) -> FormulaReading:
    """Return what a template says.

    Raises
    ------
    UnknownCode
        If there is no such template.
    """
    return read_formula(template_text(name, folder), f"{name}.toml")
