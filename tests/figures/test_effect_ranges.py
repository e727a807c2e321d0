"""The chart of ranges says in words and in its table what it draws."""

from __future__ import annotations

from equity_alloc.figures.base import LIGHT
from equity_alloc.figures.effect_ranges import RangeBar, effect_ranges

BARS = [
    RangeBar("Coaching", 0.088, 0.233, 0.252, 1.198, "99% of draws, 2 compared"),
    RangeBar("Dual language", 0.0, 0.504, 0.867, None, "1% of draws, 2 compared"),
]


def test_every_number_drawn_is_in_the_alt_text_and_in_the_table():
    figure = effect_ranges(BARS, LIGHT, title="Ranges", unit="effect for $1,000", note="n = 2")
    for words in ("0.088 to 1.198", "cautious 0.233", "middle 0.252", "0.000 to no end"):
        assert words in figure.alt
    columns = {column.title: column.cells for column in figure.table}
    assert ("0.233", "0.504") == columns["Cautious"]
    assert ("1.198", "no end") == columns["High"]
    lines = [trace for trace in figure.chart.data if trace.mode == "lines"]
    assert [(0.088, 1.198), (0.0, 0.867)] == [tuple(line.x) for line in lines]
    assert [True, False] == [line.showlegend for line in lines]
