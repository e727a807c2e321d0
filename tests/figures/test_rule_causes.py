"""The chart of what each rule takes says in words and in its table what it draws."""

from __future__ import annotations

from equity_alloc.figures.base import DARK
from equity_alloc.figures.rule_causes import CauseBar, rule_causes_figure

BARS = [
    CauseBar(5, "A floor", -68.1, -136.19, 0.0, "-$68.10", "-$136.19", "$0.00", ""),
    CauseBar(6, "A ceiling", -248.04, -316.14, -179.95, "-$248.04", "-$316.14", "-$179.95", ""),
]
IDLE = CauseBar(7, "A lock", 0.0, 0.0, 0.0, "$0.00", "$0.00", "$0.00", "")


def test_every_number_drawn_is_in_the_alt_text_and_in_the_table():
    figure = rule_causes_figure(
        BARS, [*BARS, IDLE], DARK, unit="dollars per weighted pupil", total="-$316.14", note="n = 24"
    )
    for bar in BARS:
        for words in (bar.share_words, bar.alone_words, bar.last_words):
            assert words in figure.alt
    assert "add up to -$316.14" in figure.alt
    columns = {column.title: column.cells for column in figure.table}
    assert (5, 6, 7) == columns["Rule"]
    assert ("-$68.10", "-$248.04", "$0.00") == columns["Share"]
    assert "Standard error" not in columns
    share, alone, last = figure.chart.data
    assert (-248.04, -68.1) == tuple(share.x)
    assert (-316.14, -136.19) == tuple(alone.x)
    assert (-179.95, 0.0) == tuple(last.x)


def test_a_share_that_was_drawn_stands_beside_its_error():
    drawn = CauseBar(9, "A ratio", -1.0, -1.5, -0.5, "-$1.00", "-$1.50", "-$0.50", "0.21")
    figure = rule_causes_figure([drawn], [drawn], DARK, unit="dollars per weighted pupil", total="-$1.00", note="")
    assert ("0.21",) == {column.title: column.cells for column in figure.table}["Standard error"]
