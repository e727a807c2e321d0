"""Changes of a scenario's causes, one at a time."""

from __future__ import annotations

import dataclasses

from equity_alloc.domain.cause import Cause
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.scenario import Scenario


def with_cause(scenario: Scenario, cause: Cause) -> Scenario:
    """Return the scenario with one more cause.

    Raises
    ------
    InvalidValue
        If its code is taken.
    """
    if cause.code in {each.code for each in scenario.actions.causes}:
        raise InvalidValue(f"There is a cause {cause.code} already. Give this one another code.")
    return _with(scenario, (*scenario.actions.causes, cause))


def with_changed(scenario: Scenario, code: str, **words: object) -> Scenario:
    """Return the scenario with words of one cause changed.

    Raises
    ------
    InvalidValue
        If its status claims more than there is.
    """
    causes = tuple(
        dataclasses.replace(each, **words) if each.code == code else each  # type: ignore[arg-type]
        for each in scenario.actions.causes
    )
    return _with(scenario, causes)


def without_cause(scenario: Scenario, code: str) -> Scenario:
    """Return the scenario without a cause; what was bought behind it goes too."""
    return _with(scenario, tuple(each for each in scenario.actions.causes if each.code != code))


def _with(scenario: Scenario, causes: tuple[Cause, ...]) -> Scenario:
    return dataclasses.replace(scenario, actions=dataclasses.replace(scenario.actions, causes=causes))
