"""Ways out of what cannot be kept together, weakest force first, each proven by the plan that it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.conflicts import TRIED_WHOLE, Choice, Conflicts, Whole, touches_law
from equity_alloc.planning.plan import Plan, Repair
from equity_alloc.planning.possibility import Possibility
from equity_alloc.planning.repaired import repaired
from equity_alloc.planning.repairs import (
    changed_rule,
    leave_out,
    loosened_further,
    missing_money,
    money_repair,
    smallest_change,
)
from equity_alloc.planning.search import plan
from equity_alloc.rules.base import Rule
from equity_alloc.rules.formula_entitlement import FormulaEntitlement

#: So many ways are offered: more than these nobody weighs against each other.
MOST_WAYS = 6

#: Beside so many sets the single changes that would settle them are shown; in whole steps each is a search of its own.
CHANGED, CHANGED_IN_STEPS = 12, 2

#: Where several rules give way, they go to the ends of their ranges in so many parts.
PARTS = 64


@dataclass(frozen=True)
class Way:
    """One way out and the certified plan of the scenario that it makes.

    Parameters
    ----------
    repair : Repair
    plan : Plan
    """

    repair: Repair
    plan: Plan


def ways_out(conflicts: Conflicts, *, most: int = MOST_WAYS) -> tuple[Way, ...]:
    """Return ways out of all conflicts at once, those that loosen the weakest and fewest rules first; money last.

    Each largest choice says which rules to loosen. Of these the strongest is loosened first and so the least, by one of
    its numbers as far as needed; a rule without such a number is left out. A law is loosened only where nothing else
    would do. A way is offered only where the changed scenario was planned and its plan passed the auditor.

    Parameters
    ----------
    conflicts : Conflicts
    most : int

    Returns
    -------
    tuple of Way
    """
    view = conflicts.scenario.view(conflicts.district)
    money = money_repair(view, missing_money(view, conflicts.scenario.rules))
    paid = _proven(conflicts, money) if money is not None else None
    usable = [choice for choice in conflicts.choices if choice.given_up and choice.whole is not Whole.NO]
    lawful = [choice for choice in usable if not touches_law(conflicts.scenario, choice.given_up)]
    wanted = max(1, most - (paid is not None))
    found = _first_proven(conflicts, lawful, wanted)
    if not found and paid is None:
        found = _first_proven(conflicts, [choice for choice in usable if choice not in lawful], wanted)
    return tuple(found if paid is None else [*found, paid][:most])


def changes_within(conflicts: Conflicts, numbers: tuple[int, ...]) -> tuple[Repair, ...]:
    """Return the smallest single changes after which a set of rules could be kept together, if it stood alone.

    These do not settle the other conflicts; they say how far apart the rules of this one are.

    Parameters
    ----------
    conflicts : Conflicts
    numbers : tuple of int
        Rules that cannot be kept together, or one that cannot be kept alone.
    """
    scenario = conflicts.scenario
    view = scenario.view(conflicts.district)
    possibility = Possibility(view, in_steps=conflicts.in_steps)
    always = [rule for rule in scenario.rules if rule.always]
    found: list[Repair | None] = []
    for number in numbers:
        others = [*always, *(scenario.rules[n - 1] for n in numbers if n != number)]
        found.append(smallest_change(possibility, others, scenario.rules[number - 1], number))
    rules = [*always, *(scenario.rules[n - 1] for n in numbers)]
    found.append(None if conflicts.in_steps else money_repair(view, missing_money(view, rules)))
    return tuple(repair for repair in found if repair is not None)


def changes_of_sets(conflicts: Conflicts) -> tuple[tuple[Repair, ...], ...]:
    """Return for the first sets that cannot be kept together the single changes that would settle each of them.

    Parameters
    ----------
    conflicts : Conflicts

    Returns
    -------
    tuple of tuple of Repair
        One for each of the first `CHANGED` sets, or `CHANGED_IN_STEPS` where sets are judged in whole steps.
    """
    most = CHANGED_IN_STEPS if conflicts.in_steps else CHANGED
    return tuple(changes_within(conflicts, numbers) for numbers in conflicts.conflicts[:most])


def _first_proven(conflicts: Conflicts, choices: list[Choice], wanted: int) -> list[Way]:
    """Return so many ways of the first choices that lead to one; a choice that leads to none does not take a place."""
    found: list[Way] = []
    for choice in choices[:TRIED_WHOLE]:
        way = _proven(conflicts, _loosened(conflicts, choice)) or _proven(conflicts, _left_out(conflicts, choice))
        if way is not None:
            found.append(way)
        if len(found) == wanted:
            break
    return found


def _loosened(conflicts: Conflicts, choice: Choice) -> Repair:
    """Return the changes of a choice: what is given up is loosened no further than needed.

    Where several rules give way, each is first loosened as if the others were left out, then all go the same part of
    the way to the ends of their ranges until they can be kept together, and at last each is tightened again as far as
    it can be, the strongest first.
    """
    scenario = conflicts.scenario
    possibility = Possibility(scenario.view(conflicts.district), in_steps=conflicts.in_steps)
    held = [rule for rule in scenario.rules if rule.always] + [scenario.rules[n - 1] for n in choice.kept]
    changes = {n: smallest_change(possibility, held, scenario.rules[n - 1], n) for n in choice.given_up}
    usable = {n: change for n, change in changes.items() if change is not None}
    numbered = {n: change for n, change in usable.items() if not isinstance(conflicts.rule(n), FormulaEntitlement)}
    if len(numbered) > 1:
        usable |= _balanced(conflicts, possibility, held, numbered)
    return _together([usable.get(n) or leave_out(conflicts.titles[n - 1], n) for n in choice.given_up])


def _balanced(
    conflicts: Conflicts, possibility: Possibility, held: list[Rule], changes: dict[int, Repair]
) -> dict[int, Repair]:
    """Return changes of several rules, weakest first, that can be kept together; as given where none can."""

    def loosened(part: int) -> dict[int, Rule]:
        share = Decimal(part) / PARTS
        return {n: loosened_further(conflicts.rule(n), change, share) for n, change in changes.items()}

    if not possibility.is_kept([*held, *loosened(PARTS).values()]):
        return changes
    low, high = -1, PARTS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if possibility.is_kept([*held, *loosened(middle).values()]) else (middle, high)
    rules = loosened(high)
    found = {}
    for n in reversed(list(changes)):
        others = [*held, *(rule for other, rule in rules.items() if other != n)]
        change = smallest_change(possibility, others, conflicts.rule(n), n)
        if change is None:
            return changes
        found[n], rules[n] = change, changed_rule(conflicts.rule(n), change)
    return found


def _left_out(conflicts: Conflicts, choice: Choice) -> Repair:
    return _together([leave_out(conflicts.titles[number - 1], number) for number in choice.given_up])


def _together(changes: list[Repair]) -> Repair:
    first, *others = changes
    return Repair(first.words, first.rule_number, first.setting, first.value, tuple(others))


def _proven(conflicts: Conflicts, repair: Repair) -> Way | None:
    """Return the way with the plan it leads to, or None where none was found."""
    try:
        result = plan(conflicts.district, repaired(conflicts.scenario, conflicts.district, repair))
    except EquityAllocError:
        return None
    return Way(repair, result) if isinstance(result, Plan) and not result.certificate.breaches else None
