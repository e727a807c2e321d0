"""Pictures of goals: every number worked out again by trying all ways, and the same in chart, words and table."""

from __future__ import annotations

import math
from functools import partial

import pytest

from equity_alloc.catalogue import objective_classes
from equity_alloc.figures.base import DARK, LIGHT
from equity_alloc.figures.dial_picture import dial_picture
from equity_alloc.figures.draws_picture import draws_picture
from equity_alloc.figures.goal_pictures import PICTURES, goal_picture

#: Goals whose picture is that of the dial or of the draws.
ELSEWHERE = {"raise-lowest-first": dial_picture, "level-dial": dial_picture, "raise-worst-draws": draws_picture}


def test_every_goal_has_a_picture():
    assert set(objective_classes()) == set(PICTURES) | set(ELSEWHERE)


def test_shortfalls_by_hand_and_no_split_of_the_new_money_leaves_less():
    pairs = PICTURES["least-shortfall"].pairs
    assert [5_000, 3_000, 3_000, 4_000] == [pair.judged for pair in pairs]
    for pair in pairs:
        assert pair.judged == max(0, 10_000 - pair.well) + max(0, 10_000 - pair.worst)
    assert all(17_000 == pair.well + pair.worst for pair in pairs[1:])
    assert 3_000 == min(max(0, 1_000 - n) + max(0, 4_000 - (2_000 - n)) for n in range(0, 2_001, 100))


@pytest.mark.parametrize("code", ["least-deviation", "agreed-dollars"])
def test_no_split_under_the_rule_is_closer(code):
    wished, best, other = PICTURES[code].pairs
    for pair in (wished, best, other):
        assert 18_000 == pair.well + pair.worst
        assert pair.judged == abs(pair.well - wished.well) + abs(pair.worst - wished.worst)
    splits = range(9_000, 18_001, 100)
    assert best.judged == min(abs(well - wished.well) + abs(18_000 - well - wished.worst) for well in splits)


def test_no_way_to_place_whole_posts_lowers_the_largest_load():
    two, best, fewer = PICTURES["smallest-load"].pairs
    assert (300 / 2, 900 / 2) == (two.well, two.worst)
    for posts, pair in ((4, best), (3, fewer)):
        loads = min(((300 / n, 900 / (posts - n)) for n in range(1, posts)), key=max)
        assert loads == (pair.well, pair.worst)
        assert max(loads) == pair.judged


def test_of_all_ways_to_place_seven_posts_the_two_shown_are_best_at_their_aversion():
    """Schools of 300 and 1,200 pupils; strength is aversion over the 1,500 / 7 pupils to a post of both together."""
    mean, balanced = PICTURES["even-loads"].pairs
    ways = [(300 / n, 1200 / (7 - n)) for n in range(1, 7)]

    def mean_of(loads, value=lambda load: load):
        return (300 * value(loads[0]) + 1200 * value(loads[1])) / 1500

    assert sorted(min(ways, key=mean_of)) == [mean.well, mean.worst]
    for aversion in (2, 5):
        bad = partial(mean_of, value=lambda load, k=aversion * 7 / 1500: math.exp(k * load))
        assert sorted(min(ways, key=bad)) == [balanced.well, balanced.worst]
    assert sorted(min(ways, key=max)) == [balanced.well, balanced.worst]
    assert [220, 222] == [pair.judged for pair in (mean, balanced)] == [mean_of((300, 200)), mean_of((150, 240))]


@pytest.mark.parametrize("code", sorted(PICTURES))
@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_picture_words_and_table_hold_the_same_numbers(code, colors):
    figure = goal_picture(code, colors)
    assert figure is not None
    bars = [list(trace.y) for trace in figure.chart.data]
    assert [list(column.cells) for column in figure.table[1:3]] == bars
    assert all(f"{value:,.0f}" in figure.alt for values in bars for value in values)
    assert goal_picture("raise-lowest-first", colors) is None
