"""What each setting of the dial does to one school that is dear to raise and one that is not: a picture, worked by hand."""

from __future__ import annotations

import plotly.graph_objects as go

from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm
from equity_alloc.objectives.dial import NAMED, dial_card

#: Dollars to share, and what one dollar of level costs at the school that is dear to raise.
MONEY, PRICE = 10_000.0, 3.0


def shares(setting: str) -> tuple[float, float]:
    """Return the levels of the cheap and the dear school under a setting, in dollars.

    The best split has a ratio of price to the power of one over the aversion (closed form of alpha fairness).

    Examples
    --------
    Proportional spends half on each: 5,000, and 5,000 / 3.

    >>> [round(level) for level in shares("1")], [round(level) for level in shares("infinity")]
    ([5000, 1667], [2500, 2500])
    """
    if setting == "0":
        return MONEY, 0.0
    ratio = 1.0 if setting == "infinity" else PRICE ** (1 / float(setting))
    dear = MONEY / (ratio + PRICE)
    return ratio * dear, dear


def dial_picture(colors: Colors) -> Figure:
    """Return bars of both schools for every named setting."""
    names = [dial_card(setting).name for setting in NAMED]
    levels = [shares(setting) for setting in NAMED]
    chart = go.Figure()
    for name, place, color, shape in (
        ("Well-off school: a dollar costs a dollar", 0, colors.today, "/"),
        (f"Worst-off school: a dollar costs ${PRICE:.0f}", 1, colors.plan, ""),
    ):
        values = [pair[place] for pair in levels]
        chart.add_bar(
            x=[_broken(label) for label in names],
            y=values,
            name=name,
            marker={"color": color, "pattern": {"shape": shape, "fillmode": "replace", "fgcolor": color}},
            text=[f"${value:,.0f}" for value in values],
            textposition="outside",
            textfont={"color": colors.text, "size": 12},
            hovertemplate="%{y:$,.0f}<extra></extra>",
        )
    calm(chart, colors, height=380, x_title="", y_title="Level")
    chart.update_layout(barmode="group", bargap=0.3, uniformtext={"minsize": 9, "mode": "hide"})
    chart.update_xaxes(tickangle=0)
    chart.update_yaxes(tickformat="$,.0f", rangemode="tozero")
    told = "; ".join(f"{name}: ${a:,.0f} and ${b:,.0f}" for name, (a, b) in zip(names, levels, strict=True))
    return Figure(
        code="dial-picture",
        title="What each setting does where one school is dear to raise",
        alt=f"Bar chart of two schools under five settings, the well-off and the worst-off school. {told}.",
        chart=chart,
        table=(
            TableColumn("Setting", Show.TEXT, tuple(names)),
            TableColumn("Well-off school", Show.DOLLARS, tuple(pair[0] for pair in levels)),
            TableColumn("Worst-off school", Show.DOLLARS, tuple(pair[1] for pair in levels)),
        ),
        note=(
            f"Invented: ${MONEY:,.0f} for two schools; a rule makes each dollar of level at the second cost ${PRICE:.0f}. "
            "Without such a rule every setting above zero gives both the same."
        ),
    )


def _broken(label: str) -> str:
    """Return a name in short lines, so that five of them stand beside each other on a phone."""
    return label.replace(" ", "<br>").replace("Proportional", "Propor-<br>tional")
