"""Need weights, scenario settings and rules as rows of text."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum

from equity_alloc.domain.district import District
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.rules.base import Rule
from equity_alloc.rules.setting import typed_settings_of
from equity_alloc.scenario import Scenario
from equity_alloc.sources.cell_words import codes, dollars, sharing
from equity_alloc.sources.declare import PLAN_DECIDES
from equity_alloc.sources.district_tables import FUNDS
from equity_alloc.sources.fund_changes import UNCHANGED
from equity_alloc.sources.group_names import group_name


def weight_rows(district: District, scenario: Scenario) -> Iterator[tuple[str, ...]]:
    """Yield one row for each need weight."""
    for need in scenario.need_weights:
        yield group_name(district.groups, need.group), value_text(need.weight), need.source


def scenario_rows(district: District, scenario: Scenario) -> Iterator[tuple[str, ...]]:
    """Yield one row for each setting of the scenario, its objective and its changes to funds."""
    yield "Name", scenario.name
    yield "Note", scenario.note
    yield "Objective", scenario.objective.code
    for label, value in setting_rows(scenario.objective):
        yield f"Objective: {label}", value
    yield "Level", scenario.basis.value
    yield "Tolerance", dollars(scenario.tolerance)
    for change in scenario.funds:
        yield from _change_rows(district, change)
    if scenario.formula is not None:
        yield "Formula", scenario.formula.use.value
        yield "Formula salaries", scenario.formula.salary.value


def formula_rows(scenario: Scenario) -> Iterator[tuple[str, ...]]:
    """Yield one row for each line of the formula's text; none without a formula."""
    if scenario.formula is not None:
        yield from ((line,) for line in scenario.formula.text.removesuffix("\n").split("\n"))


def rule_rows(rules: Iterable[Rule]) -> Iterator[tuple[str, ...]]:
    """Yield one row for each setting of each rule."""
    for number, rule in enumerate(rules, start=1):
        for label, value in list(setting_rows(rule)) or [("", "")]:
            yield str(number), rule.code, label, value


def setting_rows(member: Rule | object) -> Iterator[tuple[str, str]]:
    """Yield (label, value) of each setting of a rule or objective."""
    infos = typed_settings_of(type(member))
    labels = [info.label.lower() for info in infos.values()]
    for name, info in infos.items():
        clear = labels.count(info.label.lower()) == 1 and info.label.lower() not in infos
        yield info.label if clear or info.label.lower() == name else name, value_text(getattr(member, name))


def value_text(value: object) -> str:
    """Return a setting's value as text.

    Examples
    --------
    >>> value_text(Decimal("0.950")), value_text(Decimal("1E+1")), value_text(True)
    ('0.95', '10', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return "; ".join(value)
    return str(value)


def _change_rows(district: District, change: FundChange) -> Iterator[tuple[str, ...]]:
    changed = False
    for item in dataclasses.fields(change):
        value = getattr(change, item.name)
        if item.name == "fund" or value is None:
            continue
        changed = True
        yield f"Fund {change.fund}: {FUNDS.column(item.name).title}", _change_text(district, item.name, value)
    if not changed:
        yield f"Fund {change.fund}: {UNCHANGED}", "yes"


def _change_text(district: District, field: str, value: object) -> str:
    if field == "amount" and isinstance(value, int):
        return dollars(value)
    if field == "shared_by":
        return sharing(district, str(value)) or PLAN_DECIDES
    if isinstance(value, tuple):
        return codes(value)
    return value_text(value)
