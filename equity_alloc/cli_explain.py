"""The explain command: why each school gets what it gets, and why one gets more than another.

Exit codes: 0 done; 1 there is no plan to explain; 2 the input is unusable.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from equity_alloc.cli_one_more import list_one_more
from equity_alloc.cli_scenario import named_scenario
from equity_alloc.cli_terminal import list_findings, say, stop
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.baseline import source_sentences
from equity_alloc.planning.cause_words import (
    amount_words,
    cause_headline,
    cause_method,
    idle_words,
    is_idle,
    printed_shares,
    printed_total,
)
from equity_alloc.planning.causes import rule_causes
from equity_alloc.planning.difference import best_levels, difference
from equity_alloc.planning.difference_words import difference_sentences, part_words
from equity_alloc.planning.frontier import Axis, Tracer
from equity_alloc.planning.line_reason import formula_part, line_reasons, line_sentence
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.price_words import post_sentences, price_sentences
from equity_alloc.planning.prices import rule_prices
from equity_alloc.planning.reason import reasons
from equity_alloc.planning.reason_words import reason_sentence
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.planning.unit_prices import unit_prices
from equity_alloc.planning.unit_words import beside_line, moved_post_sentence, unit_sentences, without_rule_words
from equity_alloc.scenario import Scenario, default_scenario
from equity_alloc.sources.open_file import read_path

IMPOSSIBLE, UNUSABLE = 1, 2

DistrictFile = Annotated[Path, typer.Argument(help="A workbook (.xlsx), a .zip or folder of CSV files, or 'sample'.")]
ScenarioFile = Annotated[Path | None, typer.Option("--scenario", help="A scenario (.json); default: the file's own.")]


def explain(
    file: DistrictFile,
    school: Annotated[str, typer.Option("--school", help="Code of one school; default: all.")] = "",
    against: Annotated[str, typer.Option("--against", help="Code of another school to compare it with.")] = "",
    per_pupil: Annotated[bool, typer.Option("--per-pupil", help="Compare dollars per pupil.")] = False,
    lines: Annotated[bool, typer.Option("--lines", help="Each position and line of the school as well.")] = False,
    prices: Annotated[bool, typer.Option("--prices", help="What money and rules do to levels, instead.")] = False,
    causes: Annotated[
        bool, typer.Option("--causes", help="Which rule takes how much off the lowest level, instead.")
    ] = False,
    more: Annotated[
        str, typer.Option("--one-more", help="A position's code or a line: what one more of it at --school would take.")
    ] = "",
    by: Annotated[str, typer.Option("--by", help="How much more: FTE, or dollars of a line. Default: one step.")] = "",
    scenario: ScenarioFile = None,
) -> None:
    """Say why each school gains or gives up, what one more post would take, what parts two schools, or what money and rules do."""
    asked = _Asked(school, against, per_pupil, lines, prices, causes, more, by)
    refusal = _refusal(asked)
    if refusal:
        stop(UNUSABLE, refusal)
    plan = planned(file, scenario)
    if school and school not in plan.district.school_of:
        stop(UNUSABLE, f"There is no school with code {school}. `check` reads the codes; leading zeros count.")
    if prices:
        _list_prices(plan)
    elif causes:
        _list_causes(plan)
    elif more:
        try:
            list_one_more(plan, school, more, by)
        except EquityAllocError as error:
            stop(UNUSABLE, str(error))
    elif against:
        _compare(plan, asked)
    else:
        _list_reasons(plan, asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked: the options of the command, by its parameters."""

    school: str
    against: str
    per_pupil: bool
    lines: bool
    prices: bool
    causes: bool
    more: str
    by: str


def _refusal(asked: _Asked) -> str:
    """Return why options cannot stand together, since one of them would be ignored; "" where they can."""
    alone = [name for name, is_on in (("--prices", asked.prices), ("--causes", asked.causes)) if is_on]
    about_schools = {
        "--school": asked.school,
        "--against": asked.against,
        "--per-pupil": asked.per_pupil,
        "--lines": asked.lines,
        "--one-more": asked.more,
    }
    others = [*alone[1:], *(name for name, is_on in about_schools.items() if is_on)]
    if alone and others:
        return f"{alone[0]} stands alone: it is about all schools. Leave out {', '.join(others)}."
    besides = "--against" if asked.against else "--lines"
    refused = (
        (
            asked.per_pupil and not asked.against,
            "--per-pupil needs --against: name the school that the other one is compared with.",
        ),
        (
            asked.lines and asked.against,
            "--lines is about one school and --against about two: ask for one of them at a time.",
        ),
        (
            asked.lines and not asked.school,
            "--lines needs --school: name the school whose positions and lines are to be explained.",
        ),
        (asked.more and not asked.school, "--one-more needs --school: name the school that would have it."),
        (
            asked.more and (asked.against or asked.lines),
            f"--one-more is a question of its own: leave out {besides}.",
        ),
        (
            asked.by and not asked.more,
            "--by needs --one-more: name the position or line of which there would be more.",
        ),
        (
            asked.against and not asked.school,
            "--against needs --school: name the school whose money is to be compared.",
        ),
    )
    return next((words for is_refused, words in refused if is_refused), "")


