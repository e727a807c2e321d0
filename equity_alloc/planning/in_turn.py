"""Rules kept one after the other: each as far as those before it leave room, none before a stronger one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equity_alloc.domain.district import District
from equity_alloc.planning.possibility import Possibility
from equity_alloc.planning.repairs import changed_rule, smallest_change
from equity_alloc.rules.base import Rule
from equity_alloc.rules.formula_entitlement import FormulaEntitlement
from equity_alloc.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Turn:
    """One rule in its turn.

    Parameters
    ----------
    rule : Rule
    is_kept : bool
        With the rules that hold anyway and all before it.
    nearest : str
        Where not: the change of one of its own numbers with which it can be kept, and with which the next ones are
        judged; blank where there is none.
    """

    rule: Rule
    is_kept: bool
    nearest: str


def in_turn(district: District, scenario: Scenario, tests: Sequence[Rule]) -> tuple[Turn, ...] | None:
    """Return what is kept where some rules come one after the other, beside all other rules of a scenario.

    A rule that cannot be kept is loosened no further than needed, and the next one is judged beside it. Judged in
    dollars and fractions of posts.

    Parameters
    ----------
    district : District
    scenario : Scenario
    tests : sequence of Rule
        In the order in which they come; those that the scenario has already are taken out of it first.

    Returns
    -------
    tuple of Turn or None
        None where not even the other rules can be kept.
    """
    possibility = Possibility(scenario.view(district))
    held: list[Rule] = [rule for rule in scenario.rules if rule not in tests]
    if not possibility.is_kept(held):
        return None
    turns = []
    for test in tests:
        if possibility.is_kept([*held, test]):
            held.append(test)
            turns.append(Turn(test, True, ""))
            continue
        change = smallest_change(possibility, held, test, 1)
        if change is not None and not isinstance(test, FormulaEntitlement):
            held.append(changed_rule(test, change))
        turns.append(Turn(test, False, "" if change is None else change.words))
    return tuple(turns)
