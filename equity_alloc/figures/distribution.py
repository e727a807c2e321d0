"""How levels are spread over pupils: from the pupils with the lowest level to those with the highest."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm, level_format, level_show
from equity_alloc.planning.summary import SchoolRow


def distribution(rows: Sequence[SchoolRow], colors: Colors, *, unit: str, note: str) -> Figure | None:
    """Return a figure with two steps lines, or None where no school has a level.

    Parameters
    ----------
    rows : sequence of SchoolRow
    colors : Colors
    unit : str
    note : str

    Notes
    -----
    Pupils stand in a row from the lowest level to the highest; the height of the line is the level of their school. A
    flat line would mean that all have the same. Each school takes as much room as it has weighted pupils.
    """
    with_level = [row for row in rows if row.level_today is not None and row.level_plan is not None]
    total = sum(row.weighted_pupils for row in with_level)
    if not with_level or not total:
        return None
    chart = go.Figure()
    columns: list[TableColumn] = []
    spans = []
    for name, color, dash, values in (
        ("Last year", colors.today, "dash", [row.level_today or 0.0 for row in with_level]),
        ("Proposal", colors.plan, "solid", [row.level_plan or 0.0 for row in with_level]),
    ):
        ranked = sorted(zip(values, with_level, strict=True), key=lambda pair: (pair[0], pair[1].code))
        shares, levels, reached = [0.0], [ranked[0][0]], 0.0
        for level, row in ranked:
            reached += row.weighted_pupils / total
            shares.append(reached)
            levels.append(level)
        chart.add_scatter(
            x=shares,
            y=levels,
            mode="lines",
            name=name,
            line={"color": color, "dash": dash, "width": 3, "shape": "vh"},
            hovertemplate=f"{name}: %{{y:{level_format(unit)}}}<extra></extra>",
        )
        spans.append((ranked[0][0], ranked[-1][0]))
        columns += [
            TableColumn(f"School, {name.lower()}", Show.TEXT, tuple(row.name for _, row in ranked)),
            TableColumn(f"Level, {name.lower()}", level_show(unit), tuple(level for level, _ in ranked), unit),
            TableColumn(
                f"Pupils up to here, {name.lower()}", Show.SHARE, tuple(shares[1:]), "Share of weighted pupils"
            ),
        ]
    calm(chart, colors, height=420, x_title="Weighted pupils, lowest level first", y_title=unit[:1].upper() + unit[1:])
    chart.update_xaxes(tickformat=".0%", range=[0, 1])
    chart.update_yaxes(tickformat=level_format(unit))
    words = [" to ".join(_print(value, unit) for value in span) for span in spans]
    return Figure(
        code="distribution",
        title="How levels are spread over pupils",
        alt=(
            f"Line chart of {count_words(len(with_level), 'school')}, {unit}, pupils ordered from the lowest level to the highest. "
            f"Last year levels run from {words[0]}; in the proposal from {words[1]}. A flatter line is more equal."
        ),
        chart=chart,
        table=tuple(columns),
        note=note,
    )


def _print(value: float, unit: str) -> str:
    return f"{value * 100:.1f} %" if unit.startswith("share") else f"${value:,.0f}"
