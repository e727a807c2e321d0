"""Figures of draws: closed forms by hand, and the same numbers in chart, words and table."""

from __future__ import annotations

import pytest

from equity_alloc.figures.base import DARK, LIGHT
from equity_alloc.figures.draws_band import draws_band
from equity_alloc.figures.draws_picture import draws_picture, levels


def test_levels_by_hand():
    """x + y = 10,000 and x = y / 1.2: 4,545.45 each in the worst draws; half each leaves 5,000 / 1.2 = 4,166.67."""
    assert [5000, 4166.67] == pytest.approx([pair[1] for pair in levels("As projected")], abs=0.01)
    assert [4545.45, 4545.45] == pytest.approx([pair[1] for pair in levels("For the worst draws")], abs=0.01)
    assert 10_000 == pytest.approx(sum(pair[0] for pair in levels("For the worst draws")))


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_picture_words_and_table_hold_the_same_numbers(colors):
    picture = draws_picture(colors)
    bars = [list(trace.y) for trace in picture.chart.data]
    assert [list(column.cells) for column in picture.table[1:]] == bars
    assert all(f"${value:,.0f}" in picture.alt for values in bars for value in values)


def test_the_band_tells_worst_and_best_of_every_plan():
    figure = draws_band(
        [("Last year", (1.0, 2.0, 3.0, 4.0)), ("Proposal", (2.0, 3.0, 4.0, 5.0))],
        LIGHT,
        unit="dollars per weighted pupil",
        worst=0.1,
    )
    assert "Last year: $1 to $4; Proposal: $2 to $5" in figure.alt
    table = {column.title: column.cells for column in figure.table}
    assert 1.0 == table["Last year"][0] and 5.0 == table["Proposal"][-1]
    assert ["hv", "hv"] == [trace.line.shape for trace in figure.chart.data]
