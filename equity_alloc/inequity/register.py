"""The policy register: begun from the rules of a district, and how sure it is that a row causes a gap."""

from __future__ import annotations

import dataclasses
from enum import StrEnum

from equity_alloc.domain.district import District
from equity_alloc.domain.policy import ChangedBy, Policy, PolicyKind, PolicyStatus
from equity_alloc.rules.base import Force, Rule
from equity_alloc.rules.mark import rule_mark
from equity_alloc.rules.titles import titles_of
from equity_alloc.scenario import Scenario

_CHANGED_BY = {
    Force.LAW: ChangedBy.STATE,
    Force.CONTRACT: ChangedBy.CONTRACT,
    Force.POLICY: ChangedBy.BOARD,
    Force.PROMISE: ChangedBy.BOARD,
    Force.CHOICE: ChangedBy.STAFF,
}


class HowSure(StrEnum):
    """How sure it is that something causes a gap, the least sure first; only rules of the plan can be computed."""

    SUSPECTED = "suspected"
    COMPUTED = "computed: planned again without it"


def with_rules(scenario: Scenario, district: District) -> Scenario:
    """Return the scenario whose register has a row for every rule that can be left out; rows that stand there stay."""
    present = {each.rule for each in scenario.policies if each.rule}
    names = {each.name for each in scenario.policies}
    rows = list(scenario.policies)
    for rule, title in zip(scenario.rules, titles_of(scenario.rules, district), strict=True):
        mark = rule_mark(rule)
        if rule.always or mark in present:
            continue
        name = title if title not in names else f"{title} ({mark[-8:]})"
        names.add(name)
        present.add(mark)
        rows.append(_row(name, rule, mark))
    return dataclasses.replace(scenario, policies=tuple(rows))


def with_policy(scenario: Scenario, name: str, changed: Policy) -> Scenario:
    """Return the scenario with one row of the register changed; it may bear another name."""
    rows = tuple(changed if each.name == name else each for each in scenario.policies)
    return dataclasses.replace(scenario, policies=rows if changed in rows else (*rows, changed))


def without_policy(scenario: Scenario, name: str) -> Scenario:
    """Return the scenario without a row of the register; the rule itself stays."""
    return dataclasses.replace(scenario, policies=tuple(each for each in scenario.policies if each.name != name))


def number_of(policy: Policy, scenario: Scenario) -> int | None:
    """Return the place of the rule that a row is about, from 1; None where none is, or it was changed since."""
    marks = [rule_mark(rule) for rule in scenario.rules]
    return marks.index(policy.rule) + 1 if policy.rule in marks else None


def how_sure(policy: Policy, scenario: Scenario) -> HowSure:
    """Return how sure it is what a row does to gaps."""
    return HowSure.COMPUTED if number_of(policy, scenario) is not None else HowSure.SUSPECTED


def counts_by_status(scenario: Scenario) -> dict[PolicyStatus, int]:
    """Return how many rows have each status."""
    return {status: sum(1 for each in scenario.policies if each.status is status) for status in PolicyStatus}


def _row(name: str, rule: Rule, mark: str) -> Policy:
    return Policy(
        name,
        PolicyKind.RULE,
        source=rule.basis,
        purpose="",
        touches="",
        changed_by=_CHANGED_BY[rule.force],
        rule=mark,
    )
