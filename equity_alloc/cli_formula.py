"""The formula command: what a formula gives every school of a file, with its arithmetic, cliffs and reconciliation.

Exit codes: 0 done; 1 a school's result is unknown or differs from the print; 2 the formula or the file is unusable.
Answers go to standard output, findings to standard error.
"""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from equity_alloc.cli_terminal import list_findings, say, stop, write
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.formulas.cliff import cliff_map
from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.explain import explain_school, print_value
from equity_alloc.formulas.facts import DistrictFacts
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.formulas.fit import errors_of, fit, misfits
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.printed import unit_of
from equity_alloc.formulas.read import FormulaReading, read_formula
from equity_alloc.formulas.read_printed import read_printed
from equity_alloc.formulas.reconcile import reconcile
from equity_alloc.formulas.result import FormulaResult
from equity_alloc.formulas.templates import read_template, template_names
from equity_alloc.formulas.use import FormulaUse, Salary, Use, formula_in, read_use
from equity_alloc.reports.formula_trace import trace_csv, trace_workbook
from equity_alloc.reports.place import unwritable
from equity_alloc.scenario import Scenario
from equity_alloc.sources.open_file import read_path
from equity_alloc.sources.printed_amounts import printed_text

DONE, UNEQUAL, UNUSABLE = 0, 1, 2

_WRITERS = {".csv": trace_csv, ".xlsx": trace_workbook}


def formula(
    template: Annotated[
        str, typer.Argument(help="A formula (.toml), or the name of a template; leave it out for the file's own.")
    ] = "",
    file: Annotated[
        Path | None, typer.Argument(help="A workbook, a .zip or folder of CSV files, or 'sample'.", show_default=False)
    ] = None,
    templates: Annotated[bool, typer.Option("--templates", help="List the templates and stop.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write every school's arithmetic (.csv or .xlsx).")
    ] = None,
    salaries: Annotated[
        Salary, typer.Option("--salaries", help="At which cost posts turn into dollars.")
    ] = Salary.AS_WRITTEN,
    school: Annotated[str, typer.Option("--school", help="Code of one school: print its arithmetic.")] = "",
    cliffs: Annotated[bool, typer.Option("--cliffs", help="Print the nearest thresholds and their worth.")] = False,
    printed: Annotated[
        Path | None,
        typer.Option("--printed", help="Printed amounts (.csv or .xlsx: school, amount, item) to hold it against."),
    ] = None,
) -> None:
    """Work a formula out for every school, exactly, and show how."""
    if templates:
        for name in template_names():
            say(_introduced(name))
        return
    if refused := unwritable(output, *_WRITERS):
        stop(UNUSABLE, refused)
    chosen, facts = _both(template, file, salaries)
    fitting = fit(chosen, facts)
    list_findings(fitting)
    if errors_of(fitting):
        errors = len(errors_of(fitting))
        stop(UNUSABLE, f"{errors} error{'s' * (errors > 1)}: this formula does not fit this file.")
    if school and school not in facts.school_of:
        stop(UNUSABLE, f"There is no school with code {school}. Codes have their leading zeros.")
    result = evaluate(chosen, facts)
    list_findings(result.findings[len(fitting) :])
    for text in explain_school(result, school) if school else _table(result):
        say(text)
    if cliffs:
        for cliff in cliff_map(result, schools=[school] if school else None):
            say(f"{cliff.school}  {cliff.component}: {cliff.words}")
    if output is not None:
        _write(result, output)
    if printed is not None:
        _reconcile(chosen, facts, printed)
    if not result.is_complete:
        stop(UNEQUAL, "Some results are unknown.")


def formula_text(template: str, district: District | None = None) -> str:
    """Return the text of a formula file or template; lists what is wrong and stops where it cannot be used.

    Parameters
    ----------
    template : str
        A file, or the name of a template.
    district : District or None
        What it must fit; None where that is asked elsewhere.
    """
    return _fitting(template, None if district is None else facts_of(district)).text


def with_formula(scenario: Scenario, formula: str, use: str, district: District) -> Scenario:
    """Return a scenario with another formula, another use of its formula, or both."""
    if not formula and not use:
        return scenario
    if not formula and scenario.formula is None:
        stop(UNUSABLE, f"There is no formula that could be {use}. Name one with --formula.")
    wanted = read_use(use) if use else Use.TARGET
    if not formula and scenario.formula is not None:
        return dataclasses.replace(scenario, formula=dataclasses.replace(scenario.formula, use=wanted))
    text = formula_text(formula, scenario.apply(district))
    return dataclasses.replace(scenario, formula=FormulaUse(text, wanted))


