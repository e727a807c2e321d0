"""What schools have in each year ahead, beside what keeping the year before would take."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm, level_show
from equity_alloc.years.course import YearOf
from equity_alloc.years.words import figures_of


def ahead_money(years: Sequence[YearOf], colors: Colors, *, note: str) -> Figure:
    """Return a figure with two lines over the years.

    Parameters
    ----------
    years : sequence of YearOf
        At least one.
    colors : Colors
    note : str
    """
    seen = [figures_of(year) for year in years]
    names = [year.year for year in years]
    chart = go.Figure()
    for title, values, color, dash, symbol in (
        ("Keeping last year's posts and lines takes", [each.keeping for each in seen], colors.other, "dash", "diamond"),
        ("Core funds leave schools", [each.pot for each in seen], colors.plan, "solid", "circle"),
    ):
        chart.add_scatter(
            x=names,
            y=[cents / 100 for cents in values],
            mode="lines+markers",
            name=title,
            line={"color": color, "dash": dash, "width": 2.5},
            marker={"color": color, "symbol": symbol, "size": 10},
            hovertemplate=f"%{{x}}<br>{title}: %{{y:$,.0f}}<extra></extra>",
        )
    calm(chart, colors, height=360, x_title="", y_title="Dollars")
    # The legend has two long lines: on a phone each stands on its own.
    chart.update_layout(legend={"orientation": "v"}, margin={"t": 72})
    chart.update_xaxes(type="category", showgrid=False)
    chart.update_yaxes(tickformat="$~s", nticks=5)
    low = min(min(each.keeping, each.pot) for each in seen) / 100
    high = max(max(each.keeping, each.pot) for each in seen) / 100
    unit = seen[0].unit
    short = [f"{name}: ${(each.keeping - each.pot) / 100:,.0f} too little" for name, each in zip(names, seen, strict=True)
             if each.keeping > each.pot]  # fmt: skip
    return Figure(
        code="ahead-money",
        title="What schools have, and what keeping the year before would take",
        alt=(
            f"Line chart of {count_words(len(names), 'year')}, {names[0]} to {names[-1]}, from ${low:,.0f} to ${high:,.0f}. "
            + (f"Money is short of keeping the year before in {'; '.join(short)}." if short else "Money reaches each year.")
        ),
        chart=chart,
        table=(
            TableColumn("Year", Show.TEXT, tuple(names)),
            TableColumn("Pupils", Show.COUNT, tuple(each.pupils for each in seen)),
            TableColumn("Core funds", Show.DOLLARS, tuple(each.pot / 100 for each in seen), "What they leave schools"),
            TableColumn(
                "Keeping last year", Show.DOLLARS, tuple(each.keeping / 100 for each in seen),
                "What the posts and lines of the year before cost, whoever paid for them",
            ),
            TableColumn("FTE", Show.FTE, tuple(None if e.fte is None else e.fte / 100 for e in seen)),
            TableColumn("Lowest level", level_show(unit), tuple(each.lowest for each in seen), unit),
            TableColumn("Rules kept", Show.TEXT, tuple(f"{e.kept} of {e.rules}" if e.fte is not None else "no plan" for e in seen)),
        ),
        note=note,
    )  # fmt: skip
