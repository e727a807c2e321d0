"""Answers of a key about a vote: what is bought, and how much of it the people of a place wanted."""

from __future__ import annotations

from collections.abc import Callable

from equity_alloc.cases.ballots import (
    Ballots,
    Item,
    completed,
    dollars_wanted,
    equal_shares,
    most_votes,
    read_ballots,
)
from equity_alloc.cases.opened import Opened
from equity_alloc.domain.money import print_dollars

Count = Callable[[Ballots], tuple[Item, ...]]


def bought_by_most_votes(opened: Opened, about: str) -> str:
    """Return what the number of votes buys."""
    return _names(most_votes(_ballots(opened)))


def bought_by_equal_shares(opened: Opened, about: str) -> str:
    """Return what equal shares buy, and then what is left buys."""
    return _names(_shared(_ballots(opened)))


def wanted_of_most_votes(opened: Opened, about: str) -> str:
    """Return how many of the dollars spent by most votes a voter of a place wanted, on average."""
    return _wanted(opened, most_votes, about)


def wanted_of_equal_shares(opened: Opened, about: str) -> str:
    """Return how many of the dollars spent by equal shares a voter of a place wanted, on average."""
    return _wanted(opened, _shared, about)


def _shared(ballots: Ballots) -> tuple[Item, ...]:
    return completed(ballots, equal_shares(ballots))


def _wanted(opened: Opened, count: Count, place: str) -> str:
    ballots = _ballots(opened)
    return print_dollars(round(100 * dollars_wanted(ballots, count(ballots), place)))


def _ballots(opened: Opened) -> Ballots:
    return read_ballots(opened.case.ballots())


def _names(items: tuple[Item, ...]) -> str:
    return ", ".join(sorted(item.name for item in items))
