"""A part of a sweep that one worker does at once, and the rows that come of it. Workers import this module."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.conflict import explain_impossible
from equity_alloc.planning.hot_levels import HotLevels
from equity_alloc.planning.own_level import own_level
from equity_alloc.planning.plan import Impossible, OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.planning.summary import measure_rows, totals
from equity_alloc.scenario import Scenario
from equity_alloc.sweep.vary import Varied, varied_rules, with_values

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = dict[str, Cell]

#: Before the names of measures in the table.
MEASURE = "measure."


class Depth(StrEnum):
    """How much is worked out for each scenario."""

    PLAN = "plan"
    LEVELS = "levels"


class Status(StrEnum):
    """How a scenario ended, in one word."""

    PROVEN = "proven"
    BEST_FOUND = "best-found"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    STOPPED = "stopped"
    REFUSED = "refused"


_STATUS = {
    OutcomeKind.PROVEN: Status.PROVEN,
    OutcomeKind.BEST_FOUND: Status.BEST_FOUND,
    OutcomeKind.IMPOSSIBLE: Status.IMPOSSIBLE,
    OutcomeKind.STOPPED: Status.STOPPED,
    OutcomeKind.FAILED: Status.STOPPED,
}


@dataclass(frozen=True)
class Place:
    """A district of the sweep and its own choices, or why it could not be read.

    Parameters
    ----------
    name : str
        Of its file.
    district : District or None
    scenario : Scenario or None
        None exactly where the district is.
    words : str
        Why it could not be read; blank where it could.
    """

    name: str
    district: District | None
    scenario: Scenario | None
    words: str = ""


@dataclass(frozen=True)
class Part:
    """Some of the scenarios of one district.

    Parameters
    ----------
    place : Place
    first : int
        Number of the first of them in the whole sweep, from 1.
    values : tuple of tuple of str
        For each scenario, one value for each varied choice.
    """

    place: Place
    first: int
    values: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Task:
    """What one worker does at once.

    Parameters
    ----------
    number : int
        From 0.
    depth : Depth
    varied : tuple of Varied
    parts : tuple of Part
    """

    number: int
    depth: Depth
    varied: tuple[Varied, ...]
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        """How many scenarios it holds."""
        return sum(len(part.values) for part in self.parts)


def run_task(task: Task) -> list[Row]:
    """Return one row for each scenario of a task, in order.

    A scenario that cannot be planned has blanks, never zeros, in place of what a plan would have.
    """
    return [row for part in task.parts for row in _rows(task, part)]


@dataclass(frozen=True, slots=True)
class Packed:
    """A task as bytes, which travel much faster than what they stand for.

    Parameters
    ----------
    task : bytes
        Without its districts.
    places : tuple of bytes
        One for each part; a worker that has seen one keeps it.
    """

    task: bytes
    places: tuple[bytes, ...]


def pack(task: Task, known: dict[int, bytes]) -> Packed:
    """Return a task as bytes.

    Parameters
    ----------
    task : Task
    known : dict
        Districts packed before, by identity; filled as needed.
    """
    for part in task.parts:
        if id(part.place) not in known:
            known[id(part.place)] = pickle.dumps(part.place)
    bare = tuple((part.first, part.values) for part in task.parts)
    head = pickle.dumps((task.number, task.depth, task.varied, bare))
    return Packed(head, tuple(known[id(part.place)] for part in task.parts))


def run_packed(packed: Packed) -> bytes:
    """Return the rows of a task as JSON text; both come from and go to the process that made the task."""
    number, depth, varied, bare = pickle.loads(packed.task)  # noqa: S301 - made by the process that hands out
    parts = tuple(
        Part(_place(place), first, values) for place, (first, values) in zip(packed.places, bare, strict=True)
    )
    return rows_text(run_task(Task(number, depth, varied, parts)))


def rows_text(rows: list[Row]) -> bytes:
    """Return rows as JSON text; a number that is not finite has no text and is refused."""
    return json.dumps(rows, allow_nan=False).encode()


@lru_cache(maxsize=8)
def _place(packed: bytes) -> Place:
    found: Place = pickle.loads(packed)  # noqa: S301 - made by the process that hands out
    return found


def _rows(task: Task, part: Part) -> Iterator[Row]:
    place = part.place
    hot = None
    for k, values in enumerate(part.values):
        row: Row = {"number": part.first + k, "file": place.name}
        row |= dict(zip((each.target for each in task.varied), values, strict=True))
        if place.district is None or place.scenario is None:
            yield row | {"status": Status.REFUSED.value, "words": place.words}
            continue
        row |= {"district": place.district.name, "district_digest": place.district.digest}
        try:
            targets = [each.target for each in task.varied]
            scenario = with_values(place.scenario, place.district, targets, values)
            row["scenario_digest"] = scenario.digest
            if task.depth is Depth.PLAN:
                yield row | _planned(place.district, scenario)
            else:
                hot = hot or HotLevels(place.district, varied_rules(place.scenario, task.varied))
                yield row | _leveled(hot, place.district, scenario)
        except EquityAllocError as error:
            yield row | {"status": Status.REFUSED.value, "words": str(error)}


def _lowest_bound(result: Plan) -> float | None:
    """Return what the lowest level cannot pass; the first stage's bound says so only where that level is the goal."""
    first, proof = result.stages[0] if result.stages else None, result.certificate.proof
    if own_level(result) is None and first is not None and first.unit == result.view.levels.unit:
        return first.bound
    return None if proof is None else float(Fraction(proof.bound))


def _planned(district: District, scenario: Scenario) -> Row:
    result = plan(district, scenario)
    if not isinstance(result, Plan):
        return _without(result)
    sums, certificate = totals(result), result.certificate
    unit = result.view.levels.unit
    row: Row = {
        "status": _STATUS[result.outcome].value,
        "unit": unit,
        "lowest_level": sums.lowest_plan,
        "lowest_level_today": sums.lowest_today,
        "lowest_level_bound": _lowest_bound(result),
        "fte_added": sums.fte_added,
        "fte_given_up": sums.fte_given_up,
        "dollars_moved": sums.dollars_moved,
        "dollars_at_schools": sums.counted_plan + sums.other_plan,
        "unallocated": sum(fund.unallocated for fund in certificate.funds),
        "schools_gaining": sums.schools_gaining,
        "schools_giving_up": sums.schools_giving_up,
        "rules": len(certificate.rules),
        "rules_kept": sum(1 for rule in certificate.rules if rule.is_kept),
        "rules_not_testable": len(certificate.not_testable),
        "breaches": len(certificate.breaches),
    }
    return row | {f"{MEASURE}{each.measure.code}": each.plan for each in measure_rows(result)}


def _leveled(hot: HotLevels, district: District, scenario: Scenario) -> Row:
    found = hot.lowest(scenario)
    if found.level is None:
        return _without(explain_impossible(district, scenario))
    return {
        "status": Status.POSSIBLE.value,
        "unit": found.unit,
        "lowest_level": found.level,
        "lowest_level_bound": found.bound,
    }


def _without(result: Impossible) -> Row:
    titles = result.scenario.view(result.district).titles
    rules = [f"rule {number}, {titles[number - 1]}" for number in result.conflict]
    return {"status": _STATUS[result.outcome].value, "conflict": "; ".join(rules), "words": result.words}
