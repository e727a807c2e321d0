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
from equity_alloc.problem.own_sets import OwnSets, by_payers, unions


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
    counts = np.array(cells.local_counts, bool)
    counted_local = used[:, counts].sum(1) if n_local else np.zeros(n_schools, np.int64)
    asked = _Asked(cells)
    sets = asked.sets
    must_pay = asked.of(cells.least_cents, used)
    others_can = cells.most_cents.sum(1) - used.sum(1) - asked.of(cells.most_cents, used)
    # The last set holds all pooled funds: what it must pay is what they pay together.
    lowest = must_pay[-1]
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
    used = np.array([np.minimum(cells.shares[:, f], can_take[f]) for f in range(n_local)], np.int64)
    used = used.reshape(n_local, n_schools).T
    counts = np.array(cells.local_counts, bool)
    asked = _Asked(cells)
    sets = asked.sets
    must_pay = asked.of(cells.least_cents, used)
    # Of counted dollars only counted shares are a part; the others can be used beside them.
    others_can = cells.most_cents.sum(1) - asked.of(cells.most_cents, np.where(counts, used, 0))
    lowest = asked.of(cells.least_cents, np.where(counts, 0, used))[-1]
    nobody = sets.index(0)
    highest = np.minimum(others_can[nobody], cells.ceiling)
    return Cuts(
        sets=tuple(sets),
        budget=tuple(_held(cells.budget, g) for g in sets),
        must_pay=must_pay,
        others_can=np.minimum(others_can, NO_LIMIT),
        lowest=np.maximum(np.maximum(lowest, cells.floor), 0),
        highest=np.where(must_pay[nobody] > 0, -1, highest),
        used=used,
        counted_local=np.zeros(n_schools, np.int64),
        is_loose=True,
    )


class _Asked:
    """What each fund set is asked for beyond own shares, with cells taken together that the same funds may pay for.

    Parameters
    ----------
    cells : Cells

    Attributes
    ----------
    sets : list of int
        The empty set and every union of pooled funds that may pay for a cell, smallest first: no other set can be tight.
    """

    def __init__(self, cells: Cells) -> None:
        own, own_of = np.unique(cells.local_mask, return_inverse=True)
        pools, pool_of = np.unique(cells.pooled_mask, return_inverse=True)
        keys = pool_of.reshape(cells.least.shape) * len(own) + own_of.reshape(cells.least.shape)
        self._keys, distinct = keys, np.unique(keys)
        self.sets = unions(pools.tolist())
        pool = pools[distinct // max(1, len(own))]
        views = (pool & ~np.array(self.sets)[:, None]) == 0
        self._own = OwnSets(own[distinct % max(1, len(own))].tolist(), len(cells.local), views, np.int64)

    def of(self, cents: Ints, held: Ints) -> Ints:
        """Return what these cells ask of each fund set where own shares hold so much, shape (n_sets, n_schools)."""
        asked: Ints = np.ascontiguousarray(self._own.asked(by_payers(self._keys, cents)[1], held).T)
        return asked


def _held(amounts: tuple[int, ...] | list[int], members: int) -> int:
    return sum(amount for bit, amount in enumerate(amounts) if members >> bit & 1)
