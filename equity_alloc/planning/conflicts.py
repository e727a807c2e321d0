"""All that cannot be kept together in a scenario: rules that fail alone, every smallest conflict, every largest choice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from equity_alloc.domain.district import District
from equity_alloc.planning.keepable import MOST_QUESTIONS, Keepable, find_keepable
from equity_alloc.planning.possibility import Possibility
from equity_alloc.rules.base import Force, Rule
from equity_alloc.scenario import Scenario
from equity_alloc.solver.status import Status

#: So many of the largest choices are tried in whole steps; each is a search of its own.
TRIED_WHOLE = 12

#: Where sets are judged in whole steps, each question is a search of its own, so that fewer are asked.
MOST_IN_STEPS = 300


class Whole(StrEnum):
    """Whether a set of rules can be kept with posts in their own steps, and not only in fractions of posts."""

    YES = "in whole steps of posts"
    NO = "only in fractions of posts"
    UNKNOWN = "in fractions of posts; in whole steps not decided"


@dataclass(frozen=True, slots=True)
class Choice:
    """A largest set of rules that can be kept together.

    Parameters
    ----------
    kept, given_up : tuple of int
        Places in the scenario, from 1, weakest force first.
    whole : Whole
    """

    kept: tuple[int, ...]
    given_up: tuple[int, ...]
    whole: Whole


@dataclass(frozen=True)
class Conflicts:
    """What can and what cannot be kept together. Rules that always hold are not up for choice and never named.

    Parameters
    ----------
    district : District
    scenario : Scenario
    rules : tuple of int
        Places in the scenario, from 1, of the rules up for choice, weakest force first.
    alone : tuple of int
        Rules that cannot be kept even alone.
    conflicts : tuple of tuple of int
        Smallest sets of two or more that cannot be kept together.
    choices : tuple of Choice
        Largest sets that can, those that give up the weakest and fewest rules first.
    all_hold : bool
        Nothing stands in the way of keeping every rule, as far as anything is proven.
    in_steps : bool
        Fractions of posts would do; it is the whole steps of posts that cannot be met.
    nothing_holds : bool
        Not even the rules that always hold can be kept, whatever else is given up.
    is_complete : bool
        Whether these are all; otherwise more may exist, because the search stops after a stated number of questions.
    questions : int
    undecided : int
        Sets for which neither a plan nor a proof was found; they count as possible.
    """

    district: District
    scenario: Scenario
    rules: tuple[int, ...]
    alone: tuple[int, ...]
    conflicts: tuple[tuple[int, ...], ...]
    choices: tuple[Choice, ...]
    all_hold: bool
    in_steps: bool
    nothing_holds: bool
    is_complete: bool
    questions: int
    undecided: int

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What each rule of the scenario is called here."""
        return self.scenario.view(self.district).titles

    def rule(self, number: int) -> Rule:
        """Return a rule by its place."""
        return self.scenario.rules[number - 1]


def find_conflicts(
    district: District, scenario: Scenario, *, most_questions: int = MOST_QUESTIONS, whole: bool = True
) -> Conflicts:
    """Return what can and what cannot be kept together.

    Sets are judged in dollars and fractions of posts. Only where all rules could be kept like that, and whole steps of
    posts are what fails, are they judged in whole steps; the answer says so.

    Parameters
    ----------
    district : District
    scenario : Scenario
    most_questions : int
        After so many the search stops, and the answer says so.
    whole : bool
        Try the largest choices in whole steps too.

    Returns
    -------
    Conflicts

    Raises
    ------
    EquityAllocError
        If a rule names what the district does not have, or asks for a count that is unknown.
    """
    view = scenario.view(district)
    numbers = by_strength(scenario)
    always = [rule for rule in scenario.rules if rule.always]
    rules = [scenario.rules[number - 1] for number in numbers]
    possibility = Possibility(view)
    fractions_do = possibility.can_hold([*always, *rules])
    in_steps = fractions_do and possibility.status([*always, *rules], in_steps=True) is Status.INFEASIBLE
    if fractions_do and not in_steps:
        found = Keepable((), (tuple(range(len(rules))),), is_complete=True, questions=2)
    else:
        possibility = Possibility(view, in_steps=in_steps)
        found = find_keepable(
            len(rules),
            lambda members: possibility.can_hold([*always, *(rules[k] for k in members)]),
            most_questions=min(most_questions, MOST_IN_STEPS) if in_steps else most_questions,
        )
    named = [tuple(numbers[k] for k in members) for members in found.conflicts]
    choices = [_choice(numbers, members) for members in found.keepable]
    choices.sort(key=lambda choice: _loss(scenario, choice))
    return Conflicts(
        district,
        scenario,
        tuple(numbers),
        tuple(members[0] for members in named if len(members) == 1),
        tuple(members for members in named if len(members) > 1),
        tuple(
            Choice(each.kept, each.given_up, _whole(possibility, scenario, each, tries=whole and k < TRIED_WHOLE))
            for k, each in enumerate(choices)
        ),
        fractions_do and not in_steps,
        in_steps,
        () in named,
        found.is_complete,
        found.questions,
        possibility.undecided,
    )


def by_strength(scenario: Scenario) -> list[int]:
    """Return the places of the rules that are up for choice, from 1, weakest force first."""
    numbered = [(number, rule) for number, rule in enumerate(scenario.rules, start=1) if not rule.always]
    return [number for number, rule in sorted(numbered, key=lambda each: (each[1].force.strength, each[0]))]


def touches_law(scenario: Scenario, numbers: tuple[int, ...]) -> bool:
    """Whether a law is among these rules."""
    return any(scenario.rules[number - 1].force is Force.LAW for number in numbers)


def _choice(numbers: list[int], members: tuple[int, ...]) -> Choice:
    kept = set(members)
    return Choice(
        tuple(numbers[k] for k in members),
        tuple(number for k, number in enumerate(numbers) if k not in kept),
        Whole.UNKNOWN,
    )


def _loss(scenario: Scenario, choice: Choice) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return by what choices are ordered: the strengths of the rules given up, the strongest first, then which."""
    strengths = sorted((scenario.rules[number - 1].force.strength for number in choice.given_up), reverse=True)
    return tuple(strengths), choice.given_up


def _whole(possibility: Possibility, scenario: Scenario, choice: Choice, *, tries: bool) -> Whole:
    """Return whether a choice can be kept in whole steps; one search, unless it was asked like that already."""
    if possibility.in_steps and not possibility.undecided:
        return Whole.YES
    if not tries:
        return Whole.UNKNOWN
    always = [rule for rule in scenario.rules if rule.always]
    status = possibility.status([*always, *(scenario.rules[n - 1] for n in choice.kept)], in_steps=True)
    return {Status.OPTIMAL: Whole.YES, Status.INFEASIBLE: Whole.NO}.get(status, Whole.UNKNOWN)
