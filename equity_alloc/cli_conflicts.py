"""The conflicts command: which rules cannot be kept together, and the ways out.

Exit codes: 0 all rules can be kept together; 1 they cannot; 2 the input is unusable.
"""

from __future__ import annotations

from typing import Annotated

import typer

from equity_alloc.cli_explain import DistrictFile, ScenarioFile, chosen
from equity_alloc.cli_terminal import say, stop
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.conflict_words import (
    HOW_TO_READ,
    choice_words,
    headline,
    how_sure,
    proof_words,
    repair_words,
    rule_name,
    settled_words,
)
from equity_alloc.planning.conflicts import Conflicts, find_conflicts
from equity_alloc.planning.keepable import MOST_QUESTIONS
from equity_alloc.planning.ways_out import MOST_WAYS, changes_of_sets, changes_within, ways_out

TOGETHER, CONFLICT, UNUSABLE = 0, 1, 2


def conflicts(
    file: DistrictFile,
    scenario: ScenarioFile = None,
    most_questions: Annotated[
        int, typer.Option("--most-questions", min=1, help="Stop after trying so many sets of rules, and say so.")
    ] = MOST_QUESTIONS,
    most_ways: Annotated[int, typer.Option("--most-ways", min=1, help="So many ways out at most.")] = MOST_WAYS,
) -> None:
    """Say which rules cannot be kept together, what can be kept, and the smallest changes that would do."""
    district, choices = chosen(file, scenario)
    try:
        found = find_conflicts(district, choices, most_questions=most_questions)
        say(headline(found))
        if found.all_hold:
            return
        _list_conflicts(found)
        _list_ways(found, most_ways)
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    raise typer.Exit(CONFLICT)


def _list_conflicts(found: Conflicts) -> None:
    for number in found.alone:
        say(f"Cannot be kept even alone: {rule_name(found, number)}.")
        say(f"  {found.rule(number).explain(found.scenario.apply(found.district))}")
        for change in changes_within(found, (number,)):
            say(f"  Alone it could be kept so: {change.words}")
    if found.conflicts:
        say(f"Cannot be kept together. {HOW_TO_READ}")
    changes = changes_of_sets(found)
    for place, numbers in enumerate(found.conflicts, start=1):
        say(f"  {place}. " + "; ".join(rule_name(found, number) for number in numbers))
        for change in changes[place - 1] if place <= len(changes) else ():
            say(f"     {settled_words(change)}")
    if found.choices:
        say("Can be kept together, as much as there is:")
    for place, choice in enumerate(found.choices, start=1):
        say(f"  {place}. {choice_words(found, choice)}")
    say(how_sure(found))


def _list_ways(found: Conflicts, most: int) -> None:
    ways = ways_out(found, most=most)
    if not ways:
        say("No way out was found that leads to a certified plan. Loosen two rules, or find money, and look again.")
        return
    say("Ways out, those that loosen the weakest authority first:")
    for place, way in enumerate(ways, start=1):
        first, *others = repair_words(way.repair)
        say(f"  {place}. {first}")
        for sentence in others:
            say(f"     {sentence}")
        say(f"     {proof_words(way)}")