def _fitting(template: str, facts: DistrictFacts | None) -> Formula:
    """Return a formula with the lines of its own file; one broken line hides no count that is not there."""
    path = Path(template)
    reading = _read_file(path) if path.suffix == ".toml" or path.exists() else _read_shipped(template)
    list_findings(reading.findings)
    misfitting = errors_of(misfits(reading, facts)) if facts is not None else ()
    list_findings(misfitting)
    errors = len(reading.errors) + len(misfitting)
    if reading.formula is None or errors:
        what = "cannot be used" if reading.errors else "does not fit this file"
        stop(UNUSABLE, f"{errors} error{'s' * (errors > 1)}: this formula {what}.")
    return reading.formula


def _both(template: str, file: Path | None, salaries: Salary) -> tuple[Formula, DistrictFacts]:
    """Return the formula and the facts; one argument alone is a file that holds its formula."""
    if not template:
        stop(UNUSABLE, "Name a formula and a file, or a file that holds its formula. --templates lists the templates.")
    if file is not None:
        facts = facts_of(_district(file)[0])
        chosen = _fitting(template, facts)
        return formula_in(chosen.text, salaries, chosen.places.file), facts
    district, scenario = _district(Path(template))
    if scenario is None or scenario.formula is None:
        stop(UNUSABLE, f"{template} holds no formula. Name one before it, or put it on the sheet Formula.")
    named = f"{Path(template).name}, its formula"
    return formula_in(scenario.formula.text, salaries, named), facts_of(scenario.apply(district))


def _introduced(name: str) -> str:
    reading = read_template(name)
    unverified = sum(1 for finding in reading.findings if finding.code == "value-unverified")
    title = reading.formula.title if reading.formula is not None else "cannot be read"
    return f"{name:28}{title}" + (
        f" ({unverified} unverified default{'s' if unverified > 1 else ''})" if unverified else ""
    )


def _write(result: FormulaResult, path: Path) -> None:
    write(path, _WRITERS[path.suffix.lower()](result))
    say(f"Written to {path}. INTERNAL: it holds full counts.")


def _read_file(path: Path) -> FormulaReading:
    try:
        return read_formula(path.read_text(encoding="utf-8"), path.name)
    except OSError as error:
        stop(UNUSABLE, f"{path} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        stop(UNUSABLE, f"{path} is not text in UTF-8.")


def _read_shipped(name: str) -> FormulaReading:
    if name not in template_names():
        stop(UNUSABLE, f"There is no file and no template '{name}'. Templates: {', '.join(template_names())}.")
    return read_template(name)


def _district(file: Path) -> tuple[District, Scenario | None]:
    reading = read_path(file)
    if reading.district is None:
        list_findings(reading.findings)
        stop(UNUSABLE, f"{count_words(len(reading.errors), 'error')}: this file cannot be used.")
    return reading.district, reading.scenario


def _table(result: FormulaResult) -> list[str]:
    lines = [f"{'school':10}{'dollars':>18}{'FTE':>12}  name"]
    for facts in result.facts.schools:
        dollars, fte = result.dollars(facts.code), result.fte(facts.code)
        money = "unknown" if dollars is None else print_dollars(dollars, with_cents=True)
        posts = "unknown" if fte is None else f"{float(fte):,.2f}"
        lines.append(f"{facts.code:10}{money:>18}{posts:>12}  {facts.name}")
    total, posts_total = result.total_dollars, result.total_fte
    money = "unknown" if total is None else print_dollars(total, with_cents=True)
    posts = "unknown" if posts_total is None else f"{float(posts_total):,.2f}"
    return [*lines, f"{'together':10}{money:>18}{posts:>12}  {count_words(len(result.facts.schools), 'school')}"]


def _reconcile(chosen: Formula, facts: DistrictFacts, path: Path) -> None:
    try:
        read = printed_text(path.read_bytes(), path.name)
    except OSError as error:
        stop(UNUSABLE, f"{path} cannot be read: {error.strerror}.")
    if isinstance(read, Finding):
        list_findings((read,))
        stop(UNUSABLE, f"{path} cannot be used.")
    text, shown = read
    entries, problems = read_printed(text, shown)
    if problems:
        list_findings(problems)
        stop(UNUSABLE, f"{len(problems)} line{'s' * (len(problems) > 1)} of {path} cannot be used.")
    try:
        found = reconcile(chosen, facts, entries, file=shown)
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    list_findings(found.findings)
    for entry in found.explained:
        say(entry.words)
    for guess in found.guesses:
        say(guess.words)
    say(f"{found.matches} of {len(found.differences)} printed amounts are met exactly.")
    unused = sum(1 for finding in found.findings if finding.severity is Severity.ERROR)
    if unused:
        stop(UNUSABLE, f"{unused} line{'s' * (unused > 1)} of {path} could not be compared.")
    left: dict[str, Fraction] = {}
    for each in found.differences:
        unit = unit_of(chosen, each.printed.item)
        left[unit] = left.get(unit, Fraction(0)) + abs(each.difference or Fraction(0))
    if found.explained:
        amounts = ", ".join(print_value(amount, unit) for unit, amount in left.items() if amount)
        stop(UNEQUAL, f"Together they differ by {amounts or 'what is unknown'}.")
