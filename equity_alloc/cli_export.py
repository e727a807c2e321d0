"""The export command: a plan's documents, written into a folder; one that fails loses none of the others.

Exit codes: 0 done; 1 there is no plan, or a document could not be made; 2 the input is unusable.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from equity_alloc.cli_decision import read_book
from equity_alloc.cli_explain import planned
from equity_alloc.cli_ledger import open_ledger
from equity_alloc.cli_scenario import named_scenario
from equity_alloc.cli_terminal import list_findings, make_folder, say, stop, tell
from equity_alloc.decisions.options import usual_options
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Impossible, OutcomeKind, Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.account_form import account_form
from equity_alloc.reports.accounts import AccountPattern
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import all_documents, documents_named, make, told_once
from equity_alloc.reports.free_texts import free_texts, reading_list
from equity_alloc.reports.read_accounts import DEFAULT, read_pattern, shipped_pattern
from equity_alloc.sources.open_file import read_path
from equity_alloc.sources.working_workbook import read_plan

FAILED, UNUSABLE = 1, 2


def export(
    file: Annotated[
        Path | None, typer.Argument(help="A plan's workbook; or a district, whose plan is made first.")
    ] = None,
    to: Annotated[str, typer.Option("--to", help="Documents, with commas between; default: all.")] = "",
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write into.")] = Path("papers"),
    scenario: Annotated[Path | None, typer.Option("--scenario", help="A scenario (.json) for a district.")] = None,
    rejected: Annotated[
        list[Path] | None, typer.Option("--rejected", help="A scenario (.json) that was not chosen; may be repeated.")
    ] = None,
    lenses: Annotated[
        bool,
        typer.Option(
            "--lenses/--no-lenses", help="Set the compromise between the lenses beside the plan as not chosen."
        ),
    ] = True,
    unfinished: Annotated[
        list[str] | None, typer.Option("--unfinished", help="Business still open; the plan leaves as a DRAFT.")
    ] = None,
    accounts: Annotated[
        str,
        typer.Option("--accounts", help="Account codes: a shipped pattern (nces, texas, california-sacs) or a .toml."),
    ] = DEFAULT,
    form: Annotated[
        Path | None,
        typer.Option(
            "--accounts-form",
            help="Write the pattern with a heading for each of the district's codes, to fill in (.toml).",
        ),
    ] = None,
    published: Annotated[
        bool,
        typer.Option(
            "--published/--not-published",
            help="Write down what public documents tell, so that a later set gives nothing away beside it.",
        ),
    ] = True,
    forget: Annotated[
        bool,
        typer.Option("--forget-published", help="None of the earlier sets was given to anybody: take them out first."),
    ] = False,
    decision: Annotated[
        Path | None,
        typer.Option(
            "--decision",
            help="The district's decision-chain.json; without an assessment in it the plan leaves as a DRAFT.",
        ),
    ] = None,
    names: Annotated[bool, typer.Option("--list", help="List the documents and write nothing.")] = False,
) -> None:
    """Write a plan's documents: board packet, memo, slides, workbook, budget lines and the others."""
    if names:
        for document in all_documents():
            say(f"{document.code:<20} {document.readers.value:<9} {document.title}: {document.says}")
        return
    if file is None:
        stop(UNUSABLE, "Name a district or a plan's workbook, or ask for the list of documents with --list.")
    if form is not None:
        _write_form(file, accounts, form)
        return
    try:
        named = [code.strip() for code in to.split(",") if code.strip()]
        chosen = documents_named(named) if named else all_documents()
        plan = _plan(file, scenario)
        book = read_book(decision, plan)
        # What was looked at before a decision stands in its record; nobody rejected anything else.
        looks = lenses and book.decision_of(plan.digest) is None
        others = (*(_rejected(plan, path) for path in rejected or ()), *(_of_lenses(plan) if looks else ()))
        still_open = tuple(each.strip() for each in unfinished or () if each.strip())
        dossier = Dossier(plan, others, still_open, _accounts(accounts), (), book)
        ledger = open_ledger(dossier, chosen, published=published, forget=forget)
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    make_folder(output)
    for reason in dossier.draft:
        tell(f"DRAFT  {reason}")
    if ledger.told:
        tell(f"LEDGER  {ledger.told}")
    for line in reading_list(free_texts(dossier)) if any(document.is_public for document in chosen) else ():
        tell(f"READ  {line}")
    failed = 0
    told_at: dict[str, str] = {}
    for number, made in enumerate(make(ledger.dossier, chosen), start=1):
        if made.needless:
            say(f"{number} of {len(chosen)}  {made.document.title}: {made.needless}")
            continue
        why_not = made.error or (ledger.withholds() if made.document.is_public else "")
        why_not = why_not or _write(output / made.name, made.data)
        failed += bool(why_not)
        readers = made.document.readers.value.upper()
        why_not = told_once(told_at, made.document.title, why_not)
        told = f"not made: {why_not}" if why_not else f"{output / made.name}  {readers}"
        (sys.stderr if why_not else sys.stdout).write(f"{number} of {len(chosen)}  {made.document.title}: {told}\n")
    if failed:
        stop(FAILED, f"{failed} of {len(chosen)} documents could not be made; the others are in {output}.")


