"""Which counts a public document leaves out, so that no small one can be worked out from all that is shown.

A small count is safe by a witness: another table of whole pupils that gives every published number and in which the
count differs by at least the range asked for. The witness is a swap: so many pupils more of a group at one school and as
many fewer at another, and, where levels are published, as many weighted pupils less and more in one or two other groups at the
same two schools. No solver is needed, and whoever holds all that is public cannot tell the two tables apart.

What was public before stays known: its counts cover nothing any more, what it hid stays hidden, and its levels bind too.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from equity_alloc.domain.errors import InvalidValue

#: School and group.
Place: TypeAlias = tuple[str, str]
#: Need weights as whole numbers, one mapping for each set of published levels.
Weights: TypeAlias = tuple[dict[str, int], ...]


@dataclass(frozen=True)
class CountTable:
    """Counts of student groups, and what is published beside them.

    Parameters
    ----------
    counts : mapping of (school, group) to pupils
        Known counts only.
    enrollment : mapping of school to pupils
        Published.
    weights : mapping of group to Fraction
        Need weights; a group without one may be left out. They bind the counts of a school where its level is published.
    limits : mapping of (school, group) to (least, most)
        What published posts and staffing rules say about a count.
    known : frozenset of (school, group)
        Counts that earlier public documents show as they are now.
    kept : frozenset of (school, group)
        Counts that earlier public documents hide.
    totals : frozenset of str
        Groups whose total in the district earlier public documents show.
    levels_before : tuple of mapping of group to Fraction
        Need weights with which earlier public documents show levels.
    """

    counts: Mapping[Place, int]
    enrollment: Mapping[str, int]
    weights: Mapping[str, Fraction]
    limits: Mapping[Place, tuple[int, int]] = field(default_factory=dict)
    known: frozenset[Place] = frozenset()
    kept: frozenset[Place] = frozenset()
    totals: frozenset[str] = frozenset()
    levels_before: tuple[Mapping[str, Fraction], ...] = ()

    def ends(self, place: Place) -> tuple[int, int]:
        """Return the least and the most that anybody must believe possible of a hidden count; zero is always shown."""
        least, most = self.limits.get(place, (1, self.enrollment[place[0]]))
        return max(1, least), min(self.enrollment[place[0]], most)


@dataclass(frozen=True)
class Hidden:
    """What is left out.

    Parameters
    ----------
    places : frozenset of (school, group)
        Hidden counts: the small ones, and those that would give one away.
    small : frozenset of (school, group)
        The small ones among them.
    groups : frozenset of str
        Groups of which no count is shown, the district's total included.
    levels : bool
        Whether levels per weighted pupil may be shown.
    """

    places: frozenset[Place]
    small: frozenset[Place]
    groups: frozenset[str]
    levels: bool


def hide_counts(table: CountTable, *, smallest: int, span: int, levels: bool = True) -> Hidden:
    """Return what must be left out of everything that is public.

    Levels per weighted pupil are kept if there is any way to; else they are left out; last, whole groups are.

    Parameters
    ----------
    table : CountTable
    smallest : int, pupils
        Counts above zero and below this are small, and so are counts that leave fewer than this outside the group.
    span : int, pupils
        The range that must stay possible for each small count.
    levels : bool
        False where levels are not published anyway.

    Raises
    ------
    InvalidValue
        If published posts and rules, or what was public before, give a small count away.
    """
    small = small_places(table.counts, table.enrollment, smallest)
    # Nothing can protect what was public before.
    guarded = small - table.known
    kept = small | frozenset(place for place in table.kept - table.known if table.counts.get(place))
    if levels:
        places = _cover(table, guarded, kept, span, frozenset(), levels=True)
        if places is not None:
            return Hidden(places, small, frozenset(), levels=True)
    groups: frozenset[str] = frozenset()
    while True:
        places = _cover(table, guarded, kept, span, groups, levels=False)
        if places is not None:
            return Hidden(places | _all_of(table, groups), small, groups, levels=False)
        groups = _withheld_too(table, guarded, span, groups)


def small_places(counts: Mapping[Place, int], enrollment: Mapping[str, int], smallest: int) -> frozenset[Place]:
    """Return the counts above zero that are below a number of pupils, or leave fewer than it outside the group."""
    return frozenset(
        (school, group)
        for (school, group), count in counts.items()
        if count and (count < smallest or enrollment[school] - count < smallest)
    )


def _withheld_too(table: CountTable, small: frozenset[Place], span: int, groups: frozenset[str]) -> frozenset[str]:
    """Return one group more that is not shown at all: the first with a small count that nothing covers."""
    for school, group in sorted(small):
        one = frozenset({(school, group)})
        if _cover(table, one, one, span, groups, levels=False) is None:
            if group in groups:
                told = "what was public before" if table.kept else "the posts and staffing rules that it shows"
                raise InvalidValue(
                    f"No public document can be made: {told} would give away how many pupils of group {group} school {school} "
                    "has. Make the internal documents, or change the commitment or rule that counts this group."
                )
            return groups | {group}
    # Each alone can be covered, so covering them together only takes more cells: never reached twice for one group.
    return groups | {min(group for _, group in small if group not in groups)}


def _all_of(table: CountTable, groups: frozenset[str]) -> frozenset[Place]:
    return frozenset(place for place, count in table.counts.items() if place[1] in groups and count)


def _cover(
    table: CountTable,
    small: frozenset[Place],
    kept: frozenset[Place],
    span: int,
    groups: frozenset[str],
    *,
    levels: bool,
) -> frozenset[Place] | None:
    """Return a set of hidden places in which every small one has a witness, or None where one has none."""
    hidden = set(kept)
    every = (*((table.weights,) if levels else ()), *table.levels_before)
    weights = tuple({tuple(sorted(whole.items())): whole for whole in map(_whole, every) if whole}.values())
    for place in sorted(small):
        if place[1] in groups and place[1] not in table.totals and not any(place[1] in each for each in weights):
            least, most = table.ends(place)
            if most - least < span:
                return None
            continue
        found = next(
            (swap for swap in _swaps(table, place, hidden, weights) if _leaves(table, swap, weights, span)), None
        )
        if found is None:
            return None
        hidden.update(found.places)
    return frozenset(hidden)


@dataclass(frozen=True, slots=True)
class _Swap:
    """Pupils of a group at one school and another, evened out in other groups at both."""

    school: str
    other: str
    group: str
    partners: tuple[str, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """The cells that move."""
        return tuple((school, group) for school in (self.school, self.other) for group in (self.group, *self.partners))


def _whole(weights: Mapping[str, Fraction]) -> dict[str, int]:
    """Return weights above zero as whole numbers in the same proportion."""
    scale = math.lcm(*(weight.denominator for weight in weights.values()))
    return {group: int(weight * scale) for group, weight in weights.items() if weight}


def _swaps(table: CountTable, place: Place, hidden: set[Place], weights: Weights) -> list[_Swap]:
    """Return the swaps that move a count, those first that hide the fewest and smallest counts more."""
    school, group = place
    weighted = dict.fromkeys(each for system in weights for each in system)
    has = [g for g in weighted if g != group and table.counts.get((school, g))]
    sets: list[tuple[str, ...]] = [()]
    if group in weighted:
        sets = [(g,) for g in has] + list(itertools.combinations(has, 2))
    found = [
        _Swap(school, other, group, partners)
        for other, other_group in table.counts
        if other_group == group and other != school and table.counts[other, group]
        for partners in sets
        if all(table.counts.get((other, partner)) for partner in partners)
    ]

    def cost(swap: _Swap) -> tuple[int, int, _Swap]:
        new = [each for each in swap.places if each not in hidden]
        return len(new), sum(table.counts[each] for each in new), swap

    free = (swap for swap in found if not table.known.intersection(swap.places))
    return [swap for *_, swap in sorted(map(cost, free), key=lambda each: (each[:2], each[2].places))]


def _leaves(table: CountTable, swap: _Swap, weights: Weights, span: int) -> bool:
    """Whether whole pupils can move so that the count of the swap's first place spans the range asked for."""
    room = {group: _room(table, swap, group) for group in (swap.group, *swap.partners)}
    least, most = room[swap.group]
    moves = range(max(least, -span), min(most, span) + 1)
    can = [move for move in moves if _evens_out(swap.group, move, swap.partners, weights, room)]
    return bool(can) and max(can) - min(can) >= span


