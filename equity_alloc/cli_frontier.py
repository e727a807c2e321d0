"""The frontier command: how high the lowest (or equal) level can be for each post moved, each dollar spent, each dollar of the total.

Exit codes: 0 done; 1 there is no plan, or nothing to choose between; 2 the input is unusable.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from pathlib import Path
from typing import Annotated

import typer

from equity_alloc.cli_explain import IMPOSSIBLE, UNUSABLE, DistrictFile, ScenarioFile, planned
from equity_alloc.cli_terminal import say, stop, tell, write
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_percent
from equity_alloc.planning.frontier import Axis, Line, Point, Tracer, settings_of, undominated
from equity_alloc.planning.frontier_plans import POINTS, certified_point, stated_scenarios
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.frontier_table import frontier_csv, frontier_workbook

_WRITERS: dict[str, Callable[[Plan, Line, tuple[Point, ...]], bytes]] = {
    ".csv": lambda plan, line, points: frontier_csv(line, points),
    ".xlsx": lambda plan, line, points: frontier_workbook(plan.district, line, points),
}


def frontier(
    file: DistrictFile,
    against: Annotated[Axis, typer.Option("--against", help="What equity is set against.")] = Axis.MOVES,
    aversion: Annotated[
        str,
        typer.Option(
            "--aversion",
            help="infinity: the lowest level; 1, 2, 5: the equal level worth as much; default: the scenario's own.",
        ),
    ] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Where to write the table (.csv or .xlsx).")
    ] = None,
    points: Annotated[
        int, typer.Option("--points", min=2, max=100, help="Plans to make and certify along the line.")
    ] = POINTS,
    scenario: ScenarioFile = None,
) -> None:
    """Trace the best lowest (or equal) level against moves, cost or total, and certify plans along the line."""
    if output is not None and output.suffix.lower() not in _WRITERS:
        stop(UNUSABLE, f"{output}: the table is written as .csv or .xlsx. Give the file one of these endings.")
    if output is not None and output.exists() and file.exists() and output.samefile(file):
        stop(UNUSABLE, f"{output} is what the line is traced from. Choose another place with -o.")
    plan = planned(file, scenario)
    offered = settings_of(plan.scenario)
    setting = aversion or offered[0]
    if setting not in offered:
        stop(UNUSABLE, f"--aversion {aversion} is not traced here. Choose one of: {', '.join(offered)}.")
    try:
        line, found = _traced(plan, against, points, setting)
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    for point in found:
        say(point_words(line, point))
    first, last = line.corners[0], line.corners[-1]
    say(
        f"{line.title}: {line.name} {_level(first.level, line.unit)} at {_amount(line.axis, first.limit)} to "
        f"{_level(last.level, line.unit)} at {_amount(line.axis, last.limit)}; {len(line.corners)} {'corners' if line.is_exact else 'points'}."
    )
    if output is not None:
        write(output, _WRITERS[output.suffix.lower()](plan, line, found))
        say(f"Written to {output}.")


def _traced(plan: Plan, against: Axis, points: int, setting: str) -> tuple[Line, tuple[Point, ...]]:
    tracer = Tracer(plan.district, plan.scenario, against, setting)
    if not tracer.exists:
        stop(IMPOSSIBLE, "There is nothing to choose between here: no posts or schools whose shares could differ.")
    line = tracer.line()
    scenarios = stated_scenarios(line, plan.scenario, points, setting)
    made = []
    for number, each in enumerate(scenarios, 1):
        tell(f"plan {number} of {len(scenarios)}")
        made.append(certified_point(tracer, line, each, lambda s: make_plan(plan.district, s)))
    return line, undominated(against, [point for point in made if point is not None])


def point_words(line: Line, point: Point) -> str:
    """Return a plan in one line: its amount, its level, and what no plan can pass."""
    # Rounded up in the digits that are printed, so that the claim holds as it stands there.
    digits = 10**4 if line.unit.startswith("share") else 100
    bound = ceil(point.bound * digits) / digits
    return (
        f"{_amount(line.axis, point.amount):>18}  {line.name} {_level(float(point.level), line.unit)}, no plan above "
        f"{_level(bound, line.unit)}  ({point.plan.scenario.name})"
    )


def _amount(axis: Axis, amount: float) -> str:
    return f"{print_fte(round(amount))} FTE" if axis is Axis.MOVES else print_dollars(round(amount))


def _level(level: float, unit: str) -> str:
    return (
        f"{print_percent(level, 2)} of target"
        if unit.startswith("share")
        else print_dollars(round(level * 100), with_cents=True)
    )
