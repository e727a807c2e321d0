"""How far the ends of ranges lie apart: a line from the low to the high end, with the cautious point and the middle on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import plotly.graph_objects as go

from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm


@dataclass(frozen=True, slots=True)
class RangeBar:
    """One range.

    Parameters
    ----------
    name : str
    low, cautious, middle : float
    high : float or None
        None where there is no upper end.
    first : str
        In how many draws it came first, in words.
    """

    name: str
    low: float
    cautious: float
    middle: float
    high: float | None
    first: str


def effect_ranges(bars: Sequence[RangeBar], colors: Colors, *, title: str, unit: str, note: str) -> Figure:
    """Return the figure, the best on its cautious end at the top.

    Parameters
    ----------
    bars : sequence of RangeBar
        At least one.
    colors : Colors
    title, unit, note : str
    """
    places = list(range(len(bars)))
    chart = go.Figure()
    for place, bar in zip(places, bars, strict=True):
        high = bar.middle if bar.high is None else bar.high
        chart.add_scatter(
            x=[bar.low, high],
            y=[place, place],
            mode="lines",
            line={"color": colors.today, "width": 6},
            name="Low to high",
            showlegend=place == 0,
            hoverinfo="skip",
        )
    for name, values, color, symbol in (
        ("Cautious, which counts", [bar.cautious for bar in bars], colors.plan, "diamond"),
        ("Middle", [bar.middle for bar in bars], colors.other, "circle-open"),
    ):
        chart.add_scatter(
            x=values,
            y=places,
            mode="markers",
            name=name,
            marker={"color": color, "symbol": symbol, "size": 13, "line": {"width": 2.5, "color": color}},
            text=[f"{bar.name}<br>{name}: {_print(value)}" for bar, value in zip(bars, values, strict=True)],
            hovertemplate="%{text}<extra></extra>",
        )
    calm(chart, colors, height=62 * len(bars) + 140, x_title=unit)
    names = ["<br>".join(wrap(bar.name, 22)) for bar in bars]
    chart.update_yaxes(range=[len(bars) - 0.4, -0.6], tickvals=places, ticktext=names, showgrid=False)
    chart.update_xaxes(nticks=5)
    told = "; ".join(
        f"{bar.name} {_print(bar.low)} to {_print(bar.high)}, cautious {_print(bar.cautious)}, middle {_print(bar.middle)}"
        for bar in bars
    )
    return Figure(
        code="effect-ranges",
        title=title,
        alt=f"Ranges, {unit}: {told}.",
        chart=chart,
        table=(
            TableColumn("Intervention", Show.TEXT, tuple(bar.name for bar in bars), width=260),
            TableColumn("Low", Show.TEXT, tuple(_print(bar.low) for bar in bars), unit),
            TableColumn("Cautious", Show.TEXT, tuple(_print(bar.cautious) for bar in bars), unit),
            TableColumn("Middle", Show.TEXT, tuple(_print(bar.middle) for bar in bars), unit),
            TableColumn("High", Show.TEXT, tuple(_print(bar.high) for bar in bars), unit),
            TableColumn("First in draws", Show.TEXT, tuple(bar.first for bar in bars)),
        ),
        note=note,
    )


def _print(value: float | None) -> str:
    """Return a value with three places, few where it is large; in words where there is no end."""
    if value is None:
        return "no end"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.3f}"
