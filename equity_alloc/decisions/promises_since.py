"""Promises that were edited after a decision was made in their light."""

from __future__ import annotations

from equity_alloc.decisions.decision import Decision
from equity_alloc.scenario import Scenario


def changed_since(decision: Decision, scenario: Scenario) -> tuple[str, ...]:
    """Return one sentence for each promise that a decision names and that now reads otherwise or is off the list."""
    now = {each.code: each.clause for each in scenario.commitments}
    found = []
    for promise in decision.promises:
        if promise.code not in now:
            found.append(f"Commitment {promise.code} changed after the decision: it is off the list.")
        elif now[promise.code] != promise.clause:
            found.append(f"Commitment {promise.code} changed after the decision: it read \u201c{promise.clause}\u201d.")
    return tuple(found)
