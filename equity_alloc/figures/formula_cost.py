"""Who is held up and who is held back on the way from last year to the formula."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm

MOST_ROWS = 40


def formula_cost(rows: Sequence[tuple[str, str, int]], colors: Colors, *, year: str, note: str) -> Figure | None:
    """Return a figure of what each school has beyond the formula, or None where every school has its formula amount.

    Parameters
    ----------
    rows : sequence of (code, name, cents)
        Beyond the formula; below zero for what is held back from a school.
    colors : Colors
    year : str
        Which year of the way: "year 1 of 3".
    note : str
    """
    off = sorted((row for row in rows if row[2]), key=lambda row: (-row[2], row[0]))
    if not off:
        return None
    # The largest in either direction are drawn; the table has all.
    shown = off if len(off) <= MOST_ROWS else [*off[: MOST_ROWS // 2], *off[-MOST_ROWS // 2 :]]
    places = list(range(len(shown)))
    chart = go.Figure()
    for title, sign, color, pattern in (
        ("Beyond the formula", 1, colors.plan, ""),
        ("Held back", -1, colors.other, "/"),
    ):
        members = [(place, row) for place, row in zip(places, shown, strict=True) if row[2] * sign > 0]
        chart.add_bar(
            x=[row[2] / 100 for _, row in members],
            y=[place for place, _ in members],
            orientation="h",
            name=title,
            marker={"color": color, "pattern": {"shape": pattern}},
            text=[row[1] for _, row in members],
            textposition="none",
            hovertemplate=f"%{{text}}<br>{title}: %{{x:$,.0f}}<extra></extra>",
        )
    calm(chart, colors, height=26 * len(shown) + 110, x_title="Dollars beyond the formula")
    chart.update_layout(barmode="overlay")
    chart.update_xaxes(tickformat="$~s", nticks=4, tickangle=0)
    chart.update_yaxes(
        range=[len(shown) - 0.4, -0.6], tickvals=places, ticktext=[_short(row[1]) for row in shown], showgrid=False
    )
    up, down = (sum(abs(row[2]) for row in off if row[2] * sign > 0) / 100 for sign in (1, -1))
    part = f" {len(shown)} of {len(off)} schools are drawn; the table has all." if len(shown) < len(off) else ""
    return Figure(
        code="formula-cost",
        title=f"Who is held up and who is held back, {year}",
        alt=(
            f"Bar chart of {len(off)} of {len(rows)} schools whose dollars differ from the formula in {year}: "
            f"schools beyond it: {sum(row[2] > 0 for row in off)}, together ${up:,.0f}; schools held back: "
            f"{sum(row[2] < 0 for row in off)}, together ${down:,.0f}.{part}"
        ),
        chart=chart,
        table=(
            TableColumn("School", Show.TEXT, tuple(row[1] for row in off)),
            TableColumn("$ beyond the formula", Show.CHANGE, tuple(row[2] / 100 for row in off)),
            TableColumn("Code", Show.TEXT, tuple(row[0] for row in off)),
        ),
        note=note + part,
    )


def _short(name: str) -> str:
    return name if len(name) <= 26 else f"{name[:25]}…"