def _list_prices(plan: Plan) -> None:
    say("Levels in dollars and fractions of posts; a plan in whole posts stays near them.")
    for sentence in price_sentences(plan.district, plan.scenario):
        say(sentence)
    for sentence in post_sentences(plan):
        say(sentence)
    for sentence in unit_sentences(plan.district, plan.scenario):
        say(sentence)
    tracer = Tracer(plan.district, plan.scenario, Axis.MOVES)
    if tracer.exists:
        say(moved_post_sentence(tracer.line()))


def _list_reasons(plan: Plan, asked: _Asked) -> None:
    if not asked.school:
        say(" ".join(source_sentences(plan)))
    for reason in reasons(plan):
        if asked.school in ("", reason.row.code):
            say(f"{reason.row.code}  {reason_sentence(plan, reason)}")
    if asked.lines:
        _list_lines(plan, asked.school)


def _compare(plan: Plan, asked: _Asked) -> None:
    try:
        found = difference(plan, asked.school, asked.against, best=best_levels(plan), per_pupil=asked.per_pupil)
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    first, *rest = difference_sentences(plan, found)
    say(first)
    for part in found.parts:
        say(f"{print_dollars(round(part.cents), with_cents=True):>18}  {part_words(plan, found, part)}")
    say(f"{print_dollars(round(found.total), with_cents=True):>18}  together")
    for sentence in rest:
        say(sentence)


def _list_lines(plan: Plan, school: str) -> None:
    steps = tuple(unit_prices(plan.district, plan.scenario))
    without = tuple(rule_prices(plan.district, plan.scenario))
    for each in line_reasons(plan, school):
        say(f"  {line_sentence(plan, each)}")
        for number in each.named_rules:
            if words := beside_line(plan.scenario, steps, number, school):
                say(f"    Rule {number}: {words}.")
            elif words := without_rule_words(plan.scenario, without, number, school):
                say(f"    Rule {number} {words}.")
    for text in formula_part(plan, school):
        say(f"  {text}")


def _list_causes(plan: Plan) -> None:
    try:
        found = rule_causes(plan.district, plan.scenario)
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    if found is None:
        stop(IMPOSSIBLE, "Without steps the rules cannot all hold, so there is no level to compare with.")
    say(cause_headline(found))
    say(f"{'share':>14}{'alone':>14}{'last':>14}")
    for cause, printed in zip(found.causes, printed_shares(found), strict=True):
        if is_idle(cause):
            continue
        amounts = (printed, cause.first_in, cause.last_out)
        columns = "".join(f"{amount_words(found, amount):>14}" for amount in amounts)
        say(f"{columns}  rule {cause.number}, {found.rule(cause.number).title}")
    say(f"{amount_words(found, printed_total(found)):>14}{'':28}  all rules together")
    for sentence in (idle_words(found), cause_method(found)):
        if sentence:
            say(sentence)


def planned(file: Path, scenario: Path | None) -> Plan:
    """Return the plan of a file; where there is none, say why and end with the exit code for it."""
    district, choices = chosen(file, scenario)
    try:
        result = make_plan(district, choices)
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    if not isinstance(result, Plan):
        stop(IMPOSSIBLE, result.words)
    return result


def chosen(file: Path, scenario: Path | None) -> tuple[District, Scenario]:
    """Return the district of a file and the scenario named for it, else its own; end where one cannot be read."""
    reading = read_path(file)
    list_findings(reading.findings)
    if reading.district is None:
        stop(UNUSABLE, f"{count_words(len(reading.errors), 'error')}: this file cannot be planned with yet.")
    try:
        return reading.district, (
            named_scenario(scenario) if scenario else reading.scenario or default_scenario(reading.district)
        )
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
