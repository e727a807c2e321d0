"""The choices behind a plan, from the sheets that hold choices."""

from __future__ import annotations

from collections.abc import Mapping

from equity_alloc.commitment import Commitment
from equity_alloc.domain.ahead import Assumption
from equity_alloc.domain.district import District
from equity_alloc.domain.policy import Policy
from equity_alloc.formulas.use import FormulaUse, Use
from equity_alloc.rules.base import Rule
from equity_alloc.rules.formula_entitlement import FormulaEntitlement
from equity_alloc.rules.line_band import EVERY_LINE
from equity_alloc.scenario import Scenario, default_scenario
from equity_alloc.sources.ahead_table import read_ahead
from equity_alloc.sources.assumed import tell_rules, tell_weights
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.build_need_weights import read_need_weights
from equity_alloc.sources.build_rules import numbered_rules, read_rules
from equity_alloc.sources.cause_tables import read_actions
from equity_alloc.sources.commitment_tables import read_commitments
from equity_alloc.sources.formula_table import read_formula_use
from equity_alloc.sources.policy_table import read_policies
from equity_alloc.sources.read_tables import Table
from equity_alloc.sources.scenario_settings import formula_rows, read_settings
from equity_alloc.sources.setting_rows import setting_rows

#: Sheets that hold choices. A file in which none of them has a row brings no scenario.
CHOICE_SHEETS = (
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


def build_scenario(district: District, tables: Mapping[str, Table], findings: FindingList) -> Scenario | None:
    """Return the scenario in the tables, None where they bring no choices or a choice cannot be read.

    A file with need weights alone gets the usual rules for a district that brings none.
    """
    filled = {name: tables[name] for name in CHOICE_SHEETS if name in tables and tables[name].rows}
    if not filled:
        if not findings.has_errors:
            tell_rules(district, findings)
            tell_weights(district, findings)
        return None
    weights = read_need_weights(filled["Need weights"], district, findings) if "Need weights" in filled else ()
    rules = read_rules(filled["Rules"], district, findings) if "Rules" in filled else default_scenario(district).rules
    rows = setting_rows(filled["Scenario"], findings) if "Scenario" in filled else {}
    settings = read_settings(rows, district, findings)
    formula = read_formula_use(filled.get("Formula"), formula_rows(rows), district, findings)
    _refuse_lone_entitlement(rules, formula, findings)
    ahead = _read_ahead(filled, district, rules, formula, findings)
    # Also where it has no row: tests of commitments that are not there are named.
    commitments = _read_commitments(tables, district, findings)
    actions = read_actions(tables, district, findings)
    policies = _read_policies(filled, district, findings)
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


def _read_ahead(
    filled: Mapping[str, Table],
    district: District,
    rules: tuple[Rule, ...],
    formula: FormulaUse | None,
    findings: FindingList,
) -> tuple[Assumption, ...]:
    if "Years ahead" not in filled:
        return ()
    # Assumptions count rules as the scenario does: those that always hold stand first where they are missing.
    known = () if findings.has_errors else Scenario(rules=rules, formula=formula).rules
    return read_ahead(filled["Years ahead"], district, known, findings)


def _read_commitments(tables: Mapping[str, Table], district: District, findings: FindingList) -> tuple[Commitment, ...]:
    if "Commitments" not in tables:
        return ()
    tests = tables.get("Commitment tests")
    return read_commitments(tables["Commitments"], tests if tests and tests.rows else None, district, findings)


def _read_policies(filled: Mapping[str, Table], district: District, findings: FindingList) -> tuple[Policy, ...]:
    if "Policies" not in filled:
        return ()
    # What is wrong with a rule has been told already, so these findings are not kept.
    numbered = numbered_rules(filled["Rules"], district, FindingList()) if "Rules" in filled else {}
    return read_policies(filled["Policies"], numbered, findings)


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
