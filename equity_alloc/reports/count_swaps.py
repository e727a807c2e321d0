"""Moves of whole pupils between hidden counts that change nothing that is published: the witness that a count stays open."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from equity_alloc.reports.count_table import CountTable, Place, Weights

#: By how much the count of each group may go down and up.
Rooms: TypeAlias = dict[str, tuple[int, int]]
#: So many swaps of a place, the cheapest first, are tried with others beside them.
MOST_TRIED = 20
#: Beyond so many sums that the others can reach, no further one is looked for.
MOST_SUMS = 20_000


@dataclass(frozen=True, slots=True)
class Swap:
    """Pupils of a group at one school and another, evened out in other groups at both."""

    school: str
    other: str
    group: str
    partners: tuple[str, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """The cells that move."""
        return tuple((school, group) for school in (self.school, self.other) for group in (self.group, *self.partners))

    def sums(self, table: CountTable, moves: Sequence[int]) -> tuple[int, ...]:
        """Return by how much a move of so many pupils of each group changes the sums that tied schools tell."""
        found = []
        for tied in table.tied:
            way = (self.school in tied.schools) - (self.other in tied.schools)
            whole = tied.whole if way else {}
            groups = zip((self.group, *self.partners), moves, strict=True)
            found.append(way * sum(whole.get(group, 0) * move for group, move in groups))
        return tuple(found)


def whole_weights(weights: Mapping[str, Fraction]) -> dict[str, int]:
    """Return weights above zero as whole numbers in the same proportion."""
    scale = math.lcm(*(weight.denominator for weight in weights.values()))
    return {group: int(weight * scale) for group, weight in weights.items() if weight}


def swaps(table: CountTable, place: Place, hidden: set[Place], weights: Weights) -> list[Swap]:
    """Return the swaps that move a count, those first that hide the fewest counts more, at the smallest schools.

    The choice rests on nothing that is hidden: else whoever knows this program could tell counts from what it chose to hide.
    """
    school, group = place
    weighted = dict.fromkeys(each for system in weights for each in system)
    has = [g for g in weighted if g != group and table.counts.get((school, g))]
    sets: list[tuple[str, ...]] = [()]
    if group in weighted:
        sets = [(g,) for g in has] + list(itertools.combinations(has, 2))
    found = [
        Swap(school, other, group, partners)
        for other, other_group in table.counts
        if other_group == group and other != school and table.counts[other, group]
        for partners in sets
        if all(table.counts.get((other, partner)) for partner in partners)
    ]

    def cost(swap: Swap) -> tuple[int, int, Swap]:
        new = [each for each in swap.places if each not in hidden]
        return len(new), sum(table.enrollment[school] for school, _ in new), swap

    seen = table.known | table.near - {place}
    free = (swap for swap in found if not seen.intersection(swap.places))
    return [swap for *_, swap in sorted(map(cost, free), key=lambda each: (each[:2], each[2].places))]


def witness(
    table: CountTable, place: Place, hidden: set[Place], weights: Weights, span: int
) -> frozenset[Place] | None:
    """Return the places of moves that let a count span the range asked for, or None where there are none.

    One swap is best. Else each swap shows that some counts are possible, and several together may span the range. Where tied
    schools tell the sum of their counts and a swap would change it, swaps at further schools take that back.
    """
    crossing = []
    possible: dict[int, tuple[Place, ...]] = {}
    for swap in swaps(table, place, hidden, weights):
        changes = {move[0]: swap.sums(table, move) for move in _moves(table, swap, weights, span)}
        can = {move: swap.places for move, change in changes.items() if not any(change)}
        if _spans(can, span):
            return frozenset(swap.places)
        possible = can | possible
        if len(can) < len(changes):
            crossing.append((swap, changes))
    for order, (swap, changes) in itertools.product((1, -1), crossing[:MOST_TRIED]):
        possible = _taken_back(table, swap, changes, sorted(hidden)[::order], weights, span) | possible
        if _spans(possible, span):
            break
    if not _spans(possible, span):
        return None
    ends = min(possible), max(possible)
    return frozenset(place for end in ends for place in possible[end])


def _taken_back(
    table: CountTable,
    first: Swap,
    changes: Mapping[int, tuple[int, ...]],
    places: Sequence[Place],
    weights: Weights,
    span: int,
) -> dict[int, tuple[Place, ...]]:
    """Return which moves of the first swap further swaps can even out, none of their places used twice, with all places."""
    used, hidden = set(first.places), set(places)
    reach = {(0,) * len(table.tied)}
    found: dict[int, tuple[Place, ...]] = {}
    for place in places:
        if place in used or len(reach) > MOST_SUMS:
            continue
        free = [
            swap
            for swap in swaps(table, place, hidden, weights)
            if hidden.issuperset(swap.places) and not used.intersection(swap.places)
        ]
        options = [
            ({swap.sums(table, move) for move in _moves(table, swap, weights, 2 * span)}, swap.places) for swap in free
        ]
        more, taken = max(options, key=lambda each: len(each[0]), default=(set(), ()))
        if len(more) < 2:
            continue
        used.update(taken)
        reach |= {tuple(map(sum, zip(one, other, strict=True))) for one in reach for other in more}
        for move, change in changes.items():
            if move not in found and tuple(-each for each in change) in reach:
                found[move] = tuple(used)
        if _spans(found, span):
            break
    return found


def _spans(moves: Collection[int], span: int) -> bool:
    return bool(moves) and max(moves) - min(moves) >= span


def _moves(table: CountTable, swap: Swap, weights: Weights, most: int) -> list[tuple[int, ...]]:
    """Return the moves of whole pupils that are possible, at most so many either way, with those of the partner groups."""
    room = {group: _room(table, swap, group) for group in (swap.group, *swap.partners)}
    low, high = room[swap.group]
    every = (
        (move, _evens_out(swap.group, move, swap.partners, weights, room))
        for move in range(max(low, -most), min(high, most) + 1)
    )
    return [(move, *partners) for move, partners in every if partners is not None]


def _room(table: CountTable, swap: Swap, group: str) -> tuple[int, int]:
    """Return by how much a count may go down and up at the first school, while the second moves the other way."""
    here, there = (swap.school, group), (swap.other, group)
    (low, high), (other_low, other_high) = table.ends(here), table.ends(there)
    now, other_now = table.counts[here], table.counts[there]
    return max(low - now, other_now - other_high), min(high - now, other_now - other_low)


def _evens_out(
    group: str, move: int, partners: tuple[str, ...], weights: Weights, room: Rooms
) -> tuple[int, ...] | None:
    """Return the whole pupils of the partner groups that take back what the move weighs, by every set of weights at once."""
    over = [system.get(group, 0) * move for system in weights]
    if not partners:
        return None if any(over) else ()
    *rest, last = partners
    for first in range(room[rest[0]][0], room[rest[0]][1] + 1) if rest else (0,):
        left = [
            -weight - (system.get(rest[0], 0) * first if rest else 0)
            for weight, system in zip(over, weights, strict=True)
        ]
        number = _one_number_for_all(left, [system.get(last, 0) for system in weights], room[last])
        if number is not None:
            return (first, number) if rest else (number,)
    return None


def _one_number_for_all(left: list[int], each: list[int], room: tuple[int, int]) -> int | None:
    """Return the whole number within the room that, times each weight, gives what is left by each set of weights."""
    number: int | None = None
    for amount, weight in zip(left, each, strict=True):
        if not weight:
            if amount:
                return None
            continue
        pupils, over = divmod(amount, weight)
        if over or (number is not None and pupils != number):
            return None
        number = pupils
    return (number or 0) if room[0] <= (number or 0) <= room[1] else None
