"""Shapley values: published games, all orders tried one by one, and sums that are exact."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import pytest

from equity_alloc.planning.shapley import FEW, shares_of


def by_all_orders(n, value):
    """Return the mean effect of each cause over all orders, by the words of the definition."""
    effects = [Fraction(0)] * n
    orders = list(itertools.permutations(range(n)))
    for order in orders:
        for place, k in enumerate(order):
            before, after = tuple(sorted(order[:place])), tuple(sorted(order[: place + 1]))
            effects[k] += value(after) - value(before)
    return tuple(each / len(orders) for each in effects)


def airport(costs):
    """Return the exact values of the airport game: each part of the runway is paid equally by all who need it.

    Littlechild and Owen, A simple expression for the Shapley value in a special case, Management Science 20 (1973).
    """
    order = sorted(range(len(costs)), key=lambda k: costs[k])
    shares, paid, before = [Fraction(0)] * len(costs), Fraction(0), 0
    for place, k in enumerate(order):
        paid += Fraction(costs[k] - before, len(costs) - place)
        shares[k], before = paid, costs[k]
    return tuple(shares)


def test_the_glove_game():
    """One left glove and two right ones; a pair is worth one: 2/3, 1/6, 1/6 (Shapley and Shubik 1969)."""
    found = shares_of(3, lambda members: 6 * (0 in members and len(members) > 1))
    assert (Fraction(4), Fraction(1), Fraction(1)) == found.shapley
    assert (0, 0, 0) == found.first_in
    assert (6, 0, 0) == found.last_out


@pytest.mark.parametrize("n", [1, 4, FEW])
def test_the_airport_game_is_shared_as_published(n):
    costs = [7 * k * k + 3 for k in range(n)]
    found = shares_of(n, lambda members: -max((costs[k] for k in members), default=0))
    assert tuple(-share for share in airport(costs)) == found.shapley
    assert 0 == found.orders


def test_values_of_drawn_games_are_means_over_all_orders_and_add_up():
    for seed in range(30):
        draw = random.Random(seed)
        n = draw.randint(1, 5)
        table = {m: draw.randint(-50, 50) for s in range(n + 1) for m in itertools.combinations(range(n), s)}
        found = shares_of(n, table.__getitem__, falls=False)
        assert by_all_orders(n, table.__getitem__) == found.shapley
        assert found.total == sum(found.shapley) == table[tuple(range(n))] - table[()]
        assert tuple(table[(k,)] - table[()] for k in range(n)) == found.first_in


def test_an_effect_alone_and_an_effect_last_may_have_opposite_signs():
    """A floor that helps where nothing else holds and harms where a second rule does: both are told."""
    table = {(): 0, (0,): 2, (1,): 5, (0, 1): 3}
    found = shares_of(2, table.__getitem__, falls=False)
    assert (2, -2) == (found.first_in[0], found.last_out[0])


def test_sets_between_two_of_the_same_value_are_not_judged():
    """Nine of ten rules do nothing to a value that only falls: far fewer than 1,024 sets are judged."""
    found = shares_of(10, lambda members: -9 * (3 in members))
    assert found.judged < 100
    assert tuple(Fraction(-9 * (k == 3)) for k in range(10)) == found.shapley


@pytest.mark.parametrize("seed", range(5))
def test_beyond_ten_the_shares_are_drawn_add_up_exactly_and_state_their_error(seed):
    draw = random.Random(seed)
    costs = [draw.randint(1, 1000) for _ in range(14)]
    found = shares_of(14, lambda members: -max((costs[k] for k in members), default=0), orders=200)
    assert 200 == found.orders
    assert found.total == sum(found.shapley) == -max(costs)
    exact = airport(costs)
    assert any(found.error)
    for share, error, true in zip(found.shapley, found.error, exact, strict=True):
        assert abs(float(share + true)) <= 5 * error + 1e-9
    assert tuple(-cost for cost in costs) == found.first_in


def test_the_same_question_has_the_same_answer():
    costs = [3 * k for k in range(13)]

    def value(members):
        return -max((costs[k] for k in members), default=0)

    assert shares_of(13, value) == shares_of(13, value)


def test_a_cause_that_raises_the_value_ends_the_short_cut():
    """A short cut taken for a game that only falls never looks at the one pair that takes 9."""
    table = {members: 0 for size in range(5) for members in itertools.combinations(range(4), size)}
    table |= {(0, 1, 2): -4, (0, 3): -9}
    found = shares_of(4, table.__getitem__)
    assert by_all_orders(4, table.__getitem__) == found.shapley
    assert 16 == found.judged
