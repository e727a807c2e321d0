"""Who carries the loss: each group's share of it over its share of the pupils."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import plotly.graph_objects as go

from equity_alloc.decisions.burden import Bearing
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm

#: Pixels of one bar with its name, and of axis and legend.
_BAR, _REST = 40, 120


def burden(bearings: Sequence[Bearing], colors: Colors, *, note: str) -> Figure | None:
    """Return a figure of burden ratios, or None where none can be told.

    Parameters
    ----------
    bearings : sequence of Bearing
    colors : Colors
    note : str
    """
    told = [each for each in bearings if each.ratio is not None]
    if not told:
        return None
    ratios = [float(each.ratio or 0) for each in told]
    chart = _chart(told, ratios, colors)
    words = "; ".join(f"{each.title} {ratio:.2f}" for each, ratio in zip(told, ratios, strict=True))
    return Figure(
        code="burden",
        title="Who carries more than an equal share of the loss",
        alt=f"Bar chart of share of the loss over share of pupils, one is an equal share. {words}.",
        chart=chart,
        table=burden_columns(bearings),
        note=note,
    )


def _chart(told: Sequence[Bearing], ratios: Sequence[float], colors: Colors) -> go.Figure:
    """Draw a bar for each group, its name above it, and the line of an equal share."""
    chart = go.Figure()
    # Names stand above their bars: beside them there is no room on a phone.
    chart.add_bar(
        x=ratios,
        y=[each.title for each in told],
        orientation="h",
        marker={
            "color": [colors.other if ratio > 1 else colors.plan for ratio in ratios],
            "pattern": {
                "shape": ["/" if ratio > 1 else "" for ratio in ratios],
                "fillmode": "overlay",
                "fgcolor": colors.text,
            },
        },
        width=0.42,
        offset=0.04,
        showlegend=False,
        hovertemplate="%{y}: %{x:.2f} times its share<extra></extra>",
    )
    for place in range(len(told)):
        # Only across the bars, which lie below their names: a line through a name would strike it out.
        chart.add_shape(
            type="line",
            x0=1,
            x1=1,
            y0=place + 0.04,
            y1=place + 0.46,
            line={"color": colors.text, "width": 2, "dash": "dash"},
        )
    for each, ratio in zip(told, ratios, strict=True):
        chart.add_annotation(
            x=0,
            y=each.title,
            text=f"{each.title}: <b>{ratio:.2f}</b>",
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
            font={"color": colors.text, "size": 13},
        )
    calm(
        chart,
        colors,
        height=_REST + _BAR * len(told) + 10,
        x_title="Share of the loss over share of the pupils; the dashed line is an equal share",
    )
    chart.update_yaxes(autorange="reversed", showticklabels=False, showgrid=False)
    chart.update_xaxes(rangemode="tozero")
    return chart


def burden_columns(bearings: Sequence[Bearing]) -> tuple[TableColumn, ...]:
    """Return the table of burdens, groups without a ratio among them."""
    return (
        TableColumn("Group", Show.TEXT, tuple(each.title for each in bearings)),
        TableColumn("What it is", Show.TEXT, tuple(each.kind.value for each in bearings)),
        TableColumn("Pupils", Show.COUNT, tuple(each.pupils for each in bearings), "Counts of groups overlap."),
        TableColumn(
            "Given up",
            Show.DOLLARS,
            tuple(_dollars(each.lost) for each in bearings),
            "Its part of what schools give up.",
        ),
        TableColumn(
            "Gained", Show.DOLLARS, tuple(_dollars(each.gained) for each in bearings), "Its part of what schools gain."
        ),
        TableColumn(
            "Times its share",
            Show.TEXT,
            tuple(ratio_words(each) for each in bearings),
            "Share of the loss over share of the pupils.",
        ),
    )


def ratio_words(bearing: Bearing) -> str:
    """Return a ratio, or why there is none."""
    if bearing.ratio is not None:
        return f"{float(bearing.ratio):.2f}"
    if bearing.too_few:
        return "too few to say"
    return "count not known" if bearing.pupils is None else "nothing is lost"


def burden_note(year: str, schools: int, least: int) -> str:
    """Return unit, year and n of the figure."""
    return (
        f"Core money, {year}, {count_words(schools, 'school')}. A school's loss lies on all of its pupils alike; groups below {least} pupils "
        "are not told. For work inside the district: full counts stand behind it."
    )


def _dollars(cents: Fraction | None) -> float | None:
    return None if cents is None else float(cents) / 100
