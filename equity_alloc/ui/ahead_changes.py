"""Changes of what is assumed about the years ahead: each returns a new scenario and leaves the old one as it was."""

from __future__ import annotations

import dataclasses
from typing import Any

from equity_alloc.domain.ahead import Assumption
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.rules.phased import phased_rules
from equity_alloc.scenario import Scenario


def with_assumption(scenario: Scenario, place: int, **values: Any) -> Scenario:
    """Return the scenario with some values of one assumption changed."""
    ahead = list(scenario.ahead)
    ahead[place] = dataclasses.replace(ahead[place], **values)
    return _checked(scenario, tuple(ahead))


def with_new_assumption(scenario: Scenario, assumption: Assumption) -> Scenario:
    """Return the scenario with one assumption more.

    Raises
    ------
    InvalidValue
        If the same is assumed already.
    """
    if assumption.key in {known.key for known in scenario.ahead}:
        raise InvalidValue(f"{assumption.label} is assumed already. Change it in its place below.")
    return _checked(scenario, (*scenario.ahead, assumption))


def without_assumption(scenario: Scenario, place: int) -> Scenario:
    """Return the scenario without one assumption."""
    return dataclasses.replace(scenario, ahead=(*scenario.ahead[:place], *scenario.ahead[place + 1 :]))


def _checked(scenario: Scenario, ahead: tuple[Assumption, ...]) -> Scenario:
    phased_rules(scenario.rules, ahead)
    return dataclasses.replace(scenario, ahead=ahead)
