"""What one school's result is made of: one bar for each component, which add up to the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm


@dataclass(frozen=True, slots=True)
class Part:
    """One component's result at a school, in dollars or FTE."""

    name: str
    amount: float


def formula_parts(
    parts: Sequence[Part], colors: Colors, *, school: str, unit: str, total: str, note: str
) -> Figure | None:
    """Return a figure of the parts in the order of the formula, or None where there is none.

    Parameters
    ----------
    parts : sequence of Part
    colors : Colors
    school : str
    unit : str
        "dollars" or "FTE".
    total : str
        The sum as it is printed.
    note : str
    """
    if not parts:
        return None
    places = list(range(len(parts)))
    form = "$,.0f" if unit == "dollars" else ",.2f"
    chart = go.Figure()
    chart.add_bar(
        x=[part.amount for part in parts],
        y=places,
        orientation="h",
        marker={"color": colors.plan},
        text=[part.name for part in parts],
        textposition="none",
        hovertemplate=f"%{{text}}: %{{x:{form}}}<extra></extra>",
        showlegend=False,
    )
    calm(chart, colors, height=28 * len(parts) + 90, x_title=unit.capitalize() if unit == "dollars" else unit)
    # In thousands and millions: whole dollars run into each other on a phone.
    chart.update_xaxes(tickformat="$~s" if unit == "dollars" else form, nticks=4, tickangle=0)
    chart.update_yaxes(
        range=[len(parts) - 0.4, -0.6], tickvals=places, ticktext=[_short(part.name) for part in parts], showgrid=False
    )
    largest = max(parts, key=lambda part: abs(part.amount))
    return Figure(
        code=f"formula-parts-{unit.lower()}",
        title=f"{school}: what makes up {total}",
        alt=(
            f"Bar chart of {count_words(len(parts), 'component')} of {school}, {unit}; together {total}. The largest is {largest.name} "
            f"with {_print(largest.amount, unit)}."
        ),
        chart=chart,
        table=(
            TableColumn("Component", Show.TEXT, tuple(part.name for part in parts)),
            TableColumn(unit, Show.DOLLARS if unit == "dollars" else Show.FTE, tuple(part.amount for part in parts)),
        ),
        note=note,
    )


def _print(amount: float, unit: str) -> str:
    return f"{'-' if amount < 0 else ''}${abs(amount):,.0f}" if unit == "dollars" else f"{amount:,.2f} FTE"


def _short(name: str) -> str:
    return name if len(name) <= 30 else f"{name[:29]}…"
