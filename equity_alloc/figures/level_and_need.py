"""Dollars against need: each school's dollars per pupil beside the share of its pupils in need."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm
from equity_alloc.planning.summary import SchoolRow


def level_and_need(rows: Sequence[SchoolRow], colors: Colors, *, group: str, note: str) -> Figure | None:
    """Return a figure of core dollars per pupil against need share, or None where no need share is known.

    Parameters
    ----------
    rows : sequence of SchoolRow
    colors : Colors
    group : str
        Title of the student group that need is measured by.
    note : str
    """
    known = sorted(
        (row for row in rows if row.need_share is not None and row.enrollment), key=lambda row: row.need_share or 0
    )
    if not known:
        return None
    need = [row.need_share for row in known]
    today = [row.counted_today / row.enrollment / 100 for row in known]
    plan = [row.counted_plan / row.enrollment / 100 for row in known]
    chart = go.Figure()
    for name, values, color, symbol in (
        ("Last year", today, colors.today, "circle-open"),
        ("Proposal", plan, colors.plan, "diamond"),
    ):
        chart.add_scatter(
            x=need,
            y=values,
            mode="markers",
            name=name,
            marker={"color": color, "symbol": symbol, "size": 11, "line": {"width": 2.5, "color": color}},
            text=[row.name for row in known],
            hovertemplate=f"%{{text}}<br>{group}: %{{x:.1%}}<br>{name}: %{{y:$,.0f}} per pupil<extra></extra>",
        )
    calm(chart, colors, height=440, x_title=f"Share of pupils: {group.lower()}", y_title="Core dollars per pupil")
    chart.update_xaxes(tickformat=".0%", nticks=8)
    chart.update_yaxes(tickformat="$,.0f")
    half = len(known) // 2 or 1
    means = [sum(values[:half]) / half for values in (today, plan)]
    highs = [sum(values[-half:]) / half for values in (today, plan)]
    return Figure(
        code="level-and-need",
        title="Do schools with more need get more per pupil?",
        alt=(
            f"Scatter chart of {count_words(len(known), 'school')}: share of pupils ({group.lower()}) against core dollars per pupil. "
            f"In the half with less need the mean school had ${means[0]:,.0f} last year and has ${means[1]:,.0f} in the proposal; "
            f"in the half with more need ${highs[0]:,.0f} and ${highs[1]:,.0f}."
        ),
        chart=chart,
        table=(
            TableColumn("School", Show.TEXT, tuple(row.name for row in known)),
            TableColumn("Need share", Show.SHARE, tuple(need), group),
            TableColumn("Last year", Show.DOLLARS, tuple(today), "Core dollars per pupil"),
            TableColumn("Proposal", Show.DOLLARS, tuple(plan), "Core dollars per pupil"),
            TableColumn("Code", Show.TEXT, tuple(row.code for row in known)),
        ),
        note=note,
    )
