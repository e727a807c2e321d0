"""The lowest level over draws of enrollment, from the worst draw to the best, for two or three plans."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from equity_alloc.domain.number import count_words, print_percent
from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm, level_format, level_show

#: Places of the table's rows: the worst draw, the worst tenth's end, quarters and the best.
_PLACES = (
    (0.0, "worst draw"),
    (0.1, "a tenth are worse"),
    (0.25, "a quarter"),
    (0.5, "half"),
    (0.75, "three quarters"),
)


def draws_band(plans: Sequence[tuple[str, Sequence[float]]], colors: Colors, *, unit: str, worst: float) -> Figure:
    """Return one line for each plan.

    Parameters
    ----------
    plans : sequence of (str, sequence of float)
        Name, and the lowest level in each draw, lowest first; all with as many draws. Last year, the proposal, and where
        given the plan for the worst draws.
    colors : Colors
    unit : str
        Of the levels.
    worst : float
        Share of the draws that counts as the worst; shaded.
    """
    chart = go.Figure()
    styles = (("dash", colors.today), ("solid", colors.plan), ("dot", colors.other))
    draws = len(plans[0][1])
    for (name, values), (dash, color) in zip(plans, styles, strict=False):
        chart.add_scatter(
            x=[(k + 1) / draws for k in range(draws)],
            y=list(values),
            name=name,
            mode="lines",
            line={"shape": "hv", "dash": dash, "color": color, "width": 2},
            hovertemplate="%{x:.0%} of draws: %{y:" + level_format(unit) + "}<extra></extra>",
        )
    chart.add_vrect(x0=0, x1=worst, fillcolor=colors.today, opacity=0.15, line_width=0)
    calm(chart, colors, height=340, x_title="Share of draws, worst first", y_title=f"Lowest level, {unit}")
    chart.update_xaxes(tickformat=".0%")
    chart.update_yaxes(tickformat=level_format(unit))
    rows = [(words, min(draws - 1, int(place * draws))) for place, words in _PLACES]
    rows.append(("best draw", draws - 1))
    told = "; ".join(f"{name}: {_print(values[0], unit)} to {_print(values[-1], unit)}" for name, values in plans)
    return Figure(
        code="draws-band",
        title="Where the lowest school could stand",
        alt=f"Line chart of the lowest level over {count_words(draws, 'draw')} of enrollment, from the worst draw to the best. {told}.",
        chart=chart,
        table=(
            TableColumn("Draw", Show.TEXT, tuple(words for words, _ in rows)),
            *(TableColumn(name, level_show(unit), tuple(values[at] for _, at in rows)) for name, values in plans),
        ),
        note=f"{unit[0].upper()}{unit[1:]}, {count_words(draws, 'draw')}; the worst {print_percent(worst, 0)} are shaded. Each draw has other pupils, the "
        "same posts and dollars.",
    )


def _print(level: float, unit: str) -> str:
    return f"{print_percent(level, 1)}" if unit.startswith("share") else f"${level:,.0f}"
