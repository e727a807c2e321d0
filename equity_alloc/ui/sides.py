"""Allocations side by side, one to four of them, on the same axes: what each has and how it differs from the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.catalogue import all_measures
from equity_alloc.commitments.scoreboard import scoreboard
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.money import print_dollars
from equity_alloc.figures.base import Show, TableColumn, level_show
from equity_alloc.figures.level_change import SchoolLevels
from equity_alloc.measures.base import Better, Measure
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import measure_value
from equity_alloc.scenario import ScenarioView
from equity_alloc.ui.numbers import direction_words, print_change, signed


class Of(StrEnum):
    """What a table of differences is about."""

    DOLLARS = "School dollars, all funds"
    LEVELS = "School levels"
    POSTS = "School posts"
    FUNDS = "Funds"
    POSITIONS = "Positions"
    MEASURES = "Measures"
    COMMITMENTS = "Commitments"


@dataclass(frozen=True)
class Side:
    """An allocation and what it is called.

    Parameters
    ----------
    letter : str
        Heads its columns, which are narrow.
    name : str
    allocation : Allocation
    plan : Plan or None
        None for today.
    """

    letter: str
    name: str
    allocation: Allocation
    plan: Plan | None = None


@dataclass(frozen=True)
class Sides:
    """One to four sides, seen with the weights and counted funds of one scenario.

    Parameters
    ----------
    view : ScenarioView
    sides : tuple of Side
        The tables tell the difference of each later one from the first.
    """

    view: ScenarioView
    sides: tuple[Side, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names for the sides, different ones even where two scenarios share a name."""
        names = tuple(side.name for side in self.sides)
        if len(set(names)) == len(names):
            return names
        return tuple(f"{side.name} ({side.letter})" for side in self.sides)

    @property
    def legend(self) -> str:
        """Return which letter is which."""
        return ", ".join(f"{side.letter} is {side.name}" for side in self.sides)


def levels_of(beside: Sides) -> list[SchoolLevels]:
    """Return the level of every school that has one, on each side."""
    per = {code: float(weight * beside.view.levels.cents_per_unit) for code, weight in beside.view.levels.weights}
    district = beside.view.district
    return [
        SchoolLevels(
            school.code,
            school.name,
            tuple(district.counted_dollars(side.allocation, school.code) / per[school.code] for side in beside.sides),
        )
        for school in district.schools
        if school.code in per
    ]


def kinds_of(beside: Sides) -> list[Of]:
    """Return what can be laid side by side; promises and posts only where some are known."""
    absent = set() if beside.view.scenario.commitments else {Of.COMMITMENTS}
    if not beside.view.district.positions:
        absent |= {Of.POSTS, Of.POSITIONS}
    return [of for of in Of if of not in absent]


def side_columns(beside: Sides, of: Of) -> tuple[TableColumn, ...]:
    """Return one table: what each side has, and how each later one differs from the first."""
    district = beside.view.district
    if of is Of.MEASURES:
        return _measures(beside)
    if of is Of.COMMITMENTS:
        return _commitments(beside)
    if of is Of.FUNDS:
        paid = [[side.allocation.fund_dollars(fund.code) / 100 for fund in district.funds] for side in beside.sides]
        return (_names("Fund", [fund.title for fund in district.funds]), *_numbers(beside, of, Show.DOLLARS, paid))
    if of is Of.POSITIONS:
        posts = [[side.allocation.position_fte(p.code) / 100 for p in district.positions] for side in beside.sides]
        differing = tuple(_differing(beside, position.code) for position in district.positions)
        return (
            _names("Position", [position.title for position in district.positions]),
            *_numbers(beside, of, Show.FTE, posts),
            *((TableColumn("Schools that differ", Show.COUNT, differing),) if len(beside.sides) > 1 else ()),
        )
    name = _names("School", [school.name for school in district.schools])
    code = TableColumn("Code", Show.TEXT, tuple(school.code for school in district.schools))
    return (name, *_of_schools(beside, of), code)


def together_words(beside: Sides, of: Of) -> str:
    """Return the sums of a table of dollars, to the dollar as they are; blank where sums say nothing."""
    if of not in (Of.DOLLARS, Of.FUNDS):
        return ""
    totals = [side.allocation.total for side in beside.sides]
    parts = [f"{side.letter} {print_dollars(total)}" for side, total in zip(beside.sides, totals, strict=True)]
    parts[1:] = [
        f"{part} ({print_change(total - totals[0])})" for part, total in zip(parts[1:], totals[1:], strict=True)
    ]
    return f"All schools together: {', '.join(parts)}."


