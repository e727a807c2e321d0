"""What each set of pooled funds must pay at a school: the cuts of the funding network.

Money flows from funds to cells to schools. A school whose pooled dollars are p must draw, from the funds of a set G
alone, at least need(G) = max(must_pay[G], p - others_can[G]): the first because some cells have a least that nobody
else may pay, the second because the other cells can take only so much. A plan exists if and only if, for every G, these
needs add up to no more than what G holds (Hall's condition for flows; Fujishige, Submodular Functions and Optimization).
Funds with a rule of their own are local to a school, so they only shift the two numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from equity_alloc.domain.money import Cents
from equity_alloc.problem.arrays import Ints
from equity_alloc.problem.cells import NO_LIMIT, Cells
from equity_alloc.problem.flow import usable_shares


@dataclass(frozen=True, eq=False)
class Cuts:
    """Cut numbers for every fund set that matters; all in cents.

    Parameters
    ----------
    sets : tuple of int
        Bit sets of pooled funds.
    budget : tuple of Cents
        What each set holds.
    must_pay, others_can : ndarray, shape (n_sets, n_schools)
    lowest, highest : ndarray, shape (n_schools,)
        Bounds of a school's pooled dollars.
    used : ndarray, shape (n_schools, n_local)
        What each school uses of its shares: as much as its cells can take.
    counted_local : ndarray, shape (n_schools,)
        The counted part of it.
    is_loose : bool
        Whether a school may use any part of its shares, up to `used`. Pooled dollars are then all counted dollars, whoever
        pays them, and what these numbers forbid no plan can do; not all that they let through can be done.
    """

    sets: tuple[int, ...]
    budget: tuple[Cents, ...]
    must_pay: Ints
    others_can: Ints
    lowest: Ints
    highest: Ints
    used: Ints
    counted_local: Ints
    is_loose: bool = False

    @cached_property
    def shortages(self) -> tuple[tuple[int, Cents], ...]:
        """Fund sets that cannot pay even the floors, with the cents they lack."""
        need = np.maximum(self.must_pay, self.lowest - self.others_can).sum(1)
        found = [(g, int(n) - b) for g, n, b in zip(self.sets, need, self.budget, strict=True) if n > b]
        return tuple(found)

    @cached_property
    def crossed(self) -> tuple[int, ...]:
        """Rows of schools whose own limits cross, whatever money there is."""
        return tuple(np.flatnonzero(self.lowest > self.highest).tolist())

    @property
    def is_feasible(self) -> bool:
        """Whether a plan in dollars and fractional posts exists."""
        return not self.shortages and not self.crossed

    def need(self, index: int, pooled: list[Fraction]) -> Fraction:
        """Return what the index-th fund set must pay when schools have these pooled cents, exact."""
        total = Fraction(0)
        for must, others, p in zip(self.must_pay[index].tolist(), self.others_can[index].tolist(), pooled, strict=True):
            total += max(Fraction(must), p - others)
        return total


def build_cuts(cells: Cells, *, used: Ints | None = None) -> Cuts:
    """Return the cuts of a problem's cells, with as much of the own shares used as can be, or so much of each."""
    used = usable_shares(cells) if used is None else used
    n_local, n_schools = len(cells.local), len(cells.schools)
    patterns, least, most = _patterns(cells)
    counts = np.array(cells.local_counts, bool)
    counted_local = used[:, counts].sum(1) if n_local else np.zeros(n_schools, np.int64)
    every = used.sum(1)
    subsets = range(1 << n_local)
    share_of = np.array([[_held(row, h) for row in used.tolist()] for h in subsets], np.int64).reshape(-1, n_schools)
    lowest = np.zeros(n_schools, np.int64)
    for h in subsets:
        untouched = np.array([not (loc & h) for _, loc in patterns], bool)
        lowest = np.maximum(lowest, share_of[h] + least[untouched].sum(0) - every)
    sets = _unions([pool for pool, _ in patterns])
    must_pay = np.zeros((len(sets), n_schools), np.int64)
    others_can = np.zeros((len(sets), n_schools), np.int64)
    for i, g in enumerate(sets):
        inside = np.array([[not (p & ~g) and not (q & ~h) for p, q in patterns] for h in subsets], bool)
        inside = inside.reshape(len(subsets), len(patterns))
        must_pay[i] = (inside.astype(np.int64) @ least - share_of).max(0)
        others_can[i] = ((~inside).astype(np.int64) @ most + share_of).min(0) - every
    nobody = sets.index(0)
    highest = np.minimum(others_can[nobody], cells.ceiling - counted_local)
    highest = np.where(must_pay[nobody] > 0, -1, highest)
    lowest = np.maximum(np.maximum(lowest, cells.floor - counted_local), 0)
    return Cuts(
        sets=tuple(sets),
        budget=tuple(_held(cells.budget, g) for g in sets),
        must_pay=np.maximum(must_pay, 0),
        others_can=others_can,
        lowest=lowest,
        highest=highest,
        used=used,
        counted_local=counted_local,
    )


