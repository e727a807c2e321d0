"""The choices behind a plan from the sheets Scenario, Rules, Need weights and Formula."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from equity_alloc.catalogue import objective_classes
from equity_alloc.commitment import Commitment
from equity_alloc.domain.ahead import Assumption
from equity_alloc.domain.district import District, GroupUse
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.need import NeedWeight
from equity_alloc.domain.policy import Policy
from equity_alloc.formulas.use import FormulaUse, Use
from equity_alloc.objectives.base import Objective
from equity_alloc.rules.base import Rule
from equity_alloc.rules.formula_entitlement import FormulaEntitlement
from equity_alloc.rules.line_band import EVERY_LINE
from equity_alloc.scenario import LevelBasis, Scenario, default_scenario
from equity_alloc.sources.ahead_table import read_ahead
from equity_alloc.sources.assumed import tell_rules, tell_weights
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.build_rules import numbered_rules, read_rules
from equity_alloc.sources.cause_tables import read_actions
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.commitment_tables import read_commitments
from equity_alloc.sources.formula_table import SALARY, USE, read_formula_use
from equity_alloc.sources.fund_changes import read_fund_changes
from equity_alloc.sources.group_names import find_group
from equity_alloc.sources.policy_table import read_policies
from equity_alloc.sources.read_setting import Typed, build_member, missing_code, read_decimal
from equity_alloc.sources.read_tables import Table

#: Heads of rows on the sheet Scenario that belong together.
OBJECTIVE, FUND = "Objective: ", "Fund "


def build_scenario(district: District, tables: Mapping[str, Table], findings: FindingList) -> Scenario | None:
    """Return the scenario in the tables, None where they bring no choices.

    A file with need weights alone gets the usual rules for a district that brings none.
    """
    named = (
        "Scenario",
        "Rules",
        "Need weights",
        "Formula",
        "Years ahead",
        "Commitments",
        "Commitment tests",
        "Policies",
        "Causes",
        "Interventions",
        "Action money",
    )
    filled = {name for name in named if name in tables and tables[name].rows}
    if not filled:
        if not findings.has_errors:
            tell_rules(district, findings)
            tell_weights(district, findings)
        return None
    weights = read_need_weights(tables["Need weights"], district, findings) if "Need weights" in filled else ()
    rules = read_rules(tables["Rules"], district, findings) if "Rules" in filled else ()
    rows = _setting_rows(tables["Scenario"], findings) if "Scenario" in filled else {}
    settings = _read_settings(rows, district, findings)
    formula_rows = {name.lower(): cells for name, cells in rows.items() if name.lower() in (USE, SALARY)}
    formula = read_formula_use(tables["Formula"] if "Formula" in filled else None, formula_rows, district, findings)
    if "Rules" in filled:
        _refuse_lone_entitlement(rules, formula, findings)
    if "Rules" not in filled:
        rules = default_scenario(district).rules
    ahead: tuple[Assumption, ...] = ()
    if "Years ahead" in filled:
        # Assumptions count rules as the scenario does: those that always hold stand first where they are missing.
        known = () if findings.has_errors else Scenario(rules=rules, formula=formula).rules
        ahead = read_ahead(tables["Years ahead"], district, known, findings)
    commitments: tuple[Commitment, ...] = ()
    if "Commitments" in tables:
        tests = tables["Commitment tests"] if "Commitment tests" in filled else None
        commitments = read_commitments(tables["Commitments"], tests, district, findings)
    actions = read_actions(tables, district, findings)
    policies: tuple[Policy, ...] = ()
    if "Policies" in filled:
        numbered = numbered_rules(tables["Rules"], district, FindingList()) if "Rules" in filled else {}
        policies = read_policies(tables["Policies"], numbered, findings)
    if findings.has_errors:
        return None
    if "Rules" not in filled:
        tell_rules(district, findings)
    if "Need weights" not in filled and formula is None:
        tell_weights(district, findings)
    _tell_free_lines(district, rules, findings)
    return Scenario(
        need_weights=weights,
        rules=rules,
        formula=formula,
        ahead=ahead,
        commitments=commitments,
        policies=policies,
        actions=actions,
        **settings,
    )


def _refuse_lone_entitlement(rules: tuple[Rule, ...], formula: FormulaUse | None, findings: FindingList) -> None:
    if not any(isinstance(rule, FormulaEntitlement) for rule in rules):
        return
    if formula is None or formula.use is Use.TARGET:
        findings.error(
            "rule-without-formula",
            "Rules",
            FormulaEntitlement.code,
            what="The sheet Rules holds every school to the formula, and no formula is a floor or a fixed amount.",
            why="The rule would hold nobody to anything.",
            remedy="Put the formula on the sheet Formula and a row Formula on the sheet Scenario, or delete the rule.",
        )


def _tell_free_lines(district: District, rules: tuple[Rule, ...], findings: FindingList) -> None:
    """Warn where no rule limits a non-staff line: new money would pile up there, because it moves no post."""
    limited = {str(getattr(rule, name)) for rule in rules for name in ("line", "item") if hasattr(rule, name)}
    free = [line for line in district.lines if line not in limited and EVERY_LINE not in limited]
    if free:
        findings.warn(
            "lines-unlimited",
            "Rules",
            "; ".join(free),
            what=f"No rule limits {', '.join(free)}.",
            why="A plan that moves few posts may put all new money there, or take it from there.",
            remedy="Add the rule line-band (Non-staff lines stay near last year), or locked-line.",
        )


def read_need_weights(table: Table, district: District, findings: FindingList) -> tuple[NeedWeight, ...]:
    """Return the need weights, in the order of the rows."""
    weights: dict[str, NeedWeight] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        words, typed = cells.text("group"), cells.text("weight")
        group = find_group(district.groups, words) if words else None
        if words and (group is None or group.use is GroupUse.AUDIT or group.code in weights):
            _refuse_group(cells, words, district, audit=group is not None and group.use is GroupUse.AUDIT, twice=group)
            continue
        if group is None or typed is None:
            continue
        try:
            share = read_decimal(typed, "Weight")
        except InvalidValue as error:
            _refuse_weight(cells, group.title, typed, str(error))
            continue
        try:
            weight = NeedWeight(group.code, share, cells.exact("source"))
        except InvalidValue:
            _refuse_weight(cells, group.title, typed, f"That is {(share * 100).normalize():f} % more.")
            continue
        weights[group.code] = weight
        if weight.weight > 1:
            _ask_extra_share(cells, group.title, typed, weight.weight)
    return tuple(weights.values())


def _setting_rows(table: Table, findings: FindingList) -> dict[str, Cells]:
    rows: dict[str, Cells] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        name = (cells.text("setting") or "").strip()
        if name.lower() in {known.lower() for known in rows}:
            _unclear(cells, f"{name} stands twice on {table.shown}.", "Delete one of the rows.")
        elif name:
            rows[name] = cells
    return rows


def _refuse_weight(cells: Cells, title: str, typed: str, why_not: str) -> None:
    cells.findings.error(
        "weight-unfit",
        cells.where("weight"),
        typed,
        what=f"The weight for {title} is {typed}. {why_not}",
        why="The weight decides how much a pupil of the group brings to a school.",
        remedy="Enter the extra share, from 0 to 10: 0.25 means 25 % more.",
    )


def _read_settings(rows: Mapping[str, Cells], district: District, findings: FindingList) -> dict[str, Any]:
    found: dict[str, Any] = {}
    objective_rows = {name: cells for name, cells in rows.items() if name.lower().startswith("objective")}
    objective = _read_objective(objective_rows, district, findings)
    if objective is not None:
        found["objective"] = objective
    fund_rows = {name: cells for name, cells in rows.items() if name.startswith(FUND) and ": " in name}
    found["funds"] = read_fund_changes(fund_rows, district)
    for name, cells in rows.items():
        if name in objective_rows or name in fund_rows or name.lower() in (USE, SALARY):
            continue
        value = cells.exact("value")
        match name.lower():
            case "name" | "note":
                found[name.lower()] = value
            case "level":
                basis = next((b for b in LevelBasis if b.value == value.strip().lower()), None)
                if basis is None:
                    _unclear(cells, f"Level is {value}.", f"Enter {' or '.join(b.value for b in LevelBasis)}.")
                else:
                    found["basis"] = basis
            case "tolerance":
                cents = cells_dollars(cells)
                if cents is not None:
                    found["tolerance"] = cents
            case _:
                _unclear(
                    cells,
                    f"{name} is not a setting of a scenario.",
                    "Use Name, Note, Objective, Level, Tolerance, Formula, or a fund change such as Fund GEN: Appropriation.",
                )
    return found


def cells_dollars(cells: Cells) -> int | None:
    """Return the value of a setting in cents, None with a finding where it is no amount."""
    try:
        amount = read_decimal(cells.exact("value").replace("$", ""), "Tolerance") * 100
    except InvalidValue as error:
        _unclear(cells, str(error), "Enter dollars per weighted pupil, for example 5.")
        return None
    if amount < 0 or amount != amount.to_integral_value():
        _unclear(cells, f"Tolerance is {cells.exact('value')}.", "Enter dollars and cents, zero or more.")
        return None
    return int(amount)


def _read_objective(rows: Mapping[str, Cells], district: District, findings: FindingList) -> Objective | None:
    head = next((cells for name, cells in rows.items() if name.lower() == "objective"), None)
    if head is None:
        for cells in rows.values():
            _unclear(cells, "A setting of an objective stands here, but no objective is named.", "Add a row Objective.")
        return None
    words = head.exact("value").strip()
    kind = next((k for code, k in objective_classes().items() if words.lower() in (code, k.title.lower())), None)
    if kind is None:
        _unclear(
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
        _unclear(
            head,
            f"{kind.title}: {missing[0]} is {missing[1] or 'blank'}, which this district does not have.",
            f"Add a row {OBJECTIVE}{missing[0]} with a code from the other sheets.",
        )
    return objective


def _unclear(cells: Cells, what: str, remedy: str) -> None:
    cells.findings.error(
        "scenario-setting",
        cells.where("value"),
        cells.exact("value").strip(),
        what=what,
        why="A choice that is not understood would be replaced by another without anyone noticing.",
        remedy=remedy,
    )


def _ask_extra_share(cells: Cells, title: str, typed: str, weight: Decimal) -> None:
    cells.findings.warn(
        "weight-over-one",
        cells.where("weight"),
        typed,
        what=f"The weight for {title} is {typed}, so each pupil brings {weight:%} more than the base.",
        why="A weight is the extra share: a formula that says 125 % of the base has a weight of 0.25.",
        remedy=f"Leave it if the extra share is meant; otherwise enter {weight - 1}.",
    )


def _refuse_group(cells: Cells, words: str, district: District, *, audit: bool, twice: object) -> None:
    drivers = ", ".join(group.title for group in district.groups if group.use is GroupUse.NEED) or "none"
    if audit:
        code, what = "weight-protected", f"{words} is for audit only and cannot carry a need weight."
    elif twice is not None:
        code, what = "weight-twice", f"{words} has two need weights."
    else:
        code, what = "weight-group-unknown", f"There is no student group {words} on Schools."
    cells.findings.error(
        code,
        cells.where("group"),
        words,
        what=what,
        why="A weight must belong to one group of pupils whose count is known and may drive an allocation.",
        remedy=f"Use each need driver once at most: {drivers}.",
    )
