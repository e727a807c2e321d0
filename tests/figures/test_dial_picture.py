"""The picture of the dial: closed forms by hand, and the same numbers in picture, words and table."""

from __future__ import annotations

import pytest

from equity_alloc.figures.base import DARK, LIGHT
from equity_alloc.figures.dial_picture import MONEY, PRICE, dial_picture, shares
from equity_alloc.objectives.dial import NAMED


@pytest.mark.parametrize(
    ("setting", "cheap", "dear"),
    [("0", 10_000, 0), ("1", 5_000, 1_666.67), ("2", 3_660.25, 2_113.25), ("infinity", 2_500, 2_500)],
)
def test_shares_by_hand(setting, cheap, dear):
    """At 2 the ratio is the square root of three: 10,000 / (1.73205 + 3) = 2,113.25."""
    assert (cheap, dear) == pytest.approx(shares(setting), abs=0.01)


@pytest.mark.parametrize("setting", NAMED)
def test_all_money_is_spent_and_the_dear_school_never_stands_higher(setting):
    cheap, dear = shares(setting)
    assert MONEY == pytest.approx(cheap + PRICE * dear)
    assert dear <= cheap


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_picture_words_and_table_hold_the_same_numbers(colors):
    picture = dial_picture(colors)
    bars = [list(trace.y) for trace in picture.chart.data]
    assert [list(column.cells) for column in picture.table[1:]] == bars
    assert all(f"${value:,.0f}" in picture.alt for values in bars for value in values)
