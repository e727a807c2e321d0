"""The sheet Scenario: name, note, objective, level, tolerance, formula, and what changes about funds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equity_alloc.catalogue import objective_classes
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.objectives.base import Objective
from equity_alloc.scenario import LevelBasis
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.formula_table import SALARY, USE
from equity_alloc.sources.fund_changes import read_fund_changes
from equity_alloc.sources.read_setting import Typed, build_member, missing_code, read_decimal
from equity_alloc.sources.setting_rows import refuse_setting

#: Heads of rows that belong together.
OBJECTIVE, FUND = "Objective: ", "Fund "


def formula_rows(rows: Mapping[str, Cells]) -> dict[str, Cells]:
    """Return the rows about the formula, by name in lower case."""
    return {name.lower(): cells for name, cells in rows.items() if name.lower() in (USE, SALARY)}


def read_settings(rows: Mapping[str, Cells], district: District, findings: FindingList) -> dict[str, Any]:
    """Return what the rows say of a scenario, by its fields; what cannot be read is left out, with a finding."""
    found: dict[str, Any] = {}
    objective_rows = {name: cells for name, cells in rows.items() if name.lower().startswith("objective")}
    objective = _read_objective(objective_rows, district, findings)
    if objective is not None:
        found["objective"] = objective
    fund_rows = {name: cells for name, cells in rows.items() if name.startswith(FUND) and ": " in name}
    found["funds"] = read_fund_changes(fund_rows, district)
    about_formula = formula_rows(rows)
    for name, cells in rows.items():
        if name in objective_rows or name in fund_rows or name.lower() in about_formula:
            continue
        value = cells.exact("value")
        match name.lower():
            case "name" | "note":
                found[name.lower()] = value
            case "level":
                basis = next((b for b in LevelBasis if b.value == value.strip().lower()), None)
                if basis is None:
                    refuse_setting(cells, f"Level is {value}.", f"Enter {' or '.join(b.value for b in LevelBasis)}.")
                else:
                    found["basis"] = basis
            case "tolerance":
                cents = _tolerance(cells)
                if cents is not None:
                    found["tolerance"] = cents
            case _:
                refuse_setting(
                    cells,
                    f"{name} is not a setting of a scenario.",
                    "Use Name, Note, Objective, Level, Tolerance, Formula, or a fund change such as Fund GEN: Appropriation.",
                )
    return found


def _tolerance(cells: Cells) -> int | None:
    """Return the tolerance in cents, None with a finding where it is no amount."""
    try:
        amount = read_decimal(cells.exact("value").replace("$", ""), "Tolerance") * 100
    except InvalidValue as error:
        refuse_setting(cells, str(error), "Enter dollars per weighted pupil, for example 5.")
        return None
    if amount < 0 or amount != amount.to_integral_value():
        refuse_setting(cells, f"Tolerance is {cells.exact('value')}.", "Enter dollars and cents, zero or more.")
        return None
    return int(amount)


def _read_objective(rows: Mapping[str, Cells], district: District, findings: FindingList) -> Objective | None:
    head = next((cells for name, cells in rows.items() if name.lower() == "objective"), None)
    if head is None:
        for cells in rows.values():
            refuse_setting(
                cells, "A setting of an objective stands here, but no objective is named.", "Add a row Objective."
            )
        return None
    words = head.exact("value").strip()
    kind = next((k for code, k in objective_classes().items() if words.lower() in (code, k.title.lower())), None)
    if kind is None:
        refuse_setting(
            head, f"There is no objective {words or 'with a blank name'}.", f"Use {', '.join(objective_classes())}."
        )
        return None
    typed = [
        Typed(cells.where("value"), name.partition(":")[2].strip(), cells.exact("value"))
        for name, cells in rows.items()
        if cells is not head
    ]
    objective: Objective | None = build_member(kind, typed, head.where("value"), district, findings)
    missing = missing_code(kind, objective, district) if objective is not None else None
    if missing is not None:
        refuse_setting(
            head,
            f"{kind.title}: {missing[0]} is {missing[1] or 'blank'}, which this district does not have.",
            f"Add a row {OBJECTIVE}{missing[0]} with a code from the other sheets.",
        )
    return objective
