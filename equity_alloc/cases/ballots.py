"""Ballots of a room: what the most votes buy, and what equal shares buy.

Equal shares gives every voter the same part of the money. An item is bought from those who want it; among the items that
they can pay, the one that costs each of them least comes first, and who cannot pay that share gives what is left of
theirs (Peters and Skowron, "Proportionality and the Limits of Welfarism", 2020, cost utilities).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.errors import StoredFormat


@dataclass(frozen=True, slots=True)
class Item:
    """Something that money can buy.

    Parameters
    ----------
    name : str
    dollars : int
    voters : frozenset of int
        Who wants it.
    """

    name: str
    dollars: int
    voters: frozenset[int]


@dataclass(frozen=True)
class Ballots:
    """What is for sale, and who wants what.

    Parameters
    ----------
    dollars : int
        What there is to spend.
    voters : tuple of str
        Where each voter stands, in the order of their numbers.
    items : tuple of Item
    """

    dollars: int
    voters: tuple[str, ...]
    items: tuple[Item, ...]


def read_ballots(data: bytes) -> Ballots:
    """Return ballots from a table: a row for each bundle of equal ballots, a column for each item, its cost in the first row.

    Raises
    ------
    StoredFormat
        If a cost or a number of voters is no whole number.
    """
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
    (_, _, *names), costs, *bundles = rows
    try:
        total, prices = int(costs[1]), [int(cost) for cost in costs[2:]]
        voters = tuple(place for place, count, *_ in bundles for _ in range(int(count)))
        marks = [row for row in bundles for _ in range(int(row[1]))]
    except ValueError as error:
        raise StoredFormat(
            f"ballots.csv holds {error.args[0].rpartition(':')[2].strip()} where a number stands."
        ) from error
    wanted = [frozenset(v for v, row in enumerate(marks) if row[2 + place]) for place in range(len(names))]
    return Ballots(total, voters, tuple(Item(*each) for each in zip(names, prices, wanted, strict=True)))


def most_votes(ballots: Ballots) -> tuple[Item, ...]:
    """Return what is bought by the number of votes alone; an item that no longer fits is passed over."""
    bought, left = [], ballots.dollars
    for item in sorted(ballots.items, key=lambda item: (-len(item.voters), item.dollars, item.name)):
        if item.dollars <= left:
            bought.append(item)
            left -= item.dollars
    return tuple(bought)


def equal_shares(ballots: Ballots) -> tuple[Item, ...]:
    """Return what equal shares buy, in the order of buying; money that no group of voters can use stays."""
    purse = dict.fromkeys(range(len(ballots.voters)), Fraction(ballots.dollars, max(1, len(ballots.voters))))
    bought: list[Item] = []
    while True:
        offers = [
            (share, item.name, item)
            for item in ballots.items
            if item not in bought and (share := _share(item, purse)) is not None
        ]
        if not offers:
            return tuple(bought)
        share, _, item = min(offers, key=lambda offer: offer[:2])
        for voter in item.voters:
            purse[voter] -= min(purse[voter], share * item.dollars)
        bought.append(item)


def completed(ballots: Ballots, bought: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return what is bought together with what the money left buys, most votes first; equal shares seldom spends it all."""
    rest = tuple(item for item in ballots.items if item not in bought)
    left = ballots.dollars - sum(item.dollars for item in bought)
    return (*bought, *most_votes(Ballots(left, ballots.voters, rest)))


def dollars_wanted(ballots: Ballots, bought: tuple[Item, ...], where: str) -> Fraction:
    """Return how many of the dollars spent a voter of a place wanted, on average."""
    ours = [voter for voter, place in enumerate(ballots.voters) if place == where]
    return Fraction(sum(item.dollars for item in bought for voter in ours if voter in item.voters), max(1, len(ours)))


def _share(item: Item, purse: dict[int, Fraction]) -> Fraction | None:
    """Return the part of the cost that each supporter pays at most, None where they cannot pay together."""
    if item.dollars <= 0 or sum((purse[voter] for voter in item.voters), Fraction(0)) < item.dollars:
        return None
    left, rest = Fraction(item.dollars), sorted(purse[voter] for voter in item.voters)
    for place, money in enumerate(rest):
        each = left / (len(rest) - place)
        if money >= each:
            return each / item.dollars
        left -= money
    return None
