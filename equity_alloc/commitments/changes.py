"""Changes of a scenario's commitments, one at a time. A rule of the district's own is never touched by them."""

from __future__ import annotations

import dataclasses
from typing import Any

from equity_alloc.commitment import Commitment, Drop, StepDone
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.rules.base import Rule
from equity_alloc.rules.setting import with_setting
from equity_alloc.scenario import Scenario


def is_bound_in(commitment: Commitment, scenario: Scenario) -> bool:
    """Return whether a scenario's plans must keep a commitment."""
    return commitment.test is not None and commitment.test in scenario.rules


def is_own_rule(commitment: Commitment, scenario: Scenario) -> bool:
    """Return whether a commitment binds because the district's own rules say the same."""
    adds = any(each.adds and each.test == commitment.test for each in scenario.commitments)
    return is_bound_in(commitment, scenario) and not adds


def with_commitment(scenario: Scenario, commitment: Commitment) -> Scenario:
    """Return the scenario with one more commitment."""
    return dataclasses.replace(scenario, commitments=(*scenario.commitments, commitment))


def without_commitment(scenario: Scenario, code: str) -> Scenario:
    """Return the scenario without a commitment; its test no longer binds the plan, unless something else rests on it."""
    leaving = commitment_named(scenario, code)
    left = tuple(each for each in scenario.commitments if each.code != code)
    twin = next((each for each in left if each.test is not None and each.test == leaving.test), None)
    if twin is None:
        free = released(scenario, code)
        return dataclasses.replace(free, commitments=tuple(each for each in free.commitments if each.code != code))
    if leaving.adds:
        left = tuple(dataclasses.replace(each, adds=True) if each is twin else each for each in left)
    return dataclasses.replace(scenario, commitments=left)


def with_test(scenario: Scenario, code: str, test: Rule | None) -> Scenario:
    """Return the scenario with another test of a commitment; where the old one was added to the rules, the new one is.

    Whatever else told whether it is kept no longer does.
    """
    old = commitment_named(scenario, code)
    rules, adds = scenario.rules, False
    if old.adds and old.test in rules:
        place = rules.index(old.test)
        others = (*rules[:place], *rules[place + 1 :])
        adds = test is not None and test not in others
        rules = (*rules[:place], test, *rules[place + 1 :]) if test is not None and adds else others
    changed = dataclasses.replace(old, test=test, adds=adds, step=None, gap=None)
    return dataclasses.replace(_with(scenario, code, changed), rules=rules)


def with_test_setting(scenario: Scenario, code: str, name: str, value: Any) -> Scenario:
    """Return the scenario with one setting of a commitment's test changed."""
    test: Any = commitment_named(scenario, code).test
    return with_test(scenario, code, with_setting(test, name, value))


def bound(scenario: Scenario, code: str) -> Scenario:
    """Return the scenario whose plans must keep a commitment; that it was dropped is taken back."""
    kept = with_drop(scenario, code, None)
    commitment = commitment_named(kept, code)
    if commitment.test is None or commitment.test in kept.rules:
        return kept
    added = _with(kept, code, dataclasses.replace(commitment, adds=True))
    return dataclasses.replace(added, rules=(*kept.rules, commitment.test))


def released(scenario: Scenario, code: str) -> Scenario:
    """Return the scenario whose plans need not keep a commitment; it is tested all the same.

    An equal rule that is the district's own stays, and goes on binding.
    """
    commitment = commitment_named(scenario, code)
    if commitment.test is None or commitment.test not in scenario.rules or is_own_rule(commitment, scenario):
        return scenario
    freed = tuple(
        dataclasses.replace(each, adds=False) if each.test == commitment.test else each for each in scenario.commitments
    )
    rules = list(scenario.rules)
    rules.remove(commitment.test)
    return dataclasses.replace(scenario, commitments=freed, rules=tuple(rules))


def with_drop(scenario: Scenario, code: str, drop: Drop | None) -> Scenario:
    """Return the scenario with a decision to drop a commitment, or without one.

    Raises
    ------
    InvalidValue
        If the decision does not say in a sentence what must be said so; one that was recorded before can still be read.
    """
    commitment = commitment_named(scenario, code)
    if drop is not None:
        drop.refuse_unsaid()
        drop = dataclasses.replace(drop, of=commitment.identity)
    return _with(scenario, code, dataclasses.replace(commitment, drop=drop))


def with_words(scenario: Scenario, code: str, clause: str, owner: str, priority: int, due: str) -> Scenario:
    """Return the scenario with a commitment's clause, owner, priority and year changed; its test and any decision stay.

    Raises
    ------
    InvalidValue
        If the clause is blank or too long, or the year does not go with the kind of commitment.
    """
    old = commitment_named(scenario, code)
    return _with(scenario, code, dataclasses.replace(old, clause=clause, owner=owner, priority=priority, due=due))


def with_step(scenario: Scenario, code: str, step: StepDone) -> Scenario:
    """Return the scenario with another account of the step that tells whether a commitment is kept."""
    return _with(scenario, code, dataclasses.replace(commitment_named(scenario, code), step=step))


def commitment_named(scenario: Scenario, code: str) -> Commitment:
    """Return a commitment by its code.

    Raises
    ------
    UnknownCode
        If there is none.
    """
    found = next((each for each in scenario.commitments if each.code == code), None)
    if found is None:
        raise UnknownCode(f"There is no commitment {code}. It may have been taken back.")
    return found


def _with(scenario: Scenario, code: str, changed: Commitment) -> Scenario:
    commitments = tuple(changed if each.code == code else each for each in scenario.commitments)
    return dataclasses.replace(scenario, commitments=commitments)
