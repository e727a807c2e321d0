"""The best level against what it takes: the line without steps, and certified plans beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from equity_alloc.figures.base import Cell, Colors, Figure, Show, TableColumn, calm, level_format, level_show
from equity_alloc.planning.frontier import Axis, Line, Point

#: What each axis is called on the chart and in the table, and how its numbers are shown.
TITLES = {
    Axis.MOVES: "FTE added or given up",
    Axis.COST: "Dollars at schools, all money",
    Axis.TOTAL: "Core dollars at schools",
}
_SHOWS = {Axis.MOVES: Show.FTE, Axis.COST: Show.DOLLARS, Axis.TOTAL: Show.DOLLARS}
_FORMATS = {Axis.MOVES: ",.2f", Axis.COST: "$,.0f", Axis.TOTAL: "$,.0f"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that stands beside the line: what it is called, its amount on the axis and its level."""

    name: str
    amount: float
    level: float


def frontier_figure(line: Line, points: Sequence[Point], marks: Sequence[Mark], colors: Colors, *, note: str) -> Figure:
    """Return the figure of a line.

    Parameters
    ----------
    line : Line
    points : sequence of Point
        None of them dominated; each carries its place as custom data.
    marks : sequence of Mark
        Today and the proposal.
    colors : Colors
    note : str
    """
    chart, form, of_level = go.Figure(), _FORMATS[line.axis], level_format(line.unit)
    corners = [(look.limit / 100, look.level) for look in line.corners]
    chart.add_scatter(
        x=[x for x, _ in corners],
        y=[y for _, y in corners],
        mode="lines+markers",
        name=line.title,
        line={"color": colors.today, "width": 2},
        marker={"color": colors.today, "symbol": "circle", "size": 5},
        # A corner beside a plan would take the plan's clicks; the table has every corner.
        hoverinfo="skip",
    )
    chart.add_scatter(
        x=[point.amount / 100 for point in points],
        y=[float(point.level) for point in points],
        mode="markers",
        name="Certified plans",
        customdata=list(range(len(points))),
        marker={"color": colors.plan, "symbol": "diamond", "size": 13},
        text=[_close(float(point.gap), is_share=line.unit.startswith("share")) for point in points],
        hovertemplate=(
            f"%{{x:{form}}}<br>{line.name} %{{y:{of_level}}}<br>%{{text}} below what no plan can pass<br>"
            "choose to load this plan<extra></extra>"
        ),
    )
    for mark, symbol in zip(marks, ("circle-open", "square-open"), strict=False):
        chart.add_scatter(
            x=[mark.amount / 100],
            y=[mark.level],
            mode="markers",
            name=mark.name,
            marker={"color": colors.other, "symbol": symbol, "size": 12, "line": {"width": 2.5, "color": colors.other}},
            hovertemplate=f"{mark.name}<br>%{{x:{form}}}<br>{line.name} %{{y:{of_level}}}<extra></extra>",
        )
    calm(chart, colors, height=440, x_title=TITLES[line.axis], y_title=f"{_upper(line.name)}, {line.unit}")
    chart.update_xaxes(tickformat=",.0f" if line.axis is Axis.MOVES else "$.4~s", nticks=7)
    chart.update_yaxes(tickformat=of_level, nticks=8)
    chart.update_layout(legend={"entrywidth": 0})
    chart.update_traces(unselected={"marker": {"opacity": 1}}, selected={"marker": {"opacity": 1}})
    return Figure(
        code=f"frontier-{line.axis.value}",
        title=f"{_upper(line.name)} against {TITLES[line.axis][0].lower()}{TITLES[line.axis][1:]}"
        if line.axis is not Axis.MOVES
        else f"{_upper(line.name)} against FTE added or given up",
        alt=_alt(line, points, marks),
        chart=chart,
        table=_table(line, points, marks),
        note=note,
    )


