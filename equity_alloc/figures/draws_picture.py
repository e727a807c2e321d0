"""A small picture of what planning for the worst draws does to one steady and one uncertain school."""

from __future__ import annotations

import plotly.graph_objects as go

from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm

#: Dollars for both, and pupils that may come to the second over those projected.
MONEY, WORSE = 10_000.0, 1.2

_PLANS = ("As projected", "For the worst draws")


def levels(plan: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return (as projected, in the worst draws) for the steady and the uncertain school, both of one pupil weight.

    Planned as projected both have half. Planned for the worst draws x = y / 1.2 and x + y = 10,000.

    Examples
    --------
    >>> [[round(v) for v in pair] for pair in levels("As projected")]
    [[5000, 5000], [5000, 4167]]
    >>> [[round(v) for v in pair] for pair in levels("For the worst draws")]
    [[4545, 4545], [5455, 4545]]
    """
    steady = MONEY / 2 if plan == _PLANS[0] else MONEY / (1 + WORSE)
    other = MONEY - steady
    return (steady, steady), (other, other / WORSE)


def draws_picture(colors: Colors) -> Figure:
    """Return bars of both schools' level in the worst draws, planned either way."""
    worst = [[levels(plan)[place][1] for plan in _PLANS] for place in (0, 1)]
    chart = go.Figure()
    for name, values, color, shape in (
        ("Well-off school: the pupils projected come", worst[0], colors.today, "/"),
        ("Worst-off school: 20 % more come", worst[1], colors.plan, ""),
    ):
        chart.add_bar(
            x=list(_PLANS),
            y=values,
            name=name,
            marker={"color": color, "pattern": {"shape": shape, "fillmode": "replace", "fgcolor": color}},
            text=[f"${value:,.0f}" for value in values],
            textposition="outside",
            textfont={"color": colors.text, "size": 12},
            hovertemplate="%{y:$,.0f}<extra></extra>",
        )
    calm(chart, colors, height=300, x_title="", y_title="Level in the worst draws")
    chart.update_layout(barmode="group", bargap=0.3)
    chart.update_yaxes(tickformat="$,.0f", rangemode="tozero")
    told = "; ".join(f"{plan}: ${worst[0][k]:,.0f} and ${worst[1][k]:,.0f}" for k, plan in enumerate(_PLANS))
    return Figure(
        code="draws-picture",
        title="What planning for the worst draws does",
        alt=f"Bar chart of two schools in the worst draws, planned two ways, the well-off and the worst-off school. {told}.",
        chart=chart,
        table=(
            TableColumn("Planned", Show.TEXT, _PLANS),
            TableColumn("Well-off school", Show.DOLLARS, tuple(worst[0])),
            TableColumn("Worst-off school", Show.DOLLARS, tuple(worst[1])),
        ),
        note=(
            f"Invented: ${MONEY:,.0f} for two schools of the same size; in the worst draws 20 % more pupils than projected "
            "come to the second. As projected it would have $5,455 and the first $4,545."
        ),
    )
