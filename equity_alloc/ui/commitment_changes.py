"""Changes of a scenario's commitments, one at a time."""

from __future__ import annotations

import dataclasses
from typing import Any

from equity_alloc.catalogue import rule_class
from equity_alloc.commitment import Commitment, Drop
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.rules.base import Force, Rule
from equity_alloc.rules.setting import settings_of
from equity_alloc.scenario import Scenario
from equity_alloc.ui.changes import with_new_rule


def with_commitment(scenario: Scenario, commitment: Commitment) -> Scenario:
    """Return the scenario with one more commitment."""
    return dataclasses.replace(scenario, commitments=(*scenario.commitments, commitment))


def without_commitment(scenario: Scenario, code: str) -> Scenario:
    """Return the scenario without a commitment; its test no longer binds the plan, unless another one rests on it."""
    test = _named(scenario, code).test
    is_shared = any(each.test == test for each in scenario.commitments if each.code != code)
    free = scenario if is_shared else released(scenario, code)
    return dataclasses.replace(free, commitments=tuple(each for each in free.commitments if each.code != code))


def new_test(scenario: Scenario, code: str, district: District) -> Rule | None:
    """Return a rule of a kind as a test, its settings at their defaults; None for the blank code.

    Its authority is a promise where the kind of rule leaves that open.
    """
    if not code:
        return None
    rule: Any = with_new_rule(scenario, code, district).rules[-1]
    if "force" in settings_of(rule_class(code)):
        rule = dataclasses.replace(rule, force=Force.PROMISE)
    made: Rule = rule
    return made


def with_test(scenario: Scenario, code: str, test: Rule | None) -> Scenario:
    """Return the scenario with another test of a commitment; where the old one bound the plan, the new one does."""
    old = _named(scenario, code)
    commitments = tuple(dataclasses.replace(c, test=test) if c.code == code else c for c in scenario.commitments)
    rules = scenario.rules
    if old.test is not None and old.test in rules:
        place = rules.index(old.test)
        rules = (*rules[:place], *(() if test is None else (test,)), *rules[place + 1 :])
    return dataclasses.replace(scenario, commitments=commitments, rules=rules)


def with_test_setting(scenario: Scenario, code: str, name: str, value: Any) -> Scenario:
    """Return the scenario with one setting of a commitment's test changed."""
    test: Any = _named(scenario, code).test
    return with_test(scenario, code, dataclasses.replace(test, **{name: value}))


def bound(scenario: Scenario, code: str) -> Scenario:
    """Return the scenario whose plans must keep a commitment; that it was dropped is taken back."""
    test = _named(scenario, code).test
    kept = with_drop(scenario, code, None)
    if test is None or test in kept.rules:
        return kept
    return dataclasses.replace(kept, rules=(*kept.rules, test))


def released(scenario: Scenario, code: str) -> Scenario:
    """Return the scenario whose plans need not keep a commitment; it is tested all the same."""
    test = _named(scenario, code).test
    return dataclasses.replace(scenario, rules=tuple(rule for rule in scenario.rules if rule != test))


def with_drop(scenario: Scenario, code: str, drop: Drop | None) -> Scenario:
    """Return the scenario with a decision to drop a commitment, or without one."""
    commitments = tuple(dataclasses.replace(c, drop=drop) if c.code == code else c for c in scenario.commitments)
    return dataclasses.replace(scenario, commitments=commitments)


def _named(scenario: Scenario, code: str) -> Commitment:
    found = next((each for each in scenario.commitments if each.code == code), None)
    if found is None:
        raise UnknownCode(f"There is no commitment {code}. It may have been taken back.")
    return found
