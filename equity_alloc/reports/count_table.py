"""Counts of student groups with everything that is published beside them: what hiding has to hold against."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

#: School and group.
Place: TypeAlias = tuple[str, str]
#: Need weights as whole numbers, one mapping for each set of published levels.
Weights: TypeAlias = tuple[dict[str, int], ...]


@dataclass(frozen=True)
class Tied:
    """Schools whose core money follows counts: what they have together tells what their counts add up to.

    Parameters
    ----------
    schools : tuple of str
    groups : tuple of str
        The groups that it follows.
    weights : tuple of Decimal
        What a pupil of each group counts; empty where that is not one number, and then the sum of each group is taken as told.
    """

    schools: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    weights: tuple[Decimal, ...] = ()

    @property
    def whole(self) -> dict[str, int]:
        """Weights as whole numbers; without weights so far apart that equal sums mean equal sums of each group."""
        if not self.weights:
            return {group: 10 ** (7 * place) for place, group in enumerate(self.groups)}
        exact = [Fraction(weight) for weight in self.weights]
        scale = math.lcm(*(each.denominator for each in exact))
        return {group: int(weight * scale) for group, weight in zip(self.groups, exact, strict=True)}


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
    near : frozenset of (school, group)
        Counts that earlier public documents show a few pupils off: who takes it that little has changed since knows them nearly.
    kept : frozenset of (school, group)
        Counts that earlier public documents hide.
    totals : frozenset of str
        Groups whose total in the district earlier public documents show.
    levels_before : tuple of mapping of group to Fraction
        Need weights with which earlier public documents show levels.
    tied : tuple of Tied
        For each set of documents without levels, the schools whose core money follows counts.
    smallest : int, pupils
        Below this counts are small; zero where that plays no part.
    """

    counts: Mapping[Place, int]
    enrollment: Mapping[str, int]
    weights: Mapping[str, Fraction]
    limits: Mapping[Place, tuple[int, int]] = field(default_factory=dict)
    known: frozenset[Place] = frozenset()
    near: frozenset[Place] = frozenset()
    kept: frozenset[Place] = frozenset()
    totals: frozenset[str] = frozenset()
    levels_before: tuple[Mapping[str, Fraction], ...] = ()
    tied: tuple[Tied, ...] = ()
    smallest: int = 0

    def ends(self, place: Place) -> tuple[int, int]:
        """Return the least and the most that anybody must believe possible of a hidden count; zero is always shown.

        A small count stays small and another does not become so: whoever knows this program can tell from what it hides which
        counts are small, and must be left a wide range all the same.
        """
        alike = ends_alike(self.counts.get(place, 0), self.enrollment[place[0]], self.smallest)
        least, most = self.limits.get(place, alike)
        return max(alike[0], least), min(alike[1], most)


def ends_alike(count: int, pupils: int, smallest: int) -> tuple[int, int]:
    """Return the least and the most of all counts that are small, or are not, as this one is; zero is always shown.

    Examples
    --------
    >>> [ends_alike(count, 200, 10) for count in (3, 45, 195)]
    [(1, 9), (10, 190), (191, 200)]
    """
    few, many = smallest - 1, pupils - smallest + 1
    if smallest < 1 or few >= many:
        return 1, pupils
    if count <= few:
        return 1, few
    return (many, pupils) if count >= many else (few + 1, many - 1)
