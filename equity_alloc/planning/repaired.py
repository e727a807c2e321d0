"""A scenario with one way out taken."""

from __future__ import annotations

import dataclasses

from equity_alloc.domain.district import District
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.formulas.use import Use
from equity_alloc.planning.plan import Repair
from equity_alloc.planning.repairs import changed_rule
from equity_alloc.rules.formula_entitlement import FormulaEntitlement
from equity_alloc.scenario import Scenario


def repaired(scenario: Scenario, district: District, repair: Repair) -> Scenario:
    """Return the scenario with a way out taken, all its changes together.

    Parameters
    ----------
    scenario : Scenario
    district : District
    repair : Repair

    Returns
    -------
    Scenario
    """
    changes = (repair, *repair.also)
    for change in changes:
        if change.rule_number is None:
            scenario = with_amount(scenario, district, change.setting, int(change.value))
        elif change.setting:
            scenario = _with_setting(scenario, change.rule_number, change)
    gone = {change.rule_number for change in changes if change.rule_number is not None and not change.setting}
    return without_rules(scenario, gone) if gone else scenario


def without_rules(scenario: Scenario, numbers: set[int]) -> Scenario:
    """Return the scenario without some rules, by their places from 1; the formula goes with the rule made of it."""
    numbered = list(enumerate(scenario.rules, start=1))
    kept = tuple(rule for number, rule in numbered if rule.always or number not in numbers)
    is_dropped = any(number in numbers and isinstance(rule, FormulaEntitlement) for number, rule in numbered)
    return dataclasses.replace(scenario, rules=kept, formula=None if is_dropped else scenario.formula)


def with_amount(scenario: Scenario, district: District, code: str, amount: int) -> Scenario:
    """Return the scenario that supposes another appropriation of a fund, in cents.

    Parameters
    ----------
    scenario : Scenario
    district : District
        As read, before the scenario's changes to funds.
    code : str
        Of the fund.
    amount : Cents
    """
    changes = {change.fund: change for change in scenario.funds}
    own = district.fund_of[code].amount
    changed = dataclasses.replace(changes.get(code, FundChange(code)), amount=None if amount == own else amount)
    changes[code] = changed
    kept = tuple(change for change in changes.values() if change != FundChange(change.fund))
    return dataclasses.replace(scenario, funds=kept)


def _with_setting(scenario: Scenario, number: int, change: Repair) -> Scenario:
    rule = scenario.rules[number - 1]
    if scenario.formula is not None and isinstance(rule, FormulaEntitlement):
        return dataclasses.replace(scenario, formula=dataclasses.replace(scenario.formula, use=Use(change.value)))
    rules = (*scenario.rules[: number - 1], changed_rule(rule, change), *scenario.rules[number:])
    return dataclasses.replace(scenario, rules=rules)
