"""The fall command: new counts for an adopted plan, and the fewest moves that keep law and contract again.

Exit codes: 0 every rule that was to be repaired is kept; 1 some cannot be; 2 the input is unusable.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from equity_alloc.cli_terminal import list_findings, say, stop, write
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.domain.money import print_dollars, read_dollars
from equity_alloc.planning.fall import Fall, reallocate
from equity_alloc.planning.fall_terms import FallTerms, Givers, Reserve, likely_reserve
from equity_alloc.planning.fall_words import fall_sentences, lack_words, move_words
from equity_alloc.reports.draft import never_assessed
from equity_alloc.reports.fall_moves_table import moves_csv
from equity_alloc.reports.recertify import Recertified, recertify
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.rules.base import Force
from equity_alloc.sources.fall_counts import counts_form, read_counts

REPAIRED, LEFT, UNUSABLE = 0, 1, 2

_GIVERS = {"any": Givers.ANY, "fewer": Givers.FALLEN, "none": Givers.NONE}


def fall(
    adopted: Annotated[Path, typer.Argument(help="The adopted plan's workbook, as written by plan or by Export.")],
    counts: Annotated[
        Path | None, typer.Argument(help="New counts (.csv or .xlsx): columns Code and Enrollment at least.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to write the new plan (.xlsx).")] = None,
    moves: Annotated[Path | None, typer.Option("--moves", help="Where to write the moves (.csv).")] = None,
    form: Annotated[Path | None, typer.Option("--form", help="Write an empty form for the counts (.csv) here.")] = None,
    reserve: Annotated[str, typer.Option("--reserve", help="Dollars that may be used; default: all of it.")] = "",
    fund: Annotated[str, typer.Option("--fund", help="Fund of the reserve; default: the one named as a reserve.")] = "",
    line: Annotated[str, typer.Option("--line", help="Central line of the reserve; none: what is unallocated.")] = "",
    givers: Annotated[
        str, typer.Option("--from", help="Who may give posts: any school, those with fewer pupils, or none.")
    ] = "any",
    fewer: Annotated[int, typer.Option("--fewer", help="With --from fewer: at least so many pupils fewer.")] = 1,
    repair: Annotated[Force, typer.Option("--repair", help="Weakest authority that is repaired.")] = Force.CONTRACT,
    keep_weaker: Annotated[
        bool, typer.Option("--keep-weaker", help="Keep weaker rules even where that moves more posts.")
    ] = False,
) -> None:
    """Find the fewest moves of posts that repair an adopted plan under new counts, within the reserve."""
    if givers not in _GIVERS:
        stop(UNUSABLE, f"--from is {givers}. Choose one of {', '.join(_GIVERS)}.")
    read = _read(adopted)
    district, scenario, allocation = read.reading.district, read.reading.scenario, read.reading.allocation
    if district is None or scenario is None or allocation is None or read.findings:
        stop(UNUSABLE, f"{adopted} is no adopted plan that can be used: it was changed, or does not hold one.")
    if form is not None:
        _write(form, counts_form(district).encode(), option="--form")
        if counts is None:
            raise typer.Exit(REPAIRED)
    if counts is None:
        stop(UNUSABLE, "Name the file with the new counts, or write a form for them with --form.")
    try:
        reading = read_counts(counts.read_bytes(), counts.name, district)
    except OSError as error:
        stop(UNUSABLE, f"{counts} cannot be read: {error.strerror}.")
    _list(reading.findings)
    if reading.counts is None:
        stop(UNUSABLE, f"{counts}: these counts cannot be used yet.")
    try:
        terms = FallTerms(
            _reserve(scenario.apply(district), allocation, reserve, fund, line),
            _GIVERS[givers],
            fewer,
            repair,
            keep_weaker=keep_weaker,
        )
        found = reallocate(district, scenario, allocation, reading.counts, terms)
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    _tell(found)
    if output is not None:
        _write(output, plan_workbook(found.plan, never_assessed(found.plan)))
    if moves is not None:
        _write(moves, moves_csv(found), option="--moves")
    raise typer.Exit(REPAIRED if found.is_repaired else LEFT)


def _reserve(district: District, allocation: Allocation, dollars: str, fund: str, line: str) -> Reserve | None:
    likely = likely_reserve(district, allocation)
    if not fund and not line:
        if likely is None:
            return None
        return likely if not dollars else Reserve(likely.fund, likely.line, read_dollars(dollars))
    fund = fund or (likely.fund if likely else "")
    if fund not in district.fund_of:
        stop(UNUSABLE, f"There is no fund with code {fund or '(blank)'}. Name the reserve's fund with --fund.")
    if line and not district.central_of(fund, line):
        lines = ", ".join(each for each in district.central_lines if district.central_of(fund, each)) or "none"
        stop(UNUSABLE, f"{fund} has no money in a central line {line}. Its central lines with money: {lines}.")
    if dollars:
        return Reserve(fund, line, read_dollars(dollars))
    there = district.central_of(fund, line) if line else district.school_pot(district.fund_of[fund])
    return Reserve(fund, line, there if line else max(0, there - allocation.fund_dollars(fund)))


def _tell(found: Fall) -> None:
    for sentence in fall_sentences(found):
        say(sentence)
    for move in found.moves.moves:
        say(f"- {move_words(found, move)}")
    for words in lack_words(found):
        say(f"! {words}")
    certificate = found.plan.certificate
    kept = sum(1 for rule in certificate.rules if rule.is_kept)
    say(f"Certified without a solver: {kept} of {len(certificate.rules)} rules kept.")
    if found.terms.reserve is not None:
        say(f"Spent beyond the adopted plan: {print_dollars(found.used, with_cents=True)}.")


def _read(adopted: Path) -> Recertified:
    try:
        read = recertify(adopted.read_bytes(), adopted.name)
    except OSError as error:
        stop(UNUSABLE, f"{adopted} cannot be read: {error.strerror}.")
    _list(read.findings)
    return read


def _write(path: Path, data: bytes, *, option: str = "-o") -> None:
    write(path, data, option=option)
    say(f"Written to {path}. INTERNAL: it holds full counts.")


def _list(findings: Sequence[Finding]) -> None:
    # The input was noted when the plan was made; what is new here are its faults.
    list_findings(finding for finding in findings if finding.severity is not Severity.NOTE)
