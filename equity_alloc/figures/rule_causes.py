"""Which rule takes how much off the lowest level: a bar for its share, a mark for its effect alone and for last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm, level_format


@dataclass(frozen=True, slots=True)
class CauseBar:
    """One rule's effects on the lowest level, in the levels' unit; words are as they are printed elsewhere.

    Parameters
    ----------
    number : int
    title : str
    share, alone, last : float
    share_words, alone_words, last_words, error_words : str
        `error_words` is blank where the share is exact.
    """

    number: int
    title: str
    share: float
    alone: float
    last: float
    share_words: str
    alone_words: str
    last_words: str
    error_words: str


def rule_causes_figure(
    bars: Sequence[CauseBar], every: Sequence[CauseBar], colors: Colors, *, unit: str, total: str, note: str
) -> Figure:
    """Return a figure with one bar for each rule that does something, the largest share at the top.

    Parameters
    ----------
    bars : sequence of CauseBar
        To be drawn; at least one.
    every : sequence of CauseBar
        For the table.
    colors : Colors
    unit : str
    total : str
        What the shares add up to, printed.
    note : str
    """
    ranked = sorted(bars, key=lambda bar: (bar.share, bar.number))
    told = "; ".join(
        f"rule {bar.number} {bar.share_words}, alone {bar.alone_words}, last {bar.last_words}" for bar in ranked
    )
    return Figure(
        code="rule-causes",
        title="Which rule takes how much off the lowest level",
        alt=f"Bar chart of {count_words(len(ranked), 'rule')}, {unit}. Shares add up to {total}: {told}.",
        chart=_chart(ranked, colors, unit),
        table=_table(every, total),
        note=note,
    )


def _chart(ranked: Sequence[CauseBar], colors: Colors, unit: str) -> go.Figure:
    """Draw a bar for the share of each rule, and a mark for its effect alone and for last."""
    places = list(range(len(ranked)))
    names = [f"Rule {bar.number}" for bar in ranked]
    form = level_format(unit)
    chart = go.Figure()
    chart.add_bar(
        x=[bar.share for bar in ranked],
        y=places,
        orientation="h",
        name="Share",
        marker=colors.under_marks,
        width=0.5,
        text=[f"{bar.title}<br>Share: {bar.share_words}" for bar in ranked],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )
    for title, values, words, color, symbol in (
        ("Alone", [b.alone for b in ranked], [b.alone_words for b in ranked], colors.other, "diamond-open"),
        ("Last", [b.last for b in ranked], [b.last_words for b in ranked], colors.text, "circle-open"),
    ):
        chart.add_scatter(
            x=values,
            y=places,
            mode="markers",
            name=title,
            marker={"color": color, "symbol": symbol, "size": 12, "line": {"width": 2.5, "color": color}},
            text=[f"{bar.title}<br>{title}: {word}" for bar, word in zip(ranked, words, strict=True)],
            hovertemplate="%{text}<extra></extra>",
        )
    calm(chart, colors, height=52 * len(ranked) + 130, x_title=unit[0].upper() + unit[1:])
    chart.update_xaxes(tickformat=form, nticks=5, autotickangles=[0, 45, 90])
    chart.update_yaxes(range=[len(ranked) - 0.4, -0.6], tickvals=places, ticktext=names, showgrid=False)
    return chart


def _table(every: Sequence[CauseBar], total: str) -> tuple[TableColumn, ...]:
    return (
        TableColumn("Rule", Show.COUNT, tuple(bar.number for bar in every), "Number in the scenario", width=55),
        TableColumn("Share", Show.TEXT, tuple(bar.share_words for bar in every), f"They add up to {total}", width=95),
        TableColumn("Alone", Show.TEXT, tuple(bar.alone_words for bar in every), width=95),
        TableColumn("Last", Show.TEXT, tuple(bar.last_words for bar in every), width=95),
        *(
            (TableColumn("Standard error", Show.TEXT, tuple(bar.error_words for bar in every), width=110),)
            if any(bar.error_words for bar in every)
            else ()
        ),
        TableColumn("Which", Show.TEXT, tuple(bar.title for bar in every), width=420),
    )
