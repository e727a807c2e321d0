"""Two levels of every school on one axis: today and the proposal, or two scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm, level_format, level_show

MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class LevelPair:
    """A school with its two levels."""

    code: str
    name: str
    before: float
    after: float


def level_change(
    pairs: Sequence[LevelPair],
    colors: Colors,
    *,
    unit: str,
    before: str,
    after: str,
    note: str,
) -> Figure:
    """Return a figure with one row for each school, the lowest at the top.

    Parameters
    ----------
    pairs : sequence of LevelPair
        At least one.
    colors : Colors
    unit : str
    before, after : str
        What the two levels are: "Today" and "Proposal".
    note : str
    """
    ranked = sorted(pairs, key=lambda pair: (pair.before, pair.code))
    shown = ranked[:MOST_ROWS]
    chart = go.Figure()
    # Rows have numbers, not codes: plotly would read a code such as 0101 as a number on an axis of its own.
    places = list(range(len(shown)))
    for place, pair in zip(places, shown, strict=True):
        chart.add_shape(
            type="line", x0=pair.before, x1=pair.after, y0=place, y1=place,
            line={"color": colors.line, "width": 4}, layer="below",
        )  # fmt: skip
    names = [pair.name for pair in shown]
    form = level_format(unit)
    for title, values, color, symbol in (
        (before, [pair.before for pair in shown], colors.today, "circle-open"),
        (after, [pair.after for pair in shown], colors.plan, "diamond"),
    ):
        chart.add_scatter(
            x=values,
            y=places,
            mode="markers",
            name=title,
            marker={"color": color, "symbol": symbol, "size": 11, "line": {"width": 2.5, "color": color}},
            text=names,
            hovertemplate=f"%{{text}}<br>{title}: %{{x:{form}}}<extra></extra>",
        )
    calm(chart, colors, height=26 * len(shown) + 110, x_title=unit[0].upper() + unit[1:])
    chart.update_xaxes(tickformat=form, nticks=5, autotickangles=[0, 45, 90])
    chart.update_yaxes(
        range=[len(shown) - 0.4, -0.6],
        tickvals=places,
        ticktext=[_short(name) for name in names],
        showgrid=False,
    )
    part = (
        f" The {MOST_ROWS} lowest of {len(ranked)} schools are drawn; the table has all."
        if len(ranked) > MOST_ROWS
        else ""
    )
    return Figure(
        code="level-change",
        title=f"{unit[0].upper() + unit[1:]} by school",
        alt=_alt(ranked, unit, before, after) + part,
        chart=chart,
        table=(
            TableColumn("School", Show.TEXT, tuple(pair.name for pair in ranked)),
            TableColumn(before, level_show(unit), tuple(pair.before for pair in ranked), unit),
            TableColumn(after, level_show(unit), tuple(pair.after for pair in ranked), unit),
            TableColumn("Code", Show.TEXT, tuple(pair.code for pair in ranked)),
        ),
        note=note + part,
    )


def _alt(pairs: Sequence[LevelPair], unit: str, before: str, after: str) -> str:
    rises = sum(1 for pair in pairs if pair.after > pair.before)
    falls = sum(1 for pair in pairs if pair.after < pair.before)
    low, high = min(p.before for p in pairs), max(p.before for p in pairs)
    new_low, new_high = min(p.after for p in pairs), max(p.after for p in pairs)
    return (
        f"Dot chart of {len(pairs)} schools, {unit}. {before} from {_print(low, unit)} to {_print(high, unit)}; {after} "
        f"from {_print(new_low, unit)} to {_print(new_high, unit)}. {rises} schools rise, {falls} fall."
    )


def _print(value: float, unit: str) -> str:
    return f"{value * 100:.1f} %" if unit.startswith("share") else f"${value:,.0f}"


def _short(name: str) -> str:
    return name if len(name) <= 26 else f"{name[:25]}…"
