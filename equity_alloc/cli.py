"""The command line: check, plan, explain, export, reproduce, certify, comply, fall, template. The same road as the pages, without a browser.

Exit codes: 0 done; 1 the plan breaks a rule, was changed, or cannot exist; 2 the input is unusable.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from equity_alloc import __version__
from equity_alloc.cli_audit import audit_command
from equity_alloc.cli_commitments import commitments
from equity_alloc.cli_comply import comply
from equity_alloc.cli_conflicts import conflicts
from equity_alloc.cli_dashboard import dashboard
from equity_alloc.cli_decision import choices, decision
from equity_alloc.cli_explain import explain
from equity_alloc.cli_export import export
from equity_alloc.cli_fall import fall
from equity_alloc.cli_formula import formula as work_out_formula
from equity_alloc.cli_formula import with_formula
from equity_alloc.cli_frontier import frontier
from equity_alloc.cli_import import import_files
from equity_alloc.cli_interventions import interventions
from equity_alloc.cli_reproduce import reproduce
from equity_alloc.cli_scenario import named_scenario
from equity_alloc.cli_sweep import sweep
from equity_alloc.cli_terminal import list_findings, say, stop, tell, write
from equity_alloc.cli_words import equal_words, kept_words, summary_words
from equity_alloc.cli_years import years
from equity_alloc.domain.day import today
from equity_alloc.domain.district import Decision, District
from equity_alloc.domain.errors import CannotServe, EquityAllocError
from equity_alloc.domain.money import print_dollars, read_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.compare_sheets import few
from equity_alloc.reports.draft import never_assessed
from equity_alloc.reports.place import unwritable
from equity_alloc.reports.recertify import recertify
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.scenario import Scenario, default_scenario
from equity_alloc.sources.base import Reading
from equity_alloc.sources.mapped.arrive import is_foreign
from equity_alloc.sources.open_file import StateTable, read_path
from equity_alloc.sources.template import template_workbook

DONE, BROKEN, UNUSABLE = 0, 1, 2

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Which school gets what: read a district, propose a plan, certify it. "
    "Exit codes: 0 done, 1 the plan breaks a rule or cannot exist, 2 the input is unusable.",
)

InputFile = Annotated[Path, typer.Argument(help="A workbook (.xlsx), a .zip or folder of CSV files, or 'sample'.")]
ScenarioFile = Annotated[Path | None, typer.Option("--scenario", help="A scenario (.json); default: the file's own.")]

OneDistrict = Annotated[
    str, typer.Option("--district", help="In a state's school table: the district's name or number.")
]
Pot = Annotated[
    str, typer.Option("--pot", help="In a state's school table: dollars to share out; default: last year's.")
]
Decided = Annotated[
    str, typer.Option("--blank-means-zero", help="In a state's school table: who decided that a blank count is zero.")
]


@app.command()
def check(file: InputFile, district_name: OneDistrict = "", pot: Pot = "", blank_means_zero: Decided = "") -> None:
    """Read a district and list every problem as sheet!cell, value, why, and what to do."""
    reading = _read(file, _state_table(district_name, pot, blank_means_zero))
    if reading.district is None:
        stop(UNUSABLE, _unusable(file, reading))
    district = reading.district
    say(
        f"{', '.join(filter(None, (district.name, district.year)))}: {count_words(len(district.schools), 'school')}, "
        f"{count_words(len(district.positions), 'position')}, {count_words(len(district.funds), 'fund')}, "
        f"{print_dollars(sum(fund.amount for fund in district.funds))} appropriated. "
        f"{count_words(len(reading.warnings), 'warning')}."
    )


@app.command()
def plan(
    file: InputFile,
    output: Annotated[Path, typer.Option("-o", "--output", help="Where to write the plan's workbook (.xlsx).")],
    scenario: ScenarioFile = None,
    formula: Annotated[
        str, typer.Option("--formula", help="A formula (.toml) or the name of a template; default: the file's own.")
    ] = "",
    formula_use: Annotated[
        str, typer.Option("--formula-use", help="What the formula is to the plan: target (default), floor or fixed.")
    ] = "",
    district_name: OneDistrict = "",
    pot: Pot = "",
    blank_means_zero: Decided = "",
) -> None:
    """Propose a plan, certify it, and write it as a workbook that reads back as the same plan."""
    if refused := unwritable(output, ".xlsx"):
        stop(UNUSABLE, refused)
    if output.exists() and any(
        path is not None and path.exists() and output.samefile(path) for path in (file, scenario)
    ):
        stop(UNUSABLE, f"{output} is what the plan is made from. Choose another place with -o.")
    reading = _read(file, _state_table(district_name, pot, blank_means_zero))
    if reading.district is None:
        stop(UNUSABLE, _unusable(file, reading))
    try:
        chosen = _scenario(scenario, reading, reading.district)
        chosen = with_formula(chosen, formula, formula_use, reading.district)
        result = make_plan(reading.district, chosen)
    except CannotServe as error:
        stop(BROKEN, f"No plan can exist. {error}")
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    if not isinstance(result, Plan):
        ways = [f"- {repair.words}" for repair in result.repairs]
        stop(BROKEN, "\n".join([result.words, *(["Ways out:", *ways] if ways else [])]))
    try:
        data = plan_workbook(result, never_assessed(result))
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    write(output, data)
    say(summary_words(result))
    say(f"Written to {output}. INTERNAL: it holds full counts.")


@app.command()
def certify(
    file: Annotated[Path, typer.Argument(help="A plan's workbook, as written by plan or by Export.")],
    every: Annotated[
        bool, typer.Option("--all", help="Name every cell, also those that only follow from a changed one.")
    ] = False,
) -> None:
    """Certify a plan's workbook again from the file alone; one changed cent is found and named."""
    try:
        checked = recertify(file.read_bytes(), file.name)
    except OSError as error:
        stop(UNUSABLE, f"{file} cannot be read: {error.strerror}.")
    list_findings(checked.own if every else few(checked.own))
    if checked.following:
        tell(f"{checked.follow_words}{'' if every else ' Add --all to see each of them.'}")
        list_findings(checked.following if every else ())
    if checked.certificate is None:
        stop(UNUSABLE, f"{file} does not hold a plan that can be read.")
    for breach in checked.certificate.breaches:
        tell(f"breach  {breach.rule}  {breach.words}")
    for rule in checked.certificate.not_testable:
        for gap in rule.gaps:
            tell(f"not testable  {rule.code}  {gap}")
    if checked.certificate.breaches or checked.findings:
        stop(BROKEN, checked.words)
    if not checked.certificate.is_kept:
        stop(BROKEN, "Not certified in full: some rules are not testable, because data lack.")
    for words in filter(None, (kept_words(checked.certificate), equal_words(checked.certificate))):
        say(words)
    say(checked.rests_on)