def _plan(file: Path, scenario: Path | None) -> Plan:
    """Return the plan in a workbook, certified again; else the plan of the district in the file."""
    if file.suffix.lower() == ".xlsx" and file.is_file() and scenario is None:
        try:
            held = read_plan(file.read_bytes(), file.name)
        except OSError as error:
            stop(UNUSABLE, f"{file} cannot be read: {error.strerror}. Check that you may open the file.")
        if held.stored is not None:
            list_findings(held.findings)
            if held.district is None or held.scenario is None or held.allocation is None:
                stop(UNUSABLE, f"{file} does not hold a plan that can be read.")
            made = make_plan(held.district, held.scenario)
            if isinstance(made, Plan) and made.allocation == held.allocation:
                return made
            certificate = certify(held.district, held.scenario, held.allocation)
            return Plan(held.district, held.scenario, held.allocation, certificate, OutcomeKind.BEST_FOUND)
    return planned(file, scenario)


def _rejected(plan: Plan, path: Path) -> Plan | Impossible:
    return make_plan(plan.district, named_scenario(path))


def _of_lenses(plan: Plan) -> tuple[Plan | Impossible, ...]:
    """Return the compromise between the lenses as it stands on Decision record; where it cannot be made, say so and go on."""
    try:
        return tuple(make_plan(plan.district, each) for each in usual_options(plan))
    except EquityAllocError as error:
        tell(f"LENSES  What they ask for could not be worked out, so it does not stand beside the plan: {error}")
        return ()


def _write_form(file: Path, name: str, form: Path) -> None:
    reading = read_path(file)
    if reading.district is None:
        list_findings(reading.errors)
        stop(UNUSABLE, f"{file} cannot be read as a district.")
    try:
        text = account_form(reading.district, name)
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    if form.exists():
        stop(UNUSABLE, f"{form} is there already and may hold codes of yours. Choose another name.")
    if why_not := _write(form, text.encode()):
        stop(UNUSABLE, why_not)
    say(f"{form}: fill in the rows without a code, then hand it over with --accounts {form}.")


def _accounts(name: str) -> AccountPattern:
    if not name.endswith(".toml"):
        return shipped_pattern(name)
    try:
        return read_pattern(Path(name).read_text(encoding="utf-8"), name)
    except OSError as error:
        stop(UNUSABLE, f"{name} cannot be read: {error.strerror}. Check the path and that you may open the file.")
    except UnicodeDecodeError:
        stop(
            UNUSABLE, f"{name} is not a text in UTF-8. Save it as UTF-8, or start from a shipped one in data/accounts."
        )


def _write(path: Path, data: bytes) -> str:
    """Write a document; return why it could not be written, or nothing."""
    try:
        path.write_bytes(data)
    except OSError as error:
        return (
            f"{path} cannot be written: {error.strerror}. Close it where it is open, or choose another place with -o."
        )
    return ""
