"""The years command: several years planned one on the other, with each fund's ending balance and where the course turns.

Exit codes: 0 every year has a plan whose rules are all kept; 1 a year has none, or a rule cannot be tested; 2 the input is
unusable, or an assumption lacks.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from equity_alloc.cli_scenario import named_scenario
from equity_alloc.cli_terminal import list_findings, make_folder, say, stop, tell, write
from equity_alloc.domain.ahead import EVERY, What
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.draft import never_assessed
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.reports.years_workbook import years_workbook
from equity_alloc.scenario import default_scenario
from equity_alloc.sources.open_file import read_path
from equity_alloc.years.assumed import SHEET, with_unchanged
from equity_alloc.years.audit import audit_years
from equity_alloc.years.course import FEWEST_YEARS, MOST_YEARS, Course, YearOf, plan_years
from equity_alloc.years.turns import turns, unknown_terms
from equity_alloc.years.words import year_sentence

KEPT, BROKEN, UNUSABLE = 0, 1, 2


def years(
    file: Annotated[Path, typer.Argument(help="A workbook (.xlsx), a .zip or folder of CSV files, or 'sample'.")],
    count: Annotated[
        int, typer.Option("--years", min=FEWEST_YEARS, max=MOST_YEARS, help="How many, the plan year included.")
    ] = 3,
    scenario: Annotated[
        Path | None, typer.Option("--scenario", help="A scenario (.json); default: the file's own.")
    ] = None,
    unchanged: Annotated[
        bool, typer.Option("--unchanged", help="Take what is not assumed as unchanged, and write that down.")
    ] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to write the years (.xlsx).")] = None,
    plans: Annotated[
        Path | None, typer.Option("--plans", help="A folder for each year's plan as a workbook of its own.")
    ] = None,
) -> None:
    """Plan several years one on the other: pupils, money that ends, balances, and the year in which a rule breaks."""
    reading = read_path(file)
    list_findings(reading.findings)
    if reading.district is None:
        stop(UNUSABLE, f"{count_words(len(reading.errors), 'error')}: this file cannot be planned with yet.")
    district = reading.district
    chosen = named_scenario(scenario) if scenario else reading.scenario or default_scenario(district)
    if unchanged:
        chosen = with_unchanged(chosen, What)
    try:
        course = plan_years(district, chosen, count, make_plan)
        checked = [y for y in course.years if y.plan is not None]
        audited = list(audit_years(district, chosen, [y.plan.allocation for y in checked if y.plan is not None]))
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    _tell(course)
    same = sum(a.certificate == y.plan.certificate for a, y in zip(audited, checked, strict=True) if y.plan is not None)
    say(f"Projected and certified again without the solver: {same} of {len(checked)} years the same.")
    if output is not None:
        make_folder(output.parent)
        _write(output, years_workbook(course))
    if plans is not None:
        _write_plans(plans, checked)
    if course.gaps:
        stop(UNUSABLE, "\n".join(_lacking(course)))
    if same < len(checked) or not course.is_kept:
        raise typer.Exit(BROKEN)


def _tell(course: Course) -> None:
    for year in course.years:
        say(year_sentence(year))
        for fund in year.funds:
            back = f", {print_dollars(fund.gone_back)} gone back" if fund.gone_back else ""
            say(
                f"  {fund.fund.title}: {_known(fund.carried_in)} carried in, {_known(fund.revenue)} taken in, "
                f"{print_dollars(fund.spent)} spent{back}, {_known(fund.left)} left."
            )
    for turn in turns(course):
        say(f"{turn.year}  {turn.kind.value}  {turn.words}")
    for lack in unknown_terms(course.years[0].district):
        tell(f"not known  {lack}")


def _lacking(course: Course) -> list[str]:
    """Return one sentence for each kind of assumption that lacks."""
    first: dict[str, Gap] = {}
    for lack in course.gaps:
        first.setdefault(lack.column, lack)
    counted = Counter(lack.column for lack in course.gaps)
    lines = [
        f"not assumed  {column} of {lack.subject}{f' and {counted[column] - 1} others' if counted[column] > 1 else ''}"
        for column, lack in first.items()
    ]
    end = (
        f"The years end here. Enter what lacks on the sheet {SHEET}, for each or for {EVERY}; or add --unchanged to take it "
        "as it is today."
    )
    return [*lines, end]


def _write_plans(folder: Path, years_with_plans: list[YearOf]) -> None:
    make_folder(folder, option="--plans")
    for year in years_with_plans:
        if year.plan is not None:
            workbook = plan_workbook(year.plan, never_assessed(year.plan))
            _write(folder / f"plan-{year.year}.xlsx", workbook, option="--plans")


def _write(path: Path, data: bytes, *, option: str = "-o") -> None:
    write(path, data, option=option)
    say(f"Written to {path}. INTERNAL: it holds full counts.")


def _known(cents: Cents | None) -> str:
    return "unknown" if cents is None else print_dollars(cents)
