"""The commitments command: how every promise stands in a plan.

Exit codes: 0 nothing waits for a decision; 1 a commitment is broken and nobody decided to drop it, or there is no plan; 2 the
input is unusable.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from equity_alloc.cli_explain import DistrictFile, ScenarioFile, chosen
from equity_alloc.commitments.scoreboard import drop_words, open_business, scoreboard
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan

OPEN, UNUSABLE = 1, 2


def commitments(
    file: DistrictFile,
    scenario: ScenarioFile = None,
    last_year: Annotated[bool, typer.Option("--last-year", help="Test last year's posts and dollars.")] = False,
) -> None:
    """Test every commitment against the plan; say what is kept, broken, dropped and not testable."""
    try:
        district, choices = chosen(file, scenario)
        if last_year:
            allocation = district.today
        else:
            result = make_plan(district, choices)
            if not isinstance(result, Plan):
                sys.stderr.write(f"There is no plan to test. {result.words} With --last-year, last year is tested.\n")
                raise typer.Exit(OPEN)
            allocation = result.allocation
        standings = scoreboard(district, choices, allocation)
    except EquityAllocError as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(UNUSABLE) from error
    if not standings:
        _say("There are no commitments. Add the sheet Commitments; the template has it.")
    for each in standings:
        _say(f"{each.commitment.code}  {each.state.value}  {each.commitment.clause}")
        _say(f"    {each.words}")
        if each.commitment.drop is not None:
            _say(f"    {drop_words(each.commitment)}")
    undecided = open_business(standings)
    for sentence in undecided:
        sys.stderr.write(f"{sentence}\n")
    if undecided:
        raise typer.Exit(OPEN)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
