"""The sheet Formula: the TOML text of the district's formula, a line of it in each row, or the name of a template."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding
from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.formulas.fit import errors_of, fit
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.read import read_formula
from equity_alloc.formulas.templates import template_names, template_text
from equity_alloc.formulas.use import FormulaUse, Salary, Use
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.choice_tables import FORMULA
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.read_tables import Table
from equity_alloc.sources.setting_rows import refuse_setting

Kind = TypeVar("Kind", bound=StrEnum)

#: Name of the text in a folder, where it stands as it is.
FILE = "formula.toml"
#: Settings on the sheet Scenario, by their names in lower case.
USE, SALARY = "formula", "formula salaries"


def formula_grid(text: str) -> Grid:
    """Return a formula's text as the sheet that a workbook would hold."""
    lines = text.replace("\r\n", "\n").split("\n")
    return Grid("formula", FILE, ((FORMULA.columns[0].title,), *((line,) for line in lines)))


def read_formula_use(
    table: Table | None, settings: Mapping[str, Cells], district: District, findings: FindingList
) -> FormulaUse | None:
    """Return the formula and what the scenario makes of it; None where there is none, or with findings.

    Parameters
    ----------
    table : Table or None
        The sheet Formula, with at least one row.
    settings : mapping of str to Cells
        Rows of the sheet Scenario about the formula, by name in lower case.
    district : District
    findings : FindingList
        Problems of the text stand at the cell of their line.
    """
    use = _choice(settings, USE, Use, Use.TARGET)
    salary = _choice(settings, SALARY, Salary, Salary.AS_WRITTEN)
    if table is None:
        for cells in settings.values():
            refuse_setting(
                cells, "The scenario names a formula, but the sheet Formula has none.", "Put its text there."
            )
        return None
    if USE not in settings:
        findings.note(
            "formula-use-default",
            "Scenario",
            "",
            what="The file has a formula and does not say what it is to the plan, so it is the target of each school.",
            why="A target is what levels are shares of; a floor or a fixed amount would be a rule.",
            remedy=f"Add a row Formula to the sheet Scenario with {' or '.join(each.value for each in Use)}.",
        )
    text = _text(table)
    reading = read_formula(text)
    findings.found += [_placed(finding, table) for finding in reading.findings]
    if reading.formula is None or findings.has_errors or use is None or salary is None:
        return None
    made = FormulaUse(text, use, salary)
    _try_out(made.formula, table, district, findings)
    return made


def _try_out(formula: Formula, table: Table, district: District, findings: FindingList) -> None:
    """Hold the formula against the district, so that what is missing is told before anybody plans."""
    try:
        facts = facts_of(district)
        fitting = fit(formula, facts)
        told = fitting if errors_of(fitting) else evaluate(formula, facts).findings
    except EquityAllocError as error:
        findings.error(
            "formula-unusable",
            table.shown,
            "",
            what=f"The formula cannot be worked out for this district: {error}",
            why="A plan that rests on it could not be made.",
            remedy="Correct the formula or the data.",
        )
        return
    findings.found += [_placed(finding, table) for finding in told]


def _choice(settings: Mapping[str, Cells], name: str, kind: type[Kind], default: Kind) -> Kind | None:
    cells = settings.get(name)
    if cells is None:
        return default
    typed = cells.exact("value").strip().lower()
    found = next((each for each in kind if each.value == typed), None)
    if found is None:
        options = " or ".join(each.value for each in kind)
        refuse_setting(cells, f"{cells.exact('setting').strip()} is {typed or 'blank'}.", f"Enter {options}.")
    return found


def _text(table: Table) -> str:
    """Return the text of the rows, blank lines in their places; the name of a template stands for its text."""
    lines = {row.number - table.heading: table.raw(row, "text") for row in table.rows}
    only = next(iter(lines.values())).strip() if len(lines) == 1 else ""
    if only in template_names():
        return template_text(only)
    return "\n".join(lines.get(number, "") for number in range(1, max(lines) + 1)) + "\n"


def _placed(finding: Finding, table: Table) -> Finding:
    """Return a finding at the cell of its line, or at the line of a file of its own."""
    line = finding.where.rpartition(":")[2]
    if not line.isdigit():
        return dataclasses.replace(finding, where=table.shown)
    where = f"{table.shown}:{line}" if table.shown == FILE else f"{table.shown}!A{int(line) + table.heading}"
    return dataclasses.replace(finding, where=where)
