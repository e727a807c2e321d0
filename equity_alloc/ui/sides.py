"""Allocations side by side, on the same axes: schools, measures, funds and posts. One may stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from equity_alloc.catalogue import all_measures
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.figures.base import Show, TableColumn, level_show
from equity_alloc.figures.level_change import LevelPair
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import MeasureRow, measure_value
from equity_alloc.scenario import ScenarioView

#: How the two sides are called in the headings of tables, whose columns are narrow.
LETTERS = ("A", "B")


@dataclass(frozen=True)
class Side:
    """An allocation and what it is called.

    Parameters
    ----------
    name : str
    allocation : Allocation
    plan : Plan or None
        None for today.
    """

    name: str
    allocation: Allocation
    plan: Plan | None = None


@dataclass(frozen=True)
class Sides:
    """One side or two, seen with the weights and counted funds of one scenario.

    Parameters
    ----------
    view : ScenarioView
    sides : tuple of Side
        With two, the tables tell the difference, second minus first.
    """

    view: ScenarioView
    sides: tuple[Side, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names for the sides, different ones even where two scenarios share a name."""
        names = tuple(side.name for side in self.sides)
        if len(set(names)) == len(names):
            return names
        return tuple(f"{name} ({letter})" for name, letter in zip(names, LETTERS, strict=True))


def levels_of(both: Sides) -> list[LevelPair]:
    """Return both levels of every school that has one; with one side the two are equal."""
    per = {code: float(weight * both.view.levels.cents_per_unit) for code, weight in both.view.levels.weights}
    district = both.view.district
    first, last = both.sides[0].allocation, both.sides[-1].allocation
    return [
        LevelPair(
            school.code,
            school.name,
            district.counted_dollars(first, school.code) / per[school.code],
            district.counted_dollars(last, school.code) / per[school.code],
        )
        for school in district.schools
        if school.code in per
    ]


def school_columns(both: Sides) -> tuple[TableColumn, ...]:
    """Return the table of schools: dollars, levels and posts of each side, and the difference."""
    schools, unit = both.view.district.schools, both.view.levels.unit
    dollars = [[side.allocation.school_dollars(s.code) / 100 for s in schools] for side in both.sides]
    levels = {level.code: level for level in levels_of(both)}
    by_school = [[_level(levels.get(s.code), place) for s in schools] for place in range(len(both.sides))]
    fte = [_fte(side.allocation, [school.code for school in schools]) for side in both.sides]
    return (
        TableColumn("School", Show.TEXT, tuple(school.name for school in schools)),
        *_values(both, "Dollars", Show.DOLLARS, dollars, "All funds"),
        *_difference(both, "$ difference", Show.CHANGE, dollars),
        *_values(both, "Level", level_show(unit), by_school, unit),
        *_values(both, "FTE", Show.FTE, fte),
        *_difference(both, "FTE difference", Show.FTE_CHANGE, fte),
        TableColumn("Code", Show.TEXT, tuple(school.code for school in schools)),
    )


def measures_of(both: Sides) -> tuple[MeasureRow, ...]:
    """Return every measure of each side, taken with the same weights; with one side the two values are equal."""
    rows = []
    for measure in all_measures().values():
        values: list[float | None] = []
        note = ""
        for side in both.sides:
            try:
                values.append(measure_value(both.view, measure, side.allocation))
            except EquityAllocError as error:
                values.append(None)
                note = str(error)
        rows.append(MeasureRow(measure, values[0], values[-1], note))
    return tuple(rows)


def fund_columns(both: Sides) -> tuple[TableColumn, ...]:
    """Return what each fund pays at schools on each side."""
    funds = both.view.district.funds
    paid = [[side.allocation.fund_dollars(fund.code) / 100 for fund in funds] for side in both.sides]
    return (
        TableColumn("Fund", Show.TEXT, tuple(fund.title for fund in funds)),
        *_values(both, "At schools", Show.DOLLARS, paid),
        *_difference(both, "$ difference", Show.CHANGE, paid),
    )


def post_columns(both: Sides) -> tuple[TableColumn, ...]:
    """Return the posts of each position on each side, and what moves between them, school by school."""
    positions = both.view.district.positions
    fte = [[side.allocation.position_fte(p.code) / 100 for p in positions] for side in both.sides]
    differing = TableColumn("Schools that differ", Show.COUNT, tuple(_differing(both, p.code) for p in positions))
    return (
        TableColumn("Position", Show.TEXT, tuple(position.title for position in positions)),
        *_values(both, "FTE", Show.FTE, fte),
        *_difference(both, "FTE difference", Show.FTE_CHANGE, fte),
        *((differing,) if len(both.sides) > 1 else ()),
    )


def _values(
    both: Sides, title: str, show: Show, values: Iterable[Sequence[float | None]], words: str = ""
) -> tuple[TableColumn, ...]:
    titles = [f"{title}, {letter}" for letter in LETTERS] if len(both.sides) > 1 else [title]
    return tuple(
        TableColumn(each, show, tuple(cells), f"{title}, {name}: {words}" if words else f"{title}, {name}")
        for each, name, cells in zip(titles, both.names, values, strict=True)
    )


def _difference(both: Sides, title: str, show: Show, values: Sequence[Sequence[float]]) -> tuple[TableColumn, ...]:
    if len(values) < 2:
        return ()
    a, b = both.names
    cells = tuple(y - x for x, y in zip(*values, strict=True))
    return (TableColumn(title, show, cells, f"{b} minus {a}"),)


def _differing(both: Sides, position: str) -> int:
    tables = [side.allocation.fte_of for side in both.sides]
    codes = [school.code for school in both.view.district.schools]
    return sum(1 for code in codes if tables[0].get((code, position), 0) != tables[-1].get((code, position), 0))


def _fte(allocation: Allocation, codes: list[str]) -> list[float]:
    totals = dict.fromkeys(codes, 0)
    for (code, _), value in allocation.fte:
        totals[code] += value
    return [totals[code] / 100 for code in codes]


def _level(pair: LevelPair | None, side: int) -> float | None:
    return None if pair is None else (pair.before, pair.after)[side]
