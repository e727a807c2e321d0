"""Reads a formula from its TOML text; every problem is a finding with file and line, all found at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.domain.number import count_words
from equity_alloc.formulas.base import Component
from equity_alloc.formulas.check import check_components
from equity_alloc.formulas.formula import Formula, SalaryBasis
from equity_alloc.formulas.read_component import ComponentReader
from equity_alloc.formulas.words import Meanings, Words
from equity_alloc.parameters.amount import Amount
from equity_alloc.parameters.library import parameters
from equity_alloc.parameters.placed_findings import PlacedFindings, nearest
from equity_alloc.parameters.read_amounts import AmountTable, amount_at, read_sources, read_values
from equity_alloc.parameters.read_toml import read_toml

FORMAT = 1
_KEYS = (
    "format",
    "name",
    "title",
    "year",
    "note",
    "as_of",
    "salary_basis",
    "parameters",
    "columns",
    "kinds",
    "flags",
    "positions",
    "source",
    "value",
    "component",
)


@dataclass(frozen=True)
class FormulaReading:
    """What a formula file says, as far as it can be used.

    Parameters
    ----------
    formula : Formula or None
        None as soon as one finding is an error.
    findings : tuple of Finding
    draft : Formula or None
        What stands there although an error keeps it from being used, so that it can be held against a district all the
        same; None where a component cannot be read at all.
    """

    formula: Formula | None
    findings: tuple[Finding, ...]
    draft: Formula | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the road."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def read_formula(text: str, file: str = "formula.toml") -> FormulaReading:
    r"""Return the formula that a TOML text holds.

    Parameters
    ----------
    text : str
    file : str
        Name shown in findings.

    Returns
    -------
    FormulaReading
        Never raises on what stands there.

    Examples
    --------
    >>> reading = read_formula("format = 1\nname = 'flat'\n[[component]]\nkind = 'lump-sum'\nname = 'a'\namuont = 5")
    >>> [str(finding) for finding in reading.findings][0]
    "key-unknown  formula.toml:6  'amuont' is not a field of kind lump-sum. Did you mean amount?"
    """
    data, found = read_toml(text, file)
    if found.found:
        return FormulaReading(None, tuple(found.found))
    found.refuse_unknown_keys(data, _KEYS, (), "a formula")
    if data.get("format") != FORMAT or not str(data.get("name", "")).strip():
        _refuse(found, ("format",), data.get("format"), "A formula starts with 'format = 1' and a name.", "Add both.")
    as_of = data.get("as_of")
    if as_of is not None and (not isinstance(as_of, dt.date) or isinstance(as_of, dt.datetime)):
        _refuse(found, ("as_of",), as_of, "'as_of' is not a date.", "Write as_of = 2025-07-01.")
        as_of = None
    values = _values(data, as_of, found)
    words = Words(*(_meanings(data, key, found) for key in ("columns", "kinds", "flags", "positions")))
    _refuse_two_codes(words, found)
    basis = _basis(data, found)
    components = _components(data, values, found)
    check_components(components, found)
    _note_unverified(values, text, found)
    formula = Formula(
        name=str(data.get("name", "")),
        components=components,
        title=str(data.get("title", "")),
        year=str(data.get("year", "")),
        note=str(data.get("note", "")),
        words=words,
        basis=basis,
        as_of=as_of,
        text=text,
        places=found.places,
    )
    if found.has_errors:
        return FormulaReading(None, tuple(found.found), formula if components else None)
    return FormulaReading(formula, tuple(found.found))


def _values(data: dict[str, Any], as_of: dt.date | None, found: PlacedFindings) -> dict[str, Amount]:
    listed = data.get("parameters", [])
    tables: AmountTable = {}
    for name in listed if isinstance(listed, list) else [listed]:
        try:
            tables |= parameters(str(name))
        except EquityAllocError as error:
            _refuse(found, ("parameters",), name, str(error), "Name a file of data/parameters, or none.")
    tables |= read_values(data, read_sources(data, found), found)
    held = {name: amount_at(history, as_of) for name, history in tables.items()}
    for name, amount in held.items():
        if amount is None:
            said = f"Value '{name}' does not hold yet on {as_of}."
            _refuse(found, ("value", name), as_of, said, "Add a value from an earlier date, or change as_of.")
    return {name: amount for name, amount in held.items() if amount is not None}


def _meanings(data: dict[str, Any], key: str, found: PlacedFindings) -> Meanings:
    table = data.get(key, {})
    read: list[tuple[str, tuple[str, ...]]] = []
    for name, words in table.items() if isinstance(table, dict) else ():
        listed = [words] if isinstance(words, str) else words
        if not isinstance(listed, list) or not listed or not all(isinstance(word, str) for word in listed):
            said = f"'{name}' under [{key}] does not say what it stands for here."
            _refuse(found, (key, name), words, said, 'Write a name, or a list like ["grade 6", "grade 7"].')
            continue
        if len(set(listed)) != len(listed):
            _refuse(found, (key, name), words, f"'{name}' names one word twice.", "Name each once.")
        read.append((name, tuple(listed)))
    return tuple(read)


def _refuse_two_codes(words: Words, found: PlacedFindings) -> None:
    for name, codes in words.positions:
        if len(codes) > 1:
            said = f"Position '{name}' stands for {count_words(len(codes), 'position')} of the district."
            _refuse(
                found, ("positions", name), ", ".join(codes), said, "Name one: its posts are planned under one code."
            )


def _basis(data: dict[str, Any], found: PlacedFindings) -> SalaryBasis:
    words = data.get("salary_basis", SalaryBasis.AVERAGE.value)
    options = [basis.value for basis in SalaryBasis]
    if words not in options:
        _refuse(found, ("salary_basis",), words, f"The salary basis is '{words}'.", nearest(str(words), options))
        return SalaryBasis.AVERAGE
    return SalaryBasis(words)


def _components(data: dict[str, Any], values: dict[str, Amount], found: PlacedFindings) -> tuple[Component, ...]:
    tables = data.get("component", [])
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        _refuse(found, ("component",), None, "The formula has no component.", "Add a [[component]] table.")
        return ()
    reader = ComponentReader(values, found)
    read = [reader.read(table, ("component", number)) for number, table in enumerate(tables)]
    for number, table in enumerate(tables):
        name = table.get("name")
        if name is not None and name in [earlier.get("name") for earlier in tables[:number]]:
            _refuse(
                found,
                ("component", number, "name"),
                name,
                f"Component '{name}' stands there a second time.",
                "Give it a name of its own, or delete it.",
            )
    # Without all components every reference to a broken one would be a second complaint about the first.
    return tuple(component for component in read if component is not None) if None not in read else ()


def _note_unverified(values: dict[str, Amount], text: str, found: PlacedFindings) -> None:
    for name, amount in values.items():
        if not amount.is_verified and name in text:
            found.note(
                "value-unverified",
                ("value", name),
                amount.value,
                what=f"'{name}' is an unverified default: nobody has checked it against its source.",
                why="A plan may rest on it only after somebody has.",
                remedy="Check it, put your own number, and remove verified = false.",
            )


def _refuse(found: PlacedFindings, path: tuple[str | int, ...], value: object, what: str, remedy: str) -> None:
    why = "A formula that is not understood would change what every school gets."
    found.refuse("formula-unusable", path, value, what=what, why=why, remedy=remedy)
