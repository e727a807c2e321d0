"""The commitments command: how every promise stands in a plan, what keeping it takes, and the ledger over the years.

Exit codes: 0 nothing waits for a decision; 1 a commitment waits for one, or there is no plan; 2 the input is unusable, or the
ledger cannot be written.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from equity_alloc.cli_explain import DistrictFile, ScenarioFile, chosen
from equity_alloc.cli_terminal import say, stop, tell, write
from equity_alloc.commitments.order import tested_in_order
from equity_alloc.commitments.scoreboard import scoreboard, untested
from equity_alloc.commitments.standing import Standing, drop_words, open_business
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.domain.day import today
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.number import count_words
from equity_alloc.planning.in_turn import in_turn
from equity_alloc.planning.keeping import keeping_of
from equity_alloc.planning.keeping_words import keeping_sentences
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.ledger_rows import HEADINGS, ledger_cells, since_words
from equity_alloc.scenario import Scenario
from equity_alloc.store.ledger import Ledger, LedgerRow
from equity_alloc.store.place import open_engine

OPEN, UNUSABLE = 1, 2
#: In the place of a visitor: rows that the command line records.
COMMAND_LINE = "command line"


def commitments(
    file: DistrictFile,
    scenario: ScenarioFile = None,
    last_year: Annotated[bool, typer.Option("--last-year", help="Test last year's posts and dollars.")] = False,
    prices: Annotated[bool, typer.Option("--prices", help="Say what keeping each one takes.")] = False,
    record: Annotated[bool, typer.Option("--record", help="Add this plan to the ledger of promises.")] = False,
    ledger: Annotated[Path | None, typer.Option("--ledger", help="Write the ledger as a table (.csv).")] = None,
) -> None:
    """Test every commitment against the plan; say what is kept, broken, dropped and not testable."""
    if record and last_year:
        stop(UNUSABLE, "The ledger holds plans. Leave out --last-year, or --record.")
    try:
        district, choices = chosen(file, scenario)
        result = None if last_year else make_plan(district, choices)
        allocation = district.today if last_year else result.allocation if isinstance(result, Plan) else None
        standings = _standings(district, choices, allocation)
        _list(standings, district, choices, prices=prices)
        if record and isinstance(result, Plan):
            _record(result, standings)
        if ledger is not None:
            _write_ledger(ledger, district, choices)
    except (EquityAllocError, OSError) as error:
        stop(UNUSABLE, str(error))
    if allocation is None and result is not None and not isinstance(result, Plan):
        stop(OPEN, f"There is no plan to test. {result.words} With --last-year, last year is tested.")
    undecided = open_business(standings)
    for sentence in undecided:
        tell(sentence)
    if undecided:
        raise typer.Exit(OPEN)


def _standings(district: District, choices: Scenario, allocation: Allocation | None) -> tuple[Standing, ...]:
    return untested(district, choices) if allocation is None else scoreboard(district, choices, allocation)


def _list(standings: tuple[Standing, ...], district: District, choices: Scenario, *, prices: bool) -> None:
    if not standings:
        say("There are no commitments. Add the sheet Commitments; the template has it.")
    for each in standings:
        say(f"{each.commitment.code}  {each.state.value}  {each.commitment.clause}")
        say(f"    {each.words}")
        if each.shortfall is not None:
            say(f"    {each.shortfall.words}")
        if each.commitment.drop is not None:
            say(f"    {drop_words(each.commitment)}")
        if prices and each.commitment.test is not None:
            say("    What keeping it takes:")
            for sentence in keeping_sentences(keeping_of(district, choices, each.commitment.test), district):
                say(f"      {sentence}")
    if prices:
        _list_turns(district, choices)


def _list_turns(district: District, choices: Scenario) -> None:
    ordered = tested_in_order(choices)
    turns = in_turn(district, choices, [test for _, test in ordered])
    if not turns:
        return
    say("If promises came one after the other, law first, then by priority:")
    for place, ((commitment, _), turn) in enumerate(zip(ordered, turns, strict=True), start=1):
        kept = "kept" if turn.is_kept else f"not kept. {turn.nearest}".strip()
        say(f"  {place}. {commitment.code} (priority {commitment.priority}): {kept}")


def _record(made: Plan, standings: tuple[Standing, ...]) -> None:
    rows = [LedgerRow(**cells) for cells in ledger_cells(made, standings, today())]
    new = Ledger(open_engine()).add(COMMAND_LINE, rows)
    others = "" if new == len(rows) else f" {len(rows) - new} stand there already."
    say(f"{new} of {len(rows)} rows were added to the ledger.{others}")


def _write_ledger(path: Path, district: District, choices: Scenario) -> None:
    rows = Ledger(open_engine()).rows(COMMAND_LINE, district.name)
    lines = [
        (
            row.year,
            row.plan,
            row.code,
            row.clause,
            row.state,
            row.found,
            row.short,
            row.decided,
            row.recorded,
            since_words(row.code, row.identity, choices.commitments),
            row.plan_digest,
        )
        for row in rows
    ]
    write(path, csv_bytes(HEADINGS, lines), option="--ledger")
    say(
        f"{count_words(len(lines), 'row')} of {district.name} written to {path}. INTERNAL: what tests found may tell small counts."
    )
