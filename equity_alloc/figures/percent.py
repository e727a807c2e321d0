"""Percent on charts as in texts, with a space before its sign, which the drawing library's own percent lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

_OF_HOVER = re.compile(r"%{([xy]):([^}]*)%}")


def in_percent(chart: go.Figure) -> go.Figure:
    """Return a chart whose axes of shares are in percent, so that 0.2 reads 20 % on it, and hovering says so too.

    Parameters
    ----------
    chart : plotly Figure
        Its axes of shares have a tick format that ends in a percent sign; what is drawn on them are marks, bars and lines.

    Returns
    -------
    plotly Figure
        The same where no axis is one of shares, otherwise a copy.
    """
    axes = [axis for axis in "xy" if (getattr(chart.layout, f"{axis}axis").tickformat or "").endswith("%")]
    if not axes:
        return chart
    chart = go.Figure(chart)
    for axis in axes:
        placed = getattr(chart.layout, f"{axis}axis")
        ends = None if placed.range is None else _times(placed.range)
        placed.update(tickformat=f"{placed.tickformat[:-1]}f", ticksuffix=" %", range=ends)
        for shape in chart.layout.shapes:
            shape.update({f"{axis}{end}": shape[f"{axis}{end}"] * 100 for end in (0, 1)})
        for trace in chart.data:
            trace[axis] = _times(trace[axis])
            if isinstance(trace, go.Bar | go.Scatter):
                _lengthen(trace[f"error_{axis}"])
    # Half of "100 %" stands right of the axis, and a label that would not fit is left out.
    chart.update_layout(margin={"r": 24})
    for trace in chart.data:
        if trace.hovertemplate:
            trace.hovertemplate = _OF_HOVER.sub(r"%{\1:\2f} %", trace.hovertemplate)
    return chart


def _times(values: Iterable[Any]) -> list[Any]:
    return [None if value is None else value * 100 for value in values]


def _lengthen(error: Any) -> None:
    """Let the lines of intervals grow with what they stand on."""
    for side in ("array", "arrayminus"):
        if error[side] is not None:
            error[side] = _times(error[side])
