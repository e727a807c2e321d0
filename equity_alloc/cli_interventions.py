"""The interventions command: what is bought where behind which cause, how sure that is, and when to stop.

Exit codes: 0 the choice was made, also where nothing can be bought; 1 with --check: something in the table is broken; 2 the input
is unusable.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from equity_alloc.actions.bought_table import read_bought
from equity_alloc.actions.certify import certify_choice
from equity_alloc.actions.choice import Choice
from equity_alloc.actions.choose import Chosen, choose
from equity_alloc.actions.draws import DRAWS, likely, ranked
from equity_alloc.actions.menu import Refusal
from equity_alloc.actions.settings import Basis, Settings, usual
from equity_alloc.actions.trace import PARTS_OF_TRACE, Trace, gain_words, span_words, traces
from equity_alloc.cli_explain import DistrictFile, ScenarioFile, chosen
from equity_alloc.cli_terminal import say, stop, write
from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_percent
from equity_alloc.reports.action_rows import catalog_rows, trace_rows
from equity_alloc.scenario import Scenario

BROKEN, UNUSABLE = 1, 2


def interventions(
    file: DistrictFile,
    scenario: ScenarioFile = None,
    effect: Annotated[
        Basis | None, typer.Option("--effect", help=f"Which end of the ranges counts; default: {Basis.CAUTIOUS.value}.")
    ] = None,
    no_limits: Annotated[
        bool,
        typer.Option("--no-limits", help="Without limits for one intervention and one pupil: to see what they do."),
    ] = False,
    catalog: Annotated[
        bool, typer.Option("--catalog", help="List the catalog with sources, and choose nothing.")
    ] = False,
    check: Annotated[
        Path | None,
        typer.Option("--check", help="Check a table written with -o, also after changes, without a solver."),
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The same as a table (.csv).")] = None,
) -> None:
    """Choose interventions behind named causes within the money set aside, and trace each from gap to stop rule."""
    if check is not None and (catalog or output is not None):
        stop(UNUSABLE, "--check reads a table and writes none. Leave out --catalog and -o, or --check.")
    if catalog and (effect is not None or no_limits):
        stop(UNUSABLE, "--catalog chooses nothing, so --effect and --no-limits have nothing to act on. Leave them out.")
    settings = usual(effect or Basis.CAUTIOUS, has_caps=not no_limits)
    try:
        district, choices = chosen(file, scenario)
        if check is not None:
            _check(district, choices, check, settings)
            return
        if catalog:
            headings, rows = catalog_rows(choices.actions)
            for row in rows:
                say("  ".join(f"{heading}: {cell}" for heading, cell in zip(headings, row, strict=True) if cell))
        else:
            found = choose(district, choices, settings)
            told = traces(district, found)
            headings, rows = trace_rows(told)
            _tell(district, found, told)
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    if output is not None:
        _write(output, csv_bytes(headings, rows), is_internal=not catalog)


def _check(district: District, choices: Scenario, table: Path, settings: Settings) -> None:
    """Check a table of chosen interventions as it stands, and end with 1 where something is broken."""
    try:
        bought = read_bought(table.read_text(encoding="utf-8-sig"))
    except OSError as error:
        stop(UNUSABLE, f"{table} cannot be read: {error.strerror}. Check the path and that you may open the file.")
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1} is no text in UTF-8"
        stop(UNUSABLE, f"{table} cannot be read: {place}. Save it as CSV in UTF-8, as -o writes it.")
    reports = certify_choice(district, choices, Choice(settings, bought, (), False, 0.0, ""))
    for report in reports:
        say(f"{'kept' if report.is_kept else 'BROKEN'}  {report.title}: {report.words}")
    if not all(report.is_kept for report in reports):
        raise typer.Exit(BROKEN)


def _tell(district: District, found: Chosen, told: tuple[Trace, ...]) -> None:
    for standing in found.menu.standings:
        mark = "money can follow" if standing.opens else "no money"
        say(f"{standing.cause.code}  {mark}  {standing.cause.indicator}, {standing.cause.group}: {standing.words}")
    if not found.menu.standings:
        say(
            "No cause is named, so no money follows. Nothing is chosen: add the sheets Causes and Action money; the template "
            "has them, and --catalog lists what can be done."
        )
        return
    for trace in told:
        say(f"\n{trace.cause.code}  {trace.intervention.title}, {print_dollars(trace.cost)}")
        for place in trace.places:
            say(f"  {place.name} (code {place.school}): {place.units:,}, {place.pupils:,} pupils, {place.paid}")
        for part, title in PARTS_OF_TRACE:
            say(f"  {title}: {getattr(trace, part)}")
        for caution in trace.cautions:
            say(f"  Caution: {caution}")
    refused = dict.fromkeys(_refused(district, refusal) for refusal in found.menu.refusals if not refusal.school)
    refused |= dict.fromkeys(_refused(district, refusal) for refusal in found.menu.refusals if refusal.is_harm)
    if refused:
        say("\nNot chosen")
    for words in refused:
        say(f"  {words}")
    if found.choice.goals:
        say("\nWhat it comes to")
    for goal in found.choice.goals:
        gain, alone = gain_words(goal.unit, goal.gain / 10_000), gain_words(goal.unit, goal.alone / 10_000)
        say(
            f"  {goal.outcome}: {gain}; all the money for it alone: {alone}; at least {print_percent(goal.proven_share, 0)} of what is possible."
        )
    for row in likely(found):
        ends = span_words(row.unit, row.fifth, row.ninety_fifth)
        more = (
            ""
            if row.beats is None
            else f"; more than general spending would give in {print_percent(row.beats, 0)} of draws"
        )
        say(f"  {row.outcome}: {ends} in 9 of 10 of {DRAWS:,} draws{more}.")
    for rank in ranked(found):
        high = "no upper end" if rank.high is None else f"{rank.high:.3f}"
        say(
            f"  $1,000 of {rank.intervention.title}: {rank.low:.3f} low, {rank.cautious:.3f} cautious, {rank.middle:.3f} middle, {high} "
            f"high; first: {rank.first_words}."
        )
    say("\nCertificate (no solver)")
    for report in found.certificate:
        say(f"  {'kept' if report.is_kept else 'BROKEN'}  {report.title}: {report.words}")
    say(f"  {found.choice.proof_words}")


def _refused(district: District, refusal: Refusal) -> str:
    where = f", {district.school_of[refusal.school].name}" if refusal.school else ""
    return f"{refusal.cause}  {refusal.intervention.title}{where}: {refusal.words}"


def _write(output: Path, data: bytes, *, is_internal: bool) -> None:
    write(output, data)
    say(f"Written to {output}." + (" INTERNAL: small counts can be worked out from it." if is_internal else ""))
