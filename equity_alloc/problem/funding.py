"""What each fund set must pay for given amounts at schools: the needs behind the cuts, for amounts that are decided."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.leasts import least_sets
from equity_alloc.problem.own_sets import OwnSets


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
        self.leasts = np.array([least for _, least in least_sets(cells)], float)
        self._held = cuts.used.astype(float)
        self._counts = np.array(cells.local_counts, bool)
        # Shares that all count, or of which none does, have no order.
        self._has_order = (cuts.counted_local > 0) & (cuts.counted_local < cuts.used.sum(1))
        both = np.hstack([cells.pooled_mask, cells.local_mask])
        _, alike, self._table_of = np.unique(both, axis=0, return_index=True, return_inverse=True)
        self._table_of = self._table_of.ravel()
        self._tables = [_Table(cells, cuts, int(s)) for s in alike]

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
        for at, table in self._alike(schools):
            needs[at] = _each(table.pooled, cost[at], self._held[schools[at]])
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
        own, held = self.cuts.counted_local[schools, None], self._held[schools]
        counted, others = np.empty(cost.shape[:2]), np.empty(cost.shape[:2])
        for at, table in self._alike(schools):
            counted[at] = _unused(table.counted, cost[at], np.where(self._counts, held[at], 0.0))
            others[at] = _unused(table.uncounted, cost[at], np.where(self._counts, 0.0, held[at]))
        high = pooled + own - counted
        low = cost.sum(2) - held.sum(1)[:, None] + own + others
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
        for at, table in self._alike(schools):
            held = self._held[schools[at]]
            # What neither they nor a set of own shares may pay for, others must; what own shares leave unused they take from nobody.
            left = _each(table.others, cost[at], held)
            most[at] = (cost[at].sum(2) - held.sum(1)[:, None])[:, :, None] - left
        result: Floats = most + self._unused(schools, cost)[:, :, None]
        return result

    def unused(self, schools: Ints, cost: Ints) -> Ints:
        """Return the cents of the schools' own shares that no cell can take, shape (n_schools, n)."""
        result: Ints = self._unused(schools, cost).astype(np.int64)
        return result

    def counted_first(self, amounts: Ints) -> list[bool]:
        """Return for each school whether its shares of counted funds are used first, for finished amounts."""
        schools, cost = np.arange(len(amounts)), (amounts * self.cells.price // 100)[:, None]
        pooled = self.needs(schools, cost)[:, :, -1].astype(np.int64)
        first: list[bool] = (~self._has_order | self._by_order(schools, cost, pooled)[0][:, 0]).tolist()
        return first

    def _unused(self, schools: Ints, cost: Ints | Floats) -> Floats:
        """Return what a school's own shares hold that no cell can take."""
        unused = np.empty(cost.shape[:2])
        for at, table in self._alike(schools):
            unused[at] = _unused(table.all, cost[at], self._held[schools[at]])
        return unused

    def _alike(self, schools: Ints) -> Iterator[tuple[NDArray[np.intp] | slice, _Table]]:
        """Yield the places of schools with the same eligibility, and its table."""
        tables = self._table_of[schools]
        if len(schools) and (tables == tables[0]).all():
            yield np.s_[:], self._tables[tables[0]]
            return
        for table in np.unique(tables).tolist():
            yield np.flatnonzero(tables == table), self._tables[table]


class _Table:
    """The sets of own shares of schools with the same eligibility, for each question.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    s : int
        One of the schools.
    """

    def __init__(self, cells: Cells, cuts: Cuts, s: int) -> None:
        pooled, local, n = cells.pooled_mask[s], cells.local_mask[s].tolist(), len(cells.local)
        counts = sum(1 << f for f, is_counted in enumerate(cells.local_counts) if is_counted)
        asked = np.array([members for members, _ in least_sets(cells)], np.int64)
        every = np.ones((1, len(local)), bool)
        self.pooled = OwnSets(local, n, (pooled & ~np.array(cuts.sets)[:, None]) == 0, np.float64)
        self.others = OwnSets(local, n, (pooled & asked[:, None]) == 0, np.float64)
        self.all = OwnSets(local, n, every, np.float64)
        self.counted = OwnSets([mask & counts for mask in local], n, every, np.float64)
        self.uncounted = OwnSets([mask & ~counts for mask in local], n, every, np.float64)


def _each(sets: OwnSets[np.float64], cost: Ints | Floats, held: Floats) -> Floats:
    """Return what some sets of own shares leave, for every school and combination."""
    asked = sets.asked(_flat(cost), np.repeat(held, cost.shape[1], 0))
    return asked.reshape(*cost.shape[:2], asked.shape[1])


def _unused(sets: OwnSets[np.float64], cost: Ints | Floats, held: Floats) -> Floats:
    """Return what shares hold that no cell can take, for every school and combination."""
    return sets.unused(_flat(cost), np.repeat(held, cost.shape[1], 0)).reshape(cost.shape[:2])


def _flat(cost: Ints | Floats) -> Floats:
    return cost.reshape(cost.shape[0] * cost.shape[1], cost.shape[2]).astype(float)
