"""The comply command: what federal tests say of a plan, by how much, and what lacks where one cannot be carried out.

Exit codes: 0 no test fails (one may ask for a closer look); 1 a test fails or cannot be carried out, or there is no plan; 2 the
input is unusable.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from equity_alloc.cli_formula import formula_text
from equity_alloc.cli_scenario import named_scenario
from equity_alloc.cli_terminal import list_findings, say, stop, tell, write
from equity_alloc.compliance.base import Outcome
from equity_alloc.compliance.family import Judged
from equity_alloc.compliance.family import comply as judge_all
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import CannotServe, EquityAllocError
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.number import count_words
from equity_alloc.formulas.use import FormulaUse
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Plan, RuleReport
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.compliance_workbook import compliance_workbook
from equity_alloc.reports.place import unwritable
from equity_alloc.rules.base import Force
from equity_alloc.scenario import Scenario, default_scenario
from equity_alloc.sources.open_file import read_path
from equity_alloc.sources.working_workbook import read_plan

KEPT, FAILED, UNUSABLE = 0, 1, 2


def comply(
    file: Annotated[Path, typer.Argument(help="A plan's workbook; or a district, whose plan is made first.")],
    scenario: Annotated[Path | None, typer.Option("--scenario", help="A scenario (.json) for a district.")] = None,
    formula: Annotated[
        str, typer.Option("--formula", help="The state and local formula to test (.toml, or a template's name).")
    ] = "",
    last_year: Annotated[bool, typer.Option("--last-year", help="Test last year's posts and dollars.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Where to write the worksheets (.xlsx).")
    ] = None,
) -> None:
    """Carry out every federal test: Title I, comparability, supplement not supplant, effort, dollars per pupil."""
    if refused := unwritable(output, ".xlsx"):
        stop(UNUSABLE, refused)
    text = formula_text(formula) if formula else ""
    try:
        district, chosen, allocation, of = _input(file, scenario, last_year=last_year)
        tested = dataclasses.replace(chosen, formula=FormulaUse(text)) if text else chosen
        judged = judge_all(district, tested, allocation)
    except CannotServe as error:
        stop(FAILED, f"There is no plan to test. {error} With --last-year, last year is tested.")
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    for item in judged:
        verdict = item.verdict
        by = f"  [{verdict.by}]" if verdict.by else ""
        # The first that lacks stands with the verdict, so that the answer alone says what to do; all are findings.
        first = f" {'First: ' if len(verdict.gaps) > 1 else ''}{verdict.gaps[0]}" if verdict.gaps else ""
        say(f"{verdict.outcome.value:<13} {item.test.title}{by}  {verdict.words}{first}")
    for line in _lacking(judged):
        tell(line)
    rules = _rules(district, chosen, allocation)
    if output is not None:
        write(output, compliance_workbook(district, judged, of, rules=rules))
        say(f"Written to {output}. INTERNAL: it holds full counts.")
    say(_count(judged))
    law = any(rule.force is Force.LAW and not rule.is_kept for rule in rules)
    if law or any(item.verdict.outcome in (Outcome.FAILED, Outcome.NOT_TESTABLE) for item in judged):
        raise typer.Exit(FAILED)


def _input(file: Path, scenario: Path | None, *, last_year: bool) -> tuple[District, Scenario, Allocation, str]:
    """Return what is to be tested: the plan in a workbook, or the plan of a district, or its last year."""
    if file.suffix.lower() == ".xlsx" and file.is_file() and scenario is None and not last_year:
        held = read_plan(file.read_bytes(), file.name)
        if held.stored is not None:
            list_findings(held.findings)
            if held.district is None or held.scenario is None or held.allocation is None:
                stop(UNUSABLE, f"{file} does not hold a plan that can be read.")
            return held.district, held.scenario, held.allocation, held.scenario.name
    reading = read_path(file)
    list_findings(reading.findings)
    if reading.district is None:
        stop(UNUSABLE, f"{count_words(len(reading.errors), 'error')}: this file cannot be tested yet.")
    chosen = named_scenario(scenario) if scenario else reading.scenario or default_scenario(reading.district)
    if last_year:
        return reading.district, chosen, reading.district.today, "last year"
    result = make_plan(reading.district, chosen)
    if not isinstance(result, Plan):
        stop(FAILED, f"There is no plan to test. {result.words} With --last-year, last year is tested.")
    return reading.district, chosen, result.allocation, chosen.name


def _rules(district: District, scenario: Scenario, allocation: Allocation) -> tuple[RuleReport, ...]:
    """Say how many of the scenario's own rules are kept and which are not, and return what was found."""
    try:
        rules = certify(district, scenario, allocation).rules
    except EquityAllocError as error:
        say(f"not testable  The scenario's own rules: {error}")
        return ()
    for rule in rules:
        if not rule.is_kept:
            first = rule.breaches[0].words if rule.breaches else str(rule.gaps[0])
            count = (
                f"{len(rule.breaches) or len(rule.gaps)} times" if len(rule.breaches) + len(rule.gaps) > 1 else "once"
            )
            say(f"{rule.verdict.value:<13} Rule {rule.number}, {rule.title} ({rule.force.value})  [{count}]  {first}")
    kept = sum(rule.is_kept for rule in rules)
    say(f"The scenario's own rules: {kept} of {len(rules)} kept.")
    return rules


def _lacking(judged: tuple[Judged, ...]) -> Iterator[str]:
    """Yield every entry that lacks once, with the tests that need it: those that stand with one test alone are not told again."""
    needed: dict[Gap, list[str]] = {}
    for item in judged:
        for gap in item.verdict.gaps:
            needed.setdefault(gap, []).append(item.test.title)
    alone = {item.verdict.gaps[0] for item in judged if len(item.verdict.gaps) == 1}
    for gap, titles in needed.items():
        if gap not in alone:
            yield f"missing  {gap} Needed for: {'; '.join(titles)}."


def _count(judged: tuple[Judged, ...]) -> str:
    outcomes = [item.verdict.outcome for item in judged]
    parts = [f"{outcomes.count(outcome)} {outcome.value}" for outcome in Outcome if outcome in outcomes]
    return f"{count_words(len(judged), 'test')}: {', '.join(parts)}."