def _table(line: Line, points: Sequence[Point], marks: Sequence[Mark]) -> tuple[TableColumn, ...]:
    """Return every number of the chart, in the order of the axis; of corners also what the next unit buys."""
    rows: list[tuple[float, str, float, Cell, Cell, Cell]] = [
        (look.limit / 100, line.title, look.level, None, None, gain)
        for look, gain in zip(line.corners, next_gains(line), strict=True)
    ]
    rows += [(p.amount / 100, "Certified plan", float(p.level), float(p.bound), float(p.gap), None) for p in points]
    rows += [(mark.amount / 100, mark.name, mark.level, None, None, None) for mark in marks]
    rows.sort(key=lambda row: (row[0], row[2]))
    one = "one more FTE" if line.axis is Axis.MOVES else "$10,000 more" if line.axis is Axis.COST else "$10,000 less"
    is_share = line.unit.startswith("share")
    return (
        TableColumn("What", Show.TEXT, tuple(row[1] for row in rows), width=240),
        TableColumn(TITLES[line.axis], _SHOWS[line.axis], tuple(row[0] for row in rows)),
        TableColumn(_upper(line.name), level_show(line.unit), tuple(row[2] for row in rows), line.unit),
        TableColumn(
            "No plan above",
            level_show(line.unit),
            tuple(row[3] for row in rows),
            f"Proven: what the {line.name} of no plan with as much on this axis can pass.",
        ),
        TableColumn(
            "Below it by",
            Show.TEXT,
            tuple(None if row[4] is None else _close(float(row[4]), is_share=is_share) for row in rows),
            "How far the plan in whole posts stays below what no plan can pass.",
        ),
        TableColumn(
            f"Bought by {one}",
            Show.TEXT,
            tuple(None if row[5] is None else _close(float(row[5]), is_share=is_share) for row in rows),
            "From this corner on to the next." if line.is_exact else "On the way from this point to the next.",
        ),
    )


def next_gains(line: Line) -> list[float | None]:
    """Return what one FTE more (or $10,000 more, or less) buys from each corner to the next; None at the last."""
    per = 100 if line.axis is Axis.MOVES else 10_000 * 100
    gains: list[float | None] = [
        (b.level - a.level) / abs(b.limit - a.limit) * per for a, b in zip(line.corners, line.corners[1:], strict=False)
    ]
    return [*gains, None]


def _alt(line: Line, points: Sequence[Point], marks: Sequence[Mark]) -> str:
    def at(amount: float) -> str:
        return f"{amount / 100:,.2f} FTE" if line.axis is Axis.MOVES else f"${amount / 100:,.0f}"

    first, last = line.corners[0], line.corners[-1]
    words = [
        f"Line chart of the {line.name}, {line.unit}, against {TITLES[line.axis].lower()}.",
        f"The best possible goes from {_level(first.level, line.unit)} at {at(first.limit)} to "
        f"{_level(last.level, line.unit)} at {at(last.limit)}, with {len(line.corners)} {'corners' if line.is_exact else 'stated points'}."
        if not line.is_point
        else f"One plan is best in both: {_level(first.level, line.unit)} at {at(first.limit)}.",
        f"{len(points)} certified plan{'' if len(points) == 1 else 's'} beside it"
        + (
            f", at most {_close(max(float(p.gap) for p in points), is_share=line.unit.startswith('share'))} below it."
            if points
            else "."
        ),
        *(f"{mark.name}: {_level(mark.level, line.unit)} at {at(mark.amount)}." for mark in marks),
    ]
    return " ".join(words)


def _upper(words: str) -> str:
    return words[0].upper() + words[1:]


def _level(level: float, unit: str) -> str:
    return f"{level * 100:.1f} %" if unit.startswith("share") else f"${level:,.0f}"


def _close(gain: float, *, is_share: bool) -> str:
    return f"{gain * 100:.3f} %" if is_share else f"${gain:,.2f}"