@app.command()
def template(
    output: Annotated[Path, typer.Option("-o", "--output", help="Where to write the template (.xlsx).")] = Path(
        "equity_alloc_template.xlsx"
    ),
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")] = False,
) -> None:
    """Write an empty workbook with every sheet, its columns explained; Read me lists the rules it may hold."""
    if refused := unwritable(output, ".xlsx"):
        stop(UNUSABLE, refused)
    if output.exists() and not force:
        stop(UNUSABLE, f"{output} is there already and stays as it is. Choose another place with -o, or add --force.")
    write(output, template_workbook())
    say(f"Written to {output}.")


app.command("formula")(work_out_formula)
app.command("import")(import_files)
app.command("audit")(audit_command)
_NAMED = (
    dashboard, comply, explain, frontier, export, reproduce, years, commitments, interventions, conflicts, choices, sweep, fall,
)  # fmt: skip
for _command in _NAMED:
    app.command()(_command)
app.add_typer(decision, name="decision")


@app.command()
def version() -> None:
    """Print the version."""
    say(__version__)


def _state_table(district: str, pot: str, decided_by: str) -> StateTable:
    decided = None
    if decided_by:
        decided = Decision("Blank counts of English learners mean zero pupils", decided_by, today())
    try:
        return StateTable(district, read_dollars(pot) if pot else None, decided)
    except EquityAllocError as error:
        stop(UNUSABLE, f"--pot: {error}")


def _read(file: Path, state_table: StateTable) -> Reading:
    reading = read_path(file, state_table)
    list_findings(reading.findings)
    return reading


def _unusable(file: Path, reading: Reading) -> str:
    """Return why a file cannot be planned with, and for an export of another program which command takes it in."""
    words = f"{count_words(len(reading.errors), 'error')}: this file cannot be planned with yet."
    if file.is_file() and is_foreign(file.name, file.read_bytes()):
        words += (
            f"\nIt looks like an export of another program. Take it in first, together with the files that hold what it "
            f"lacks:\n  python -m equity_alloc import {file} -o district.xlsx"
        )
    return words


def _scenario(path: Path | None, reading: Reading, district: District) -> Scenario:
    return named_scenario(path) if path else reading.scenario or default_scenario(district)
