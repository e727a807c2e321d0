"""Dollars per pupil by need band: schools in four bands by the share of their pupils in need."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm
from equity_alloc.planning.summary import SchoolRow

BANDS = ((0.0, 0.25, "below 25 %"), (0.25, 0.5, "25 to 50 %"), (0.5, 0.75, "50 to 75 %"), (0.75, 1.01, "75 % and more"))


def need_bands(rows: Sequence[SchoolRow], colors: Colors, *, group: str, note: str) -> Figure | None:
    """Return a figure of core dollars per pupil in each band, or None where no need share is known.

    Parameters
    ----------
    rows : sequence of SchoolRow
    colors : Colors
    group : str
        Title of the student group that need is measured by.
    note : str
    """
    bands = []
    for low, high, title in BANDS:
        members = [r for r in rows if r.need_share is not None and r.enrollment and low <= r.need_share < high]
        pupils = sum(row.enrollment for row in members)
        if pupils:
            today = sum(row.counted_today for row in members) / pupils / 100
            plan = sum(row.counted_plan for row in members) / pupils / 100
            bands.append((title, len(members), pupils, today, plan))
    if not bands:
        return None
    labels = [f"{_broken(title)}<br>{count} school{'' if count == 1 else 's'}" for title, count, *_ in bands]
    chart = go.Figure()
    for name, place, color, shape in (("Last year", 3, colors.today, "/"), ("Proposal", 4, colors.plan, "")):
        values = [float(band[place]) for band in bands]
        chart.add_bar(
            x=labels,
            y=values,
            name=name,
            marker={"color": color, "pattern": {"shape": shape, "fillmode": "replace", "fgcolor": color}},
            text=[f"${value:,.0f}" for value in values],
            textposition="outside",
            textfont={"color": colors.text, "size": 13},
            hovertemplate=f"{name}: %{{y:$,.0f}} per pupil<extra></extra>",
        )
    calm(chart, colors, height=400, x_title=f"Share of pupils: {group.lower()}", y_title="Core dollars per pupil")
    # Amounts that do not fit over their bars are left to the table; a phone has no room for them.
    chart.update_layout(barmode="group", bargap=0.3, uniformtext={"minsize": 10, "mode": "hide"})
    chart.update_xaxes(tickangle=0)
    chart.update_yaxes(tickformat="$,.0f", rangemode="tozero")
    told = "; ".join(
        f"{title}: ${today:,.0f} last year, ${plan:,.0f} in the proposal" for title, _, _, today, plan in bands
    )
    return Figure(
        code="need-bands",
        title="Dollars per pupil by need band",
        alt=f"Bar chart of core dollars per pupil by share of pupils ({group.lower()}). {told}.",
        chart=chart,
        table=(
            TableColumn("Band", Show.TEXT, tuple(band[0] for band in bands), group),
            TableColumn("Schools", Show.COUNT, tuple(band[1] for band in bands)),
            TableColumn("Pupils", Show.COUNT, tuple(band[2] for band in bands)),
            TableColumn("Last year", Show.DOLLARS, tuple(band[3] for band in bands), "Core dollars per pupil"),
            TableColumn("Proposal", Show.DOLLARS, tuple(band[4] for band in bands), "Core dollars per pupil"),
        ),
        note=note,
    )


def _broken(title: str) -> str:
    """Break the words for a band in two lines, so that four of them stand side by side on a phone."""
    words = title.split(" ")
    middle = len(words) // 2
    return f"{' '.join(words[:middle])}<br>{' '.join(words[middle:])}"
