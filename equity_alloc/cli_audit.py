"""The audit command: gaps between student groups in resources, access and outcomes.

Exit codes: 0 the audit was made, whatever it found; 2 the input is unusable. With --plan or --causes: 1 there is no plan.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from equity_alloc.cli_explain import DistrictFile, ScenarioFile, chosen
from equity_alloc.cli_terminal import say, stop, write
from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError, UnknownCode
from equity_alloc.domain.number import count_words
from equity_alloc.inequity.audit import Audit, audit
from equity_alloc.inequity.drivers import drivers_of, statement
from equity_alloc.inequity.gap_words import chance_words, cluster_words, gap_words, value_words, years_words
from equity_alloc.inequity.group_gap import Area, Certainty, GroupGap
from equity_alloc.inequity.ranking import Key, ordered, worth_a_look
from equity_alloc.inequity.threshold_words import how_tested, threshold_cells
from equity_alloc.inequity.thresholds import thresholds
from equity_alloc.inequity.title1_line import title_one_line
from equity_alloc.planning.gap_cause_words import cause_cells, headline, how_found
from equity_alloc.planning.gap_causes import gap_causes
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.gap_rows import gap_rows
from equity_alloc.scenario import Scenario

NO_PLAN, UNUSABLE = 1, 2

#: Gaps of each area that are listed unless another number is asked for.
MOST = 5


def audit_command(
    file: DistrictFile,
    scenario: ScenarioFile = None,
    by: Annotated[
        Key | None, typer.Option("--by", help=f"What gaps are ordered by; default: {Key.SIZE.value}.")
    ] = None,
    most: Annotated[
        int | None, typer.Option("--most", min=1, help=f"So many gaps of each area at most; default: {MOST}.")
    ] = None,
    with_plan: Annotated[bool, typer.Option("--plan", help="Make the plan, and say what it does to each gap.")] = False,
    causes: Annotated[
        str | None,
        typer.Option("--causes", help="Which rule causes how much of the gap of this student group (its code)."),
    ] = None,
    cliffs: Annotated[
        bool, typer.Option("--thresholds", help="Where a few pupils change the money by a jump.")
    ] = False,
    drivers: Annotated[bool, typer.Option("--drivers", help="What drives a plan, and what cannot.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Every comparison as a table (.csv).")] = None,
) -> None:
    """List the largest gaps between student groups, how sure they are, and what allocation can move."""
    instead = [
        name for name, on in (("--causes", causes is not None), ("--thresholds", cliffs), ("--drivers", drivers)) if on
    ]
    of_gaps = [
        name
        for name, on in (("--by", by), ("--most", most), ("--plan", with_plan), ("-o", output))
        if on not in (None, False)
    ]
    if instead and of_gaps:
        stop(
            UNUSABLE,
            f"{', '.join(of_gaps)} is about the list of gaps, and {', '.join(instead)} tells something else in its place. "
            "Ask for one at a time.",
        )
    try:
        district, choices = chosen(file, scenario)
        allocation = None
        if with_plan:
            result = make_plan(district, choices)
            if not isinstance(result, Plan):
                stop(NO_PLAN, f"There is no plan. {result.words}")
            allocation = result.allocation
        found = audit(district, choices, allocation)
        if causes is not None:
            _list_causes(district, choices, causes)
        if cliffs:
            _list_thresholds(district, choices)
        if drivers:
            _list_drivers(district, choices)
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    if not instead:
        _list_gaps(found, by or Key.SIZE, most or MOST)
    if output is not None:
        _write(found, output)


def _list_gaps(found: Audit, by: Key, most: int) -> None:
    for area in Area:
        _list(found, area, by, most)
    judged = [gap for gap in found.gaps if gap.certainty in (Certainty.STANDS_OUT, Certainty.MAY_BE_CHANCE)]
    if judged:
        say(f"{chance_words(len(judged))} {cluster_words(judged)} {years_words(judged)}")


def _list_causes(district: District, choices: Scenario, group: str) -> None:
    if group and group not in district.group_of:
        known = ", ".join(district.group_of) or "none"
        raise UnknownCode(f"There is no student group with code {group}. Groups here: {known}.")
    found = gap_causes(district, choices, group)
    if not found:
        stop(NO_PLAN, "There is no plan under these rules, so no rule's effect can be told.")
    titles = choices.view(district).titles
    for each in found:
        say(headline(each, titles))
        for number, share, title, alone, last, error in cause_cells(each, titles):
            say(f"  rule {number}, {title}: {share} (alone {alone}, last {last}; standard error {error})")
    say(how_found(found[0]))


def _list_thresholds(district: District, choices: Scenario) -> None:
    titles = choices.view(district).titles
    for number, title, counts, schools, jump, flips, nearest, over in threshold_cells(
        (*thresholds(district, choices), *title_one_line(district, choices)), district, titles
    ):
        what = f"rule {number}, {title}" if number else title
        say(
            f"{what} (counts {counts}): {count_words(int(schools), 'school')} close, {jump} at most, crossed {flips} times a year"
        )
        say(f"  The nearest: {nearest}. Just short of it: {over}.")
    say(how_tested())


def _list_drivers(district: District, choices: Scenario) -> None:
    for sentence in statement(district, choices):
        say(sentence)
    for each in drivers_of(district, choices):
        say(f"{each.title}: {each.purpose} {each.source}".rstrip())
        say(f"  {'; '.join(each.used_by)}")


def _list(found: Audit, area: Area, by: Key, most: int) -> None:
    say(f"{area.value.capitalize()}")
    if area in found.unseen:
        say("  No counts. Add the sheets Indicators and Outcomes; the template has them.")
        return
    gaps = worth_a_look(found.of(area))
    for gap in ordered(gaps, by)[:most]:
        only = " (audit only)" if gap.is_audit_only else ""
        say(f"  {gap.title}, {gap.group}{only}: {gap_words(gap)}{_after(found, gap)}")
    left = len(gaps) - most
    say(f"  {len(found.of(area))} comparisons, {len(gaps)} in which the group fares worse{_more(left)}.")


def _after(found: Audit, gap: GroupGap) -> str:
    after = found.after(gap)
    if after is None:
        return ""
    return f" In the proposal {value_words(after, after.value)} and {value_words(after, after.other)}."


def _more(left: int) -> str:
    return f"; {left} of them not listed, see --most" if left > 0 else ""


def _write(found: Audit, output: Path) -> None:
    headings, rows = gap_rows(found)
    write(output, csv_bytes(headings, rows))
    say(f"Written to {output}. INTERNAL: small counts can be worked out from it.")
