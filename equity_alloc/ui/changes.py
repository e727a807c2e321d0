"""Changes of a scenario, one at a time: each returns a new scenario and leaves the old one as it was."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from equity_alloc.catalogue import objective_class, rule_class
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.domain.need import NeedWeight
from equity_alloc.rules.base import Rule
from equity_alloc.rules.formula_entitlement import FormulaEntitlement
from equity_alloc.rules.setting import SettingInfo, settings_of, with_setting
from equity_alloc.scenario import Scenario
from equity_alloc.ui.district_lists import first_of


def with_rule_setting(scenario: Scenario, number: int, name: str, value: Any) -> Scenario:
    """Return the scenario with one setting of a rule changed; rules count from 1."""
    rules = list(scenario.rules)
    rules[number - 1] = with_setting(rules[number - 1], name, value)
    return dataclasses.replace(scenario, rules=tuple(rules))


def with_new_rule(scenario: Scenario, code: str, district: District) -> Scenario:
    """Return the scenario with one more rule, its settings at their defaults.

    Where a default names nothing that this district has, the first of the district's list stands in.
    """
    return with_rule(scenario, rule_class(code)(**_fitting(rule_class(code), district)))


def with_rule(scenario: Scenario, rule: Rule) -> Scenario:
    """Return the scenario with one more rule."""
    return dataclasses.replace(scenario, rules=(*scenario.rules, rule))


def with_objective(scenario: Scenario, code: str, named: Mapping[str, str] | None = None) -> Scenario:
    """Return the scenario with another objective, its settings at their defaults but for those that are named.

    Raises
    ------
    InvalidValue
        If a setting stays open that only the user can choose, such as the position to share out.
    """
    kind, given = objective_class(code), named or {}
    still_open = [info.label.lower() for name, info in open_settings(code).items() if not given.get(name)]
    if still_open:
        raise InvalidValue(f"Choose the {still_open[0]} first. Until then the plan stays as it is.")
    return dataclasses.replace(scenario, objective=kind(**given))


def open_settings(code: str) -> dict[str, SettingInfo]:
    """Return the settings of an objective that have no default and are chosen from the district's own list."""
    kind: type[Any] = objective_class(code)
    defaults = {item.name: item.default for item in dataclasses.fields(kind)}
    return {name: info for name, info in settings_of(kind).items() if info.choice is not None and defaults[name] == ""}


def _fitting(kind: type[Any], district: District) -> dict[str, Any]:
    """Return the first of the district's list for every setting whose default names nothing."""
    fields = {item.name: item.default for item in dataclasses.fields(kind)}
    firsts = {
        name: first_of(info.choice, district)
        for name, info in settings_of(kind).items()
        if info.choice is not None and fields[name] in ("", ())
    }
    return {name: (first,) if fields[name] == () else first for name, first in firsts.items() if first}


def without_rule(scenario: Scenario, number: int) -> Scenario:
    """Return the scenario without one rule; a rule that always holds stays, and the formula's own goes with it."""
    if isinstance(scenario.rules[number - 1], FormulaEntitlement):
        return dataclasses.replace(scenario, formula=None)
    rules = tuple(rule for i, rule in enumerate(scenario.rules, start=1) if i != number or rule.always)
    return dataclasses.replace(scenario, rules=rules)


def with_weight(scenario: Scenario, group: str, weight: Decimal) -> Scenario:
    """Return the scenario with the need weight of a group changed; its source stays."""
    known = {need.group: need for need in scenario.need_weights}
    source = known[group].source if group in known else ""
    known[group] = NeedWeight(group, weight, source)
    return dataclasses.replace(scenario, need_weights=tuple(known.values()))


def with_weight_source(scenario: Scenario, group: str, source: str) -> Scenario:
    """Return the scenario with the source of a group's need weight changed; the weight stays."""
    weights = (dataclasses.replace(n, source=source) if n.group == group else n for n in scenario.need_weights)
    return dataclasses.replace(scenario, need_weights=tuple(weights))


def with_fund_value(scenario: Scenario, district: District, code: str, name: str, value: Any) -> Scenario:
    """Return the scenario with one value of a fund changed; the district's own value is no change."""
    changes = {change.fund: change for change in scenario.funds}
    own = getattr(district.fund_of[code], name)
    update: dict[str, Any] = {name: None if value == own else value}
    changed = dataclasses.replace(changes.get(code, FundChange(code)), **update)
    changes[code] = changed
    kept = tuple(change for change in changes.values() if change != FundChange(change.fund))
    return dataclasses.replace(scenario, funds=kept)


def with_objective_setting(scenario: Scenario, name: str, value: Any) -> Scenario:
    """Return the scenario with one setting of its objective changed."""
    objective = with_setting(scenario.objective, name, value)
    return dataclasses.replace(scenario, objective=objective)
