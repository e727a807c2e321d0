"""Percent on charts reads as in texts: 20 %, not 20%."""

from __future__ import annotations

import plotly.graph_objects as go

from equity_alloc.figures.percent import in_percent


def test_a_share_is_drawn_in_percent_with_a_space_and_everything_on_its_axis_moves_along():
    chart = go.Figure()
    chart.add_scatter(x=[0.25, None], y=[7, 8], hovertemplate="%{x:.1%} have %{y:$,.0f}<extra></extra>")
    chart.add_shape(type="line", x0=0.25, x1=0.5, y0=1, y1=2)
    chart.update_xaxes(tickformat=".0%", range=[0, 1])
    drawn = in_percent(chart)
    axis, shape = drawn.layout.xaxis, drawn.layout.shapes[0]
    assert ([25, None], [7, 8]) == (list(drawn.data[0].x), list(drawn.data[0].y))
    assert (".0f", " %", (0, 100)) == (axis.tickformat, axis.ticksuffix, tuple(axis.range))
    assert (25, 50, 1, 2) == (shape.x0, shape.x1, shape.y0, shape.y1)
    assert "%{x:.1f} % have %{y:$,.0f}<extra></extra>" == drawn.data[0].hovertemplate
    assert ".0%" == chart.layout.xaxis.tickformat


def test_the_line_of_an_interval_is_as_long_as_its_numbers_say():
    chart = go.Figure(go.Bar(x=[0.684], y=["a"], error_x={"array": [0.245], "arrayminus": [0.222]}))
    chart.update_xaxes(tickformat="+.0%")
    drawn = in_percent(chart).data[0].error_x
    assert ((24.5,), (22.2,)) == (tuple(drawn.array), tuple(drawn.arrayminus))


def test_a_chart_without_shares_stays_as_it_is():
    chart = go.Figure(go.Scatter(x=[1], y=[2]))
    assert in_percent(chart) is chart