def _of_schools(beside: Sides, of: Of) -> tuple[TableColumn, ...]:
    schools = beside.view.district.schools
    if of is Of.LEVELS:
        known = {level.code: level.levels for level in levels_of(beside)}
        levels = [[known[s.code][k] if s.code in known else None for s in schools] for k in range(len(beside.sides))]
        return _numbers(beside, of, level_show(beside.view.levels.unit), levels, beside.view.levels.unit)
    if of is Of.DOLLARS:
        dollars = [[side.allocation.school_dollars(s.code) / 100 for s in schools] for side in beside.sides]
        return _numbers(beside, of, Show.DOLLARS, dollars)
    posts = [[side.allocation.by_school_fte.get(s.code, 0) / 100 for s in schools] for side in beside.sides]
    return _numbers(beside, of, Show.FTE, posts)


def _commitments(beside: Sides) -> tuple[TableColumn, ...]:
    """Return how every commitment of the first scenario stands on each side."""
    promised = beside.view.scenario.commitments
    states = [
        scoreboard(beside.view.district, beside.view.scenario, side.allocation) if promised else ()
        for side in beside.sides
    ]
    return (
        TableColumn("Code", Show.TEXT, tuple(each.code for each in promised), width=60),
        *(
            TableColumn(side.letter, Show.TEXT, tuple(each.state.value for each in found), name, width=190)
            for side, name, found in zip(beside.sides, beside.names, states, strict=True)
        ),
        TableColumn("Commitment, as adopted", Show.TEXT, tuple(each.clause for each in promised), width=420),
    )


def _names(title: str, names: Sequence[str]) -> TableColumn:
    return TableColumn(title, Show.TEXT, tuple(names))


def _numbers(
    beside: Sides, of: Of, show: Show, values: Sequence[Sequence[float | None]], words: str = ""
) -> tuple[TableColumn, ...]:
    """Return the values of each side, and each later side less the first."""
    what = f"{of.value}, {words}" if words else of.value
    if len(values) == 1:
        return (TableColumn(of.value, show, tuple(values[0]), what),)
    change = {Show.DOLLARS: Show.CHANGE, Show.FTE: Show.FTE_CHANGE}.get(show, show)
    first, *later = beside.sides
    columns = [
        TableColumn(side.letter, show, tuple(cells), f"{name}: {what}")
        for side, name, cells in zip(beside.sides, beside.names, values, strict=True)
    ]
    for side, name, cells in zip(later, beside.names[1:], values[1:], strict=True):
        less = tuple(None if x is None or y is None else y - x for x, y in zip(values[0], cells, strict=True))
        columns.append(TableColumn(f"{side.letter} - {first.letter}", change, less, f"{name} less {beside.names[0]}"))
    return tuple(columns)


def _measures(beside: Sides) -> tuple[TableColumn, ...]:
    measures = tuple(all_measures().values())
    values = [[_value(beside, measure, side) for measure in measures] for side in beside.sides]
    titles = [side.letter for side in beside.sides] if len(beside.sides) > 1 else ["Value"]
    columns = [_names("Measure", [measure.title for measure in measures])]
    for title, name, cells in zip(titles, beside.names, values, strict=True):
        printed = tuple(m.printed(cell) for cell, m in zip(cells, measures, strict=True))
        columns.append(TableColumn(title, Show.TEXT, printed, name))
    if len(beside.sides) > 1:
        by_measure = zip(measures, *values, strict=True)
        best = tuple(_best(titles, row[1:], row[0]) for row in by_measure)
        columns.append(TableColumn("Stands best", Show.TEXT, best, "As printed; no verdict where policy decides."))
    for side, cells in zip(beside.sides[1:], values[1:], strict=True):
        less = tuple(_less(a, b, measure) for a, b, measure in zip(values[0], cells, measures, strict=True))
        columns.append(TableColumn(f"{side.letter} - {beside.sides[0].letter}", Show.TEXT, less))
    columns.append(TableColumn("Direction", Show.TEXT, tuple(direction_words(m.better) for m in measures)))
    return (*columns, TableColumn("Unit", Show.TEXT, tuple(m.unit for m in measures)))


def _value(beside: Sides, measure: Measure, side: Side) -> float | None:
    try:
        return measure_value(beside.view, measure, side.allocation)
    except EquityAllocError:
        return None


def _less(first: float | None, later: float | None, measure: Measure) -> str:
    if first is None or later is None:
        return "not defined"
    return signed(measure.printed(later - first))


def _best(letters: Sequence[str], values: Sequence[float | None], measure: Measure) -> str:
    """Return which sides stand best; what is printed alike stands alike."""
    known = [value for value in values if value is not None]
    if measure.better is Better.NEITHER or len(known) < 2:
        return "no verdict"
    best = measure.printed((min if measure.better is Better.LOWER else max)(known))
    found = [
        letter
        for letter, value in zip(letters, values, strict=True)
        if value is not None and measure.printed(value) == best
    ]
    return "all alike" if len(found) == len(values) else ", ".join(found)


def _differing(beside: Sides, position: str) -> int:
    """Return at how many schools some side has other posts than the first."""
    tables = [side.allocation.fte_of for side in beside.sides]
    codes = [school.code for school in beside.view.district.schools]
    return sum(1 for code in codes if len({table.get((code, position), 0) for table in tables}) > 1)
