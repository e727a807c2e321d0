"""What each fund set must pay for given amounts at schools: the needs behind the cuts, for amounts that are decided."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.leasts import least_sets

#: Multiplications of one product of arrays above which some libraries start threads that wait longer than they work.
ALONE = 2**18


class Funding:
    """Answers for many schools and many combinations of amounts at once; schools with the same eligibility share a table.

    Parameters
    ----------
    cells, cuts : Cells, Cuts

    Notes
    -----
    Every question is put for some schools, given as their rows, and for as many combinations at each of them.
    """

    def __init__(self, cells: Cells, cuts: Cuts) -> None:
        self.cells, self.cuts = cells, cuts
        n_local = len(cells.local)
        self.leasts = np.array([least for _, least in least_sets(cells)], float)
        members = np.arange(1 << n_local)[:, None] >> np.arange(n_local) & 1
        self._held = (cuts.used @ members.T).astype(float)
        counts = np.array(cells.local_counts, bool)
        self._is_counted, self._is_uncounted = ~members[:, ~counts].any(1), ~members[:, counts].any(1)
        # Shares that all count, or of which none does, have no order.
        self._has_order = (cuts.counted_local > 0) & (cuts.counted_local < self._held[:, -1])
        both = np.hstack([cells.pooled_mask, cells.local_mask])
        _, alike, self._table_of = np.unique(both, axis=0, return_index=True, return_inverse=True)
        self._table_of = self._table_of.ravel()
        self._tables = [self._table(int(s)) for s in alike]

    def needs(self, schools: Ints, cost: Ints | Floats) -> Floats:
        """Return what each fund set must pay after the schools' own shares have paid what they can.

        Parameters
        ----------
        schools : ndarray, shape (n_schools,)
        cost : ndarray, shape (n_schools, n, n_items), cents

        Returns
        -------
        ndarray, shape (n_schools, n, n_sets), cents
        """
        needs = np.empty((*cost.shape[:2], len(self.cuts.sets)))
        for at, (_, inside, _) in self._alike(schools):
            held = self._held[schools[at], None, :, None]
            own = _times(cost[at], inside).reshape(*cost[at].shape[:2], *held.shape[2:3], len(self.cuts.sets))
            needs[at] = (own - held).max(2).clip(0.0)
        return needs

    def paid(self, schools: Ints, cost: Ints) -> tuple[Floats, Ints, Ints]:
        """Return what each fund set must pay, and pooled and counted cents.

        Own shares are used as far as cells can take them: those of counted funds first, unless the school would then
        pass its ceiling.

        Parameters
        ----------
        schools : ndarray, shape (n_schools,)
        cost : ndarray, shape (n_schools, n, n_items), cents

        Returns
        -------
        tuple of ndarray, of shapes (n_schools, n, n_sets), (n_schools, n) and (n_schools, n)
        """
        needs = self.needs(schools, cost)
        # The last set holds all pooled funds: what it must pay is what they pay together.
        pooled = needs[:, :, -1].astype(np.int64)
        own = self.cuts.counted_local[schools, None]
        counted = np.where(own > 0, cost.sum(2), pooled)
        if self._has_order[schools].any():
            first, high, low = self._by_order(schools, cost, pooled)
            ordered = np.where(first, high, low).astype(np.int64)
            counted = np.where(self._has_order[schools, None], ordered, counted)
        return needs, pooled, counted

    def _by_order(self, schools: Ints, cost: Ints, pooled: Ints) -> tuple[NDArray[np.bool_], Floats, Floats]:
        """Return whether shares of counted funds are used first, and counted cents with them first and last."""
        unused, own = self._unused(schools, cost), self.cuts.counted_local[schools, None]
        high = pooled + own - unused[:, :, self._is_counted].max(2)
        low = cost.sum(2) - self._held[schools, -1:] + own + unused[:, :, self._is_uncounted].max(2)
        return high <= self.cells.ceiling[schools, None], high, low

    def spendable(self, schools: Ints, cost: Ints | Floats) -> Floats:
        """Return the most that each set of funds with a least can pay beside the schools' own shares.

        Parameters
        ----------
        schools : ndarray, shape (n_schools,)
        cost : ndarray, shape (n_schools, n, n_items), cents

        Returns
        -------
        ndarray, shape (n_schools, n, n_sets of `leasts`), cents
        """
        most = np.empty((*cost.shape[:2], len(self.leasts)))
        if not len(self.leasts):
            return most
        for at, (_, _, either) in self._alike(schools):
            held = self._held[schools[at], None, :, None]
            open_ = _times(cost[at], either).reshape(*cost[at].shape[:2], held.shape[2], len(self.leasts))
            most[at] = (open_ - held).min(2)
        # What own shares leave unused anyway they do not take from anybody.
        result: Floats = most + self._unused(schools, cost).max(2)[:, :, None]
        return result

    def unused(self, schools: Ints, cost: Ints) -> Ints:
        """Return the cents of the schools' own shares that no cell can take, shape (n_schools, n)."""
        result: Ints = self._unused(schools, cost).max(2).astype(np.int64)
        return result

    def counted_first(self, amounts: Ints) -> list[bool]:
        """Return for each school whether its shares of counted funds are used first, for finished amounts."""
        schools, cost = np.arange(len(amounts)), (amounts * self.cells.price // 100)[:, None]
        pooled = self.needs(schools, cost)[:, :, -1].astype(np.int64)
        first: list[bool] = (~self._has_order | self._by_order(schools, cost, pooled)[0][:, 0]).tolist()
        return first

    def _unused(self, schools: Ints, cost: Ints | Floats) -> Floats:
        """Return what every set of a school's own shares has left, below zero where cells could take more."""
        unused = np.empty((*cost.shape[:2], self._held.shape[1]))
        for at, (touching, *_) in self._alike(schools):
            unused[at] = self._held[schools[at], None] - _times(cost[at], touching)
        return unused

    def _alike(self, schools: Ints) -> Iterator[tuple[NDArray[np.intp] | slice, tuple[Floats, Floats, Floats]]]:
        """Yield the places of schools with the same eligibility, and its table."""
        tables = self._table_of[schools]
        if len(schools) and (tables == tables[0]).all():
            yield np.s_[:], self._tables[tables[0]]
            return
        for table in np.unique(tables).tolist():
            yield np.flatnonzero(tables == table), self._tables[table]

    def _table(self, s: int) -> tuple[Floats, Floats, Floats]:
        """Return which items each set of local funds may pay for, and which only a pair of fund sets may.

        The last is which items either a set of local funds or a set with a least may pay for.
        """
        pooled, local = self.cells.pooled_mask[s], self.cells.local_mask[s]
        subsets = np.arange(1 << len(self.cells.local))[:, None]
        touching = (local & subsets) > 0
        only_local = (local & ~subsets) == 0
        only_pooled = (pooled & ~np.array(self.cuts.sets)[:, None]) == 0
        inside = only_local[:, None, :] & only_pooled[None, :, :]
        asked = np.array([members for members, _ in least_sets(self.cells)], np.int64)
        either = touching[:, None, :] | ((pooled & asked[:, None]) > 0)[None, :, :]
        pairs = (each.reshape(each.shape[0] * each.shape[1], len(pooled)).T.astype(float) for each in (inside, either))
        return touching.T.astype(float), *pairs


def _times(cost: Ints | Floats, table: Floats) -> Floats:
    """Return cost times a table for every school and combination."""
    flat = cost.reshape(cost.shape[0] * cost.shape[1], cost.shape[2]).astype(float)
    product = np.empty((len(flat), table.shape[1]))
    rows = max(1, ALONE // max(1, table.size))
    for first in range(0, len(flat), rows):
        np.matmul(flat[first : first + rows], table, out=product[first : first + rows])
    return product.reshape(*cost.shape[:2], table.shape[1])
