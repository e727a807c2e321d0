"""The commands on hard choices: who carries a plan's loss and what speaks against it; and the check of a file of decisions.

Exit codes: 0 done and nothing found; 1 there is no plan, or a record was changed; 2 the input is unusable.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from equity_alloc.cli_explain import DistrictFile, ScenarioFile, planned
from equity_alloc.cli_terminal import say, stop, tell
from equity_alloc.decisions.assessment import ASSESSMENT_LABELS, Assessment
from equity_alloc.decisions.book import Book
from equity_alloc.decisions.case import Case
from equity_alloc.decisions.chain import read_chain
from equity_alloc.decisions.chain import verify as verify_chain
from equity_alloc.decisions.decision import DECISION_LABELS, Decision
from equity_alloc.decisions.look import Look, all_lenses, look
from equity_alloc.decisions.replies import replies
from equity_alloc.decisions.status_quo import status_quo
from equity_alloc.domain.errors import EquityAllocError, InvalidValue
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.forgone_words import forgone_words, print_forgone
from equity_alloc.planning.plan import Plan

CHANGED, UNUSABLE = 1, 2

decision = typer.Typer(no_args_is_help=True, help="Check and read files of decision records.")
ChainFile = Annotated[Path, typer.Argument(help="A file with decision-chain in its name.")]


def choices(file: DistrictFile, scenario: ScenarioFile = None) -> None:
    """Say who carries the loss of the plan, what each lens would choose, what staying costs, and answer objections."""
    plan = planned(file, scenario)
    try:
        for line in _choices(plan):
            say(line)
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))


@decision.command()
def verify(
    file: ChainFile,
    ends_with: Annotated[
        str,
        typer.Option(
            "--ends-with", help="The last fingerprint, as printed on a document; finds records cut off at the end."
        ),
    ] = "",
) -> None:
    """Check that no byte of a file of decision records was changed; name the record and the field where one was."""
    text = _bytes(file)
    try:
        found = list(verify_chain(text))
        district, chain = read_chain(text)
    except EquityAllocError as error:
        stop(UNUSABLE, f"{file}: {error}")
    last = chain[-1].hash if chain else ""
    if ends_with and not (last and last.startswith(ends_with.strip().lower())):
        found.append(
            f"The last record ends with {last[:12] or 'nothing'}, and the document names {ends_with[:12]}: records are missing or were added."
        )
    for sentence in found:
        tell(sentence)
    if found:
        raise typer.Exit(CHANGED)
    ends = f" The last fingerprint is {last}." if last else ""
    say(f"{district}: {len(chain)} record{'s' * (len(chain) != 1)}, every one as it was written.{ends}")


@decision.command()
def show(file: ChainFile) -> None:
    """Print the records of a file: options with their figures, reasons, dissent, and when it is looked at again."""
    try:
        district, chain = read_chain(_bytes(file))
        for link, record in Book(district, chain).records():
            say(f"{link.number}  {link.kind}  {link.at}  {link.hash[:12]}")
            for line in record_lines(record):
                say(f"    {line}")
    except EquityAllocError as error:
        stop(UNUSABLE, f"{file}: {error}")


def record_lines(record: object) -> Iterator[str]:
    """Yield what a record says, one line a field."""
    if isinstance(record, Assessment):
        if record.unsaid:
            yield f"NOT COMPLETE, missing: {'; '.join(record.unsaid)}"
        yield from (f"{label}: {getattr(record, name)}" for name, label in ASSESSMENT_LABELS.items())
    elif isinstance(record, Decision):
        before = record.was_assessed_before
        if before is not True:
            yield "NO ASSESSMENT" if before is None else "ASSESSMENT AFTER DECISION"
        yield from (f"{label}: {getattr(record, name)}" for name, label in DECISION_LABELS.items())
        for option in record.options:
            chosen = " (chosen)" if option.is_chosen else ""
            yield (
                f"Option: {option.name}{chosen}: {print_dollars(option.given_up)} given up at {count_words(option.schools_giving_up, 'school')}, "
                f"{print_fte(option.moved)} FTE moved, {option.rules_broken} rules broken"
            )
    else:
        yield str(record)


def read_book(file: Path | None, plan: Plan) -> Book:
    """Return the records of a plan's district from a file; an empty book without one.

    Raises
    ------
    EquityAllocError
        If it cannot be read, was changed, or holds the records of another district.
    """
    if file is None:
        return Book(plan.district.name)
    data = _bytes(file)
    try:
        for sentence in verify_chain(data):
            raise InvalidValue(sentence)
        district, chain = read_chain(data)
    except EquityAllocError as error:
        raise InvalidValue(f"{file}: {error}") from error
    if district != plan.district.name:
        raise InvalidValue(f"{file} holds the decisions of {district}, and the plan is of {plan.district.name}.")
    return Book(district, chain)


def _choices(plan: Plan) -> Iterator[str]:
    case = Case(plan)
    yield "Who gains and who gives up (core money)"
    for row in (*case.losses.winners, *case.losses.losers):
        yield f"  {row.code}  {row.name}  {print_dollars(row.counted_change)}  {print_fte(row.fte_change)} FTE"
    yield f"  Gains less losses: {print_dollars(case.losses.new_money, with_cents=True)}, the change in core money."
    yield "Who carries the loss (1.00 is an equal share per pupil; internal, not for publication)"
    for each in case.bearings:
        ratio = "too few to say" if each.too_few else "none" if each.ratio is None else f"{float(each.ratio):.2f}"
        yield f"  {each.title}: {ratio}"
    yield from _staff(case)
    yield from _lenses(plan)
    held = status_quo(plan)
    yield "What staying costs: rules that hold schools near last year, and what each takes off the lowest school"
    for rule in held.protections if held else ():
        yield f"  Rule {rule.number} ({rule.title}): {rule.share}; without it {rule.without} {held.unit if held else ''}"
    yield "What speaks against it"
    for objection, answer in replies(case):
        yield f"  {objection.number}. {objection.says}"
        parts = (("Fact", answer.fact), ("Reply", answer.reply), ("Offer", answer.offer), ("Not known", answer.unknown))
        yield from (f"     {name}: {words}" for name, words in parts if words)


def _staff(case: Case) -> Iterator[str]:
    yield "Posts given up, vacant among them, with a post of the same kind at another school, and without one (FTE)"
    for each in case.staff:
        if each.given_up:
            vacant = "not known" if each.vacant is None else print_fte(each.vacant)
            yield f"  {each.title}: {print_fte(each.given_up)}; {vacant}; {print_fte(each.can_move)}; {print_fte(each.without_post)}"


def _lenses(plan: Plan) -> Iterator[str]:
    found: Look | None = look(plan.view)
    yield "What the plan forgoes of each lens's gain"
    if found is None:
        yield "  Nothing is to be gained by any lens under these rules."
        return
    for name, forgone in zip(found.names, found.regrets_of(plan.view, plan.allocation).tolist(), strict=True):
        yield f"  {name}: {print_forgone(max(0.0, forgone))}"
    yield f"  Its choice is nearest to: {found.behaves_like(plan.view, plan.allocation)}."
    yield f"  The compromise forgoes at most {forgone_words(found.between.worst)}; the best single lens {forgone_words(found.least_worst)}."
    for lens in all_lenses():
        if lens.tells is not None:
            yield f"  {lens.name}: {lens.tells(plan)}"


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        stop(UNUSABLE, f"{file} cannot be read: {error.strerror}. Check the path and that you may open the file.")
