"""In which order promises come: law first, then by priority, then as they stand in the list."""

from __future__ import annotations

from equity_alloc.commitment import Commitment, Kind
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import Scenario


def tested_in_order(scenario: Scenario) -> tuple[tuple[Commitment, Rule], ...]:
    """Return the commitments of which a rule is the test, each with it, in the order in which they come."""
    ordered = sorted(scenario.commitments, key=lambda each: (each.kind is not Kind.LAW, each.priority))
    return tuple((each, each.test) for each in ordered if each.test is not None)
