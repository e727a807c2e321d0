"""Combinations of few steps away from a school's nearest posts, looked up instead of worked out anew for every school."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from math import comb
from typing import TypeAlias

import numpy as np

from equity_alloc.problem.arrays import Ints

Kinds: TypeAlias = tuple[tuple[int, int], ...]

#: So many positions at once, each by up to so many steps.
NEAR: Kinds = ((1, 2), (2, 2), (3, 1))
WIDE: Kinds = ((1, 8), (2, 6), (3, 2), (4, 1))
#: From the widest on, the first of which there are few enough: the more there are, the nearer they come to any dollars.
DENSE: tuple[Kinds, ...] = (
    ((1, 8), (2, 8), (3, 8)),
    ((1, 8), (2, 6), (3, 4), (4, 2)),
    ((1, 4), (2, 3), (3, 2), (4, 1)),
    ((1, 2), (2, 2), (3, 1), (4, 1)),
    ((1, 4), (2, 3), (3, 1)),
)
ENOUGH = 30_000


@dataclass(frozen=True, eq=False)
class FurtherSteps:
    """The combinations that are tried.

    Parameters
    ----------
    steps : ndarray, shape (n_combinations, n_positions)
        The first is to take none.
    reach : int
        The most steps of one position.
    codes : ndarray, shape (most positions at once, n_combinations)
        Where each position that moves stands in a table of n_positions times 2 * reach + 1 numbers of steps, of which
        column reach + k is for k steps; one past its end where fewer move.
    """

    steps: Ints
    reach: int
    codes: Ints


def dense(n_positions: int) -> Kinds:
    """Return the most kinds whose combinations can still be looked through.

    Examples
    --------
    >>> dense(12)
    ((1, 4), (2, 3), (3, 2), (4, 1))
    >>> dense(40) == NEAR
    True
    """
    for kinds in DENSE:
        if sum(comb(n_positions, size) * (2 * furthest) ** size for size, furthest in kinds) <= ENOUGH:
            return kinds
    return NEAR


@cache
def further_steps(n_positions: int, kinds: Kinds) -> FurtherSteps:
    """Return the combinations of some kinds; none but the first where no kind is given.

    Examples
    --------
    >>> further_steps(2, ((1, 1),)).steps.tolist()
    [[0, 0], [-1, 0], [1, 0], [0, -1], [0, 1]]
    """
    most, reach = max((size for size, _ in kinds), default=0), max((reach for _, reach in kinds), default=0)
    width, unused = 2 * reach + 1, n_positions * (2 * reach + 1)
    rows, codes = [np.zeros(n_positions, np.int64)], [[unused] * most]
    for size, furthest in kinds:
        deltas = [delta for delta in range(-furthest, furthest + 1) if delta]
        for chosen in combinations(range(n_positions), size):
            for delta in product(deltas, repeat=size):
                row = np.zeros(n_positions, np.int64)
                row[list(chosen)] = delta
                rows.append(row)
                moved = [i * width + reach + d for i, d in zip(chosen, delta, strict=True)]
                codes.append(moved + [unused] * (most - size))
    steps = np.array(rows, np.int64).reshape(len(rows), n_positions)
    return FurtherSteps(steps, reach, np.array(codes, np.int64).reshape(len(rows), most).T.copy())
