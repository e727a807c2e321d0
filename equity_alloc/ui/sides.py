"""Two allocations side by side, on the same axes: schools, measures, funds and posts."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.catalogue import all_measures
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.figures.base import Show, TableColumn, level_show
from equity_alloc.figures.level_change import LevelPair
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import MeasureRow, measure_value
from equity_alloc.scenario import ScenarioView


@dataclass(frozen=True)
class Side:
    """One side of a comparison.

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
class Pair:
    """Two sides, seen with the weights and counted funds of one scenario.

    Parameters
    ----------
    view : ScenarioView
    a, b : Side
    """

    view: ScenarioView
    a: Side
    b: Side

    @property
    def names(self) -> tuple[str, str]:
        """Names for the two sides, different ones even where two scenarios share a name."""
        return (
            (self.a.name, self.b.name) if self.a.name != self.b.name else (f"{self.a.name} (A)", f"{self.b.name} (B)")
        )


def levels_of(pair: Pair) -> list[LevelPair]:
    """Return both levels of every school that has one."""
    per = {code: float(weight * pair.view.levels.cents_per_unit) for code, weight in pair.view.levels.weights}
    district = pair.view.district
    return [
        LevelPair(
            school.code,
            school.name,
            district.counted_dollars(pair.a.allocation, school.code) / per[school.code],
            district.counted_dollars(pair.b.allocation, school.code) / per[school.code],
        )
        for school in district.schools
        if school.code in per
    ]


def school_columns(pair: Pair) -> tuple[TableColumn, ...]:
    """Return the table of schools: dollars, levels and posts of both sides, and the difference."""
    schools, unit = pair.view.district.schools, pair.view.levels.unit
    dollars = [[side.allocation.school_dollars(s.code) / 100 for s in schools] for side in (pair.a, pair.b)]
    levels = {level.code: level for level in levels_of(pair)}
    fte = [_fte(side.allocation, [school.code for school in schools]) for side in (pair.a, pair.b)]
    a, b = pair.names
    return (
        TableColumn("School", Show.TEXT, tuple(school.name for school in schools)),
        TableColumn("Code", Show.TEXT, tuple(school.code for school in schools)),
        TableColumn(f"Dollars, {a}", Show.DOLLARS, tuple(dollars[0]), "All funds"),
        TableColumn(f"Dollars, {b}", Show.DOLLARS, tuple(dollars[1]), "All funds"),
        TableColumn("$ difference", Show.CHANGE, tuple(y - x for x, y in zip(*dollars, strict=True)), f"{b} minus {a}"),
        TableColumn(f"Level, {a}", level_show(unit), tuple(_level(levels.get(s.code), 0) for s in schools), unit),
        TableColumn(f"Level, {b}", level_show(unit), tuple(_level(levels.get(s.code), 1) for s in schools), unit),
        TableColumn(f"FTE, {a}", Show.FTE, tuple(fte[0])),
        TableColumn(f"FTE, {b}", Show.FTE, tuple(fte[1])),
        TableColumn(
            "FTE difference", Show.FTE_CHANGE, tuple(y - x for x, y in zip(*fte, strict=True)), f"{b} minus {a}"
        ),
    )


def measures_of(pair: Pair) -> tuple[MeasureRow, ...]:
    """Return every measure of both sides, taken with the same weights."""
    rows = []
    for measure in all_measures().values():
        values: list[float | None] = []
        note = ""
        for side in (pair.a, pair.b):
            try:
                values.append(measure_value(pair.view, measure, side.allocation))
            except EquityAllocError as error:
                values.append(None)
                note = str(error)
        rows.append(MeasureRow(measure, values[0], values[1], note))
    return tuple(rows)


def fund_columns(pair: Pair) -> tuple[TableColumn, ...]:
    """Return what each fund pays at schools on both sides."""
    funds = pair.view.district.funds
    paid = [[side.allocation.fund_dollars(fund.code) / 100 for fund in funds] for side in (pair.a, pair.b)]
    a, b = pair.names
    return (
        TableColumn("Fund", Show.TEXT, tuple(fund.title for fund in funds)),
        TableColumn(f"At schools, {a}", Show.DOLLARS, tuple(paid[0])),
        TableColumn(f"At schools, {b}", Show.DOLLARS, tuple(paid[1])),
        TableColumn("$ difference", Show.CHANGE, tuple(y - x for x, y in zip(*paid, strict=True)), f"{b} minus {a}"),
    )


def post_columns(pair: Pair) -> tuple[TableColumn, ...]:
    """Return the posts of each position on both sides, and what moves between them, school by school."""
    positions = pair.view.district.positions
    fte = [[side.allocation.position_fte(p.code) / 100 for p in positions] for side in (pair.a, pair.b)]
    a, b = pair.names
    return (
        TableColumn("Position", Show.TEXT, tuple(position.title for position in positions)),
        TableColumn(f"FTE, {a}", Show.FTE, tuple(fte[0])),
        TableColumn(f"FTE, {b}", Show.FTE, tuple(fte[1])),
        TableColumn(
            "FTE difference", Show.FTE_CHANGE, tuple(y - x for x, y in zip(*fte, strict=True)), f"{b} minus {a}"
        ),
        TableColumn("Schools that differ", Show.COUNT, tuple(_differing(pair, p.code) for p in positions)),
    )


def _differing(pair: Pair, position: str) -> int:
    tables = [side.allocation.fte_of for side in (pair.a, pair.b)]
    codes = [school.code for school in pair.view.district.schools]
    return sum(1 for code in codes if tables[0].get((code, position), 0) != tables[1].get((code, position), 0))


def _fte(allocation: Allocation, codes: list[str]) -> list[float]:
    totals = dict.fromkeys(codes, 0)
    for (code, _), value in allocation.fte:
        totals[code] += value
    return [totals[code] / 100 for code in codes]


def _level(pair: LevelPair | None, side: int) -> float | None:
    return None if pair is None else (pair.before, pair.after)[side]
