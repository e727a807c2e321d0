"""What a scenario may be called: a name stands for the very choices that were kept under it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.rules.usual import rests_on_usual
from equity_alloc.scenario import Scenario

CHANGED = ", changed"
LONGEST = 80


def true_name(scenario: Scenario, kept: Iterable[Scenario]) -> Scenario:
    """Return the scenario under a name that does not promise other choices than it has.

    Parameters
    ----------
    scenario : Scenario
    kept : iterable of Scenario
        The district's own and the saved ones, whose names are taken.

    Returns
    -------
    Scenario
        Named as the kept one if it has its choices again; marked as changed if it has its name and other choices.

    Examples
    --------
    >>> first = Scenario("First")
    >>> changed = true_name(dataclasses.replace(first, tolerance=900), [first])
    >>> changed.name
    'First, changed'
    >>> true_name(dataclasses.replace(changed, tolerance=500), [first]).name
    'First'
    """
    known = tuple(kept)
    if scenario in known:
        return scenario
    again = dataclasses.replace(scenario, name=scenario.name.removesuffix(CHANGED))
    if again in known:
        return again
    if all(other.name != scenario.name for other in known):
        return scenario
    return dataclasses.replace(scenario, name=f"{scenario.name[: LONGEST - len(CHANGED)]}{CHANGED}")


def checked_name(name: str, scenario: Scenario, kept: Iterable[Scenario]) -> str:
    """Return a name without blanks around it, if the scenario may bear it.

    Raises
    ------
    InvalidValue
        If the name is blank, too long, or stands for other choices.
    """
    name = name.strip()
    if not name or len(name) > LONGEST:
        raise InvalidValue(f"Give the scenario a name of 1 to {LONGEST} characters.")
    if any(other.name == name and other != dataclasses.replace(scenario, name=name) for other in kept):
        raise InvalidValue(f"{name} is the name of a scenario with other choices. Give this one another name.")
    return name


def free_name(name: str, kept: Sequence[Scenario]) -> str:
    """Return a name for a copy that no kept scenario has.

    Examples
    --------
    >>> free_name("First", [Scenario("First (copy)")])
    'First (copy 2)'
    """
    taken = {scenario.name for scenario in kept}
    endings = (" (copy)", *(f" (copy {number})" for number in range(2, len(taken) + 3)))
    names = (f"{name[: LONGEST - len(ending)]}{ending}" for ending in endings)
    return next(each for each in names if each not in taken)


def saved_before(scenario: Scenario, saved: Iterable[Scenario]) -> Scenario | None:
    """Return the saved scenario that this one was made from by changes, None where there is none."""
    if not scenario.name.endswith(CHANGED):
        return None
    return next((other for other in saved if f"{other.name}{CHANGED}" == scenario.name), None)


def own_words(own: Scenario, district: District) -> str:
    """Return what is said of the scenario that a district brought; where it brought no rules, the usual ones stand in.

    Parameters
    ----------
    own : Scenario
    district : District
    """
    return "the usual rules for a first plan" if rests_on_usual(own.rules, district) else "the district's own scenario"


def standing(scenario: Scenario, own: Scenario, saved: Sequence[Scenario], district: District) -> str:
    """Return in a few words whether a scenario is kept, and what it was made from.

    Parameters
    ----------
    scenario : Scenario
    own : Scenario
        What the district brought; where it brought no rules, the usual ones stand in.
    saved : sequence of Scenario
    district : District
    """
    is_usual = rests_on_usual(own.rules, district)
    whose = "the usual rules for a first plan" if is_usual else "the district's own choices"
    if scenario in saved:
        return f"{whose}, saved" if scenario == own else "saved"
    if scenario == own:
        return f"{whose}, which nobody is known to have adopted" if is_usual else whose
    origin = saved_before(scenario, saved)
    if origin is not None:
        return f"changed since {origin.name} was saved"
    if scenario.name == f"{own.name}{CHANGED}":
        return f"changed from {whose}, not saved"
    return "not saved"