def _room(table: CountTable, swap: _Swap, group: str) -> tuple[int, int]:
    """Return by how much a count may go down and up at the first school, while the second moves the other way."""
    here, there = (swap.school, group), (swap.other, group)
    (low, high), (other_low, other_high) = table.ends(here), table.ends(there)
    now, other_now = table.counts[here], table.counts[there]
    return max(low - now, other_now - other_high), min(high - now, other_now - other_low)


def _evens_out(
    group: str, move: int, partners: tuple[str, ...], weights: Weights, room: dict[str, tuple[int, int]]
) -> bool:
    """Whether whole pupils of the partner groups can take back what the move weighs, by every set of weights at once."""
    over = [system.get(group, 0) * move for system in weights]
    if not partners:
        return not any(over)
    *rest, last = partners
    for first in range(room[rest[0]][0], room[rest[0]][1] + 1) if rest else (0,):
        left = [
            -weight - (system.get(rest[0], 0) * first if rest else 0)
            for weight, system in zip(over, weights, strict=True)
        ]
        if _one_number_for_all(left, [system.get(last, 0) for system in weights], room[last]):
            return True
    return False


def _one_number_for_all(left: list[int], each: list[int], room: tuple[int, int]) -> bool:
    """Whether one whole number within the room, times each weight, gives what is left by each set of weights."""
    number: int | None = None
    for amount, weight in zip(left, each, strict=True):
        if not weight:
            if amount:
                return False
            continue
        pupils, over = divmod(amount, weight)
        if over or (number is not None and pupils != number):
            return False
        number = pupils
    return room[0] <= (number or 0) <= room[1]
