"""Equal shares against a published example, and properties that any count of ballots must have."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_alloc.cases.ballots import (
    Ballots,
    Item,
    completed,
    dollars_wanted,
    equal_shares,
    most_votes,
    read_ballots,
)
from equity_alloc.domain.errors import StoredFormat


def test_equal_shares_buys_what_the_published_example_buys_and_stops_where_it_stops():
    # M. Lackner, P. Skowron, "Multi-Winner Voting with Approval Preferences" (Springer 2023), example 11: 12 voters,
    # four seats of unit cost; the first phase buys a alone, each of its eight voters pays 1/8 and keeps 5/24.
    votes = [*["ab"] * 3, *["ac"] * 3, *["ad"] * 2, "bcf", "e", "f", "g"]
    items = tuple(Item(name, 1, frozenset(v for v, ballot in enumerate(votes) if name in ballot)) for name in "abcdefg")
    assert [item.name for item in equal_shares(Ballots(4, ("hall",) * 12, items))] == ["a"]


def test_a_third_of_the_voters_decides_over_a_third_of_the_money():
    many, few = frozenset(range(40)), frozenset(range(40, 60))
    items = (*(Item(f"many {n}", 100, many) for n in range(6)), *(Item(f"few {n}", 100, few) for n in range(6)))
    ballots = Ballots(600, ("north",) * 40 + ("south",) * 20, items)
    assert sum(item.dollars for item in equal_shares(ballots) if item.voters == few) == 200
    assert all(item.voters == many for item in most_votes(ballots))
    assert dollars_wanted(ballots, most_votes(ballots), "south") == 0
    assert dollars_wanted(ballots, equal_shares(ballots), "south") == Fraction(200)


@st.composite
def rooms(draw):
    voters = draw(st.integers(1, 8))
    some = st.frozensets(st.integers(0, voters - 1))
    costs = draw(st.lists(st.tuples(st.integers(1, 30), some), max_size=6))
    items = tuple(Item(f"item {n}", dollars, who) for n, (dollars, who) in enumerate(costs))
    return Ballots(draw(st.integers(0, 60)), ("room",) * voters, items)


@given(rooms())
def test_no_count_spends_more_than_there_is_or_buys_twice(ballots):
    for bought in (most_votes(ballots), equal_shares(ballots), completed(ballots, equal_shares(ballots))):
        assert sum(item.dollars for item in bought) <= ballots.dollars
        assert len(set(bought)) == len(bought)


@given(rooms())
def test_equal_shares_buys_nothing_that_nobody_wants_and_leaves_nothing_that_its_voters_could_pay_from_the_start(
    ballots,
):
    bought = equal_shares(ballots)
    assert all(item.voters for item in bought)
    each = Fraction(ballots.dollars, len(ballots.voters))
    if not bought:
        assert all(len(item.voters) * each < item.dollars for item in ballots.items)


def test_a_table_of_ballots_with_a_word_for_a_cost_says_which():
    with pytest.raises(StoredFormat, match="holds 'free' where a number stands"):
        read_ballots(b"From,Ballots,Orchestra\nall,100,free\nNorth,3,x\n")