def build_loose_cuts(cells: Cells) -> Cuts:
    """Return what holds of every plan, also of one that leaves a school's own shares unused.

    Each number is the loosest over what a school may use of each share: needs of fund sets at counted dollars c are at
    least max(must_pay, c - others_can), and c lies between lowest and highest.
    """
    n_local, n_schools = len(cells.local), len(cells.schools)
    masks = [(cells.local_mask >> f & 1).astype(bool) for f in range(n_local)]
    can_take = [np.where(mask, cells.most_cents, 0).sum(1) for mask in masks]
    used = np.array([np.minimum(cells.shares[:, f], can_take[f]) for f in range(n_local)], np.int64).reshape(
        -1, n_schools
    )
    counts = np.array(cells.local_counts, bool)
    patterns, least, most = _patterns(cells)
    sets = _unions([pool for pool, _ in patterns])
    must_pay = np.zeros((len(sets), n_schools), np.int64)
    others_can = np.full((len(sets), n_schools), NO_LIMIT, np.int64)
    lowest = np.zeros(n_schools, np.int64)
    for h in range(1 << n_local):
        in_h = np.array([bool(h >> f & 1) for f in range(n_local)], bool)
        share, counted = used[in_h].sum(0), used[in_h & counts].sum(0)
        untouched = np.array([not (loc & h) for _, loc in patterns], bool)
        lowest = np.maximum(lowest, least[untouched].sum(0) - used[~in_h & ~counts].sum(0))
        for i, g in enumerate(sets):
            inside = np.array([not (p & ~g) and not (q & ~h) for p, q in patterns], bool)
            must_pay[i] = np.maximum(must_pay[i], least[inside].sum(0) - share)
            others_can[i] = np.minimum(others_can[i], most[~inside].sum(0) + counted)
    nobody = sets.index(0)
    highest = np.minimum(others_can[nobody], cells.ceiling)
    return Cuts(
        sets=tuple(sets),
        budget=tuple(_held(cells.budget, g) for g in sets),
        must_pay=must_pay,
        others_can=others_can,
        lowest=np.maximum(np.maximum(lowest, cells.floor), 0),
        highest=np.where(must_pay[nobody] > 0, -1, highest),
        used=used.T,
        counted_local=np.zeros(n_schools, np.int64),
        is_loose=True,
    )


def _patterns(cells: Cells) -> tuple[list[tuple[int, int]], Ints, Ints]:
    """Group cells by who may pay; return the groups and their least and most cents, shape (n_patterns, n_schools)."""
    keys = cells.pooled_mask * (1 << len(cells.local)) + cells.local_mask
    distinct = np.unique(keys)
    least = np.array([np.where(keys == k, cells.least_cents, 0).sum(1) for k in distinct], np.int64)
    most = np.array([np.where(keys == k, cells.most_cents, 0).sum(1) for k in distinct], np.int64)
    local_bits = (1 << len(cells.local)) - 1
    patterns = [(int(k) >> len(cells.local), int(k) & local_bits) for k in distinct]
    shape = (len(patterns), len(cells.schools))
    return patterns, least.reshape(shape), most.reshape(shape)


def _unions(masks: list[int]) -> list[int]:
    """Return the empty set and every union of masks, smallest first: the only fund sets that can be tight."""
    found = {0}
    for mask in masks:
        found |= {mask | other for other in found}
    return sorted(found, key=lambda g: (g.bit_count(), g))


def _held(amounts: tuple[int, ...] | list[int], members: int) -> int:
    return sum(amount for bit, amount in enumerate(amounts) if members >> bit & 1)
