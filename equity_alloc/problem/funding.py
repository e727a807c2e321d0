"""What each fund set must pay for given amounts at one school: the needs behind the cuts, for amounts that are decided."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from equity_alloc.problem.cells import Cells, Ints
from equity_alloc.problem.cuts import Cuts

Floats = NDArray[np.float64]


class Funding:
    """Answers for many combinations of amounts at once; schools with the same eligibility share one table.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    """

    def __init__(self, cells: Cells, cuts: Cuts) -> None:
        self.cells, self.cuts = cells, cuts
        self._tables: dict[bytes, tuple[Floats, Floats]] = {}
        n_local = len(cells.local)
        members = np.arange(1 << n_local)[:, None] >> np.arange(n_local) & 1
        self._held = (cuts.used @ members.T).astype(float)
        counts = np.array(cells.local_counts, bool)
        self._is_counted, self._is_uncounted = ~members[:, ~counts].any(1), ~members[:, counts].any(1)

    def needs(self, s: int, cost: Floats) -> Floats:
        """Return what each fund set must pay after the school's own shares have paid what they can.

        Parameters
        ----------
        s : int
            Row of the school.
        cost : ndarray, shape (n, n_items), cents

        Returns
        -------
        ndarray, shape (n, n_sets), cents
        """
        _, inside = self._table(s)
        held = self._held[s]
        needs = (cost @ inside).reshape(len(cost), len(held), len(self.cuts.sets)) - held[:, None]
        result: Floats = needs.max(1).clip(0.0)
        return result

    def money(self, s: int, cost: Ints) -> tuple[Ints, Ints, NDArray[np.bool_]]:
        """Return pooled cents, counted cents, and whether shares of counted funds are used first; each of shape (n,).

        Own shares are used as far as cells can take them: those of counted funds first, unless the school would then
        pass its ceiling.
        """
        total, used = cost.sum(1), self._held[s, -1]
        first = np.ones(len(cost), bool)
        if not used:
            return total, total, first
        touching, _ = self._table(s)
        unused = self._held[s] - cost @ touching
        pooled = (total - used + unused.max(1)).astype(np.int64)
        own_counted = int(self.cuts.counted_local[s])
        if own_counted in (0, int(used)):
            return pooled, total if own_counted else pooled, first
        high = pooled + own_counted - unused[:, self._is_counted].max(1)
        first = high <= self.cells.ceiling[s]
        low = total - used + own_counted + unused[:, self._is_uncounted].max(1)
        return pooled, np.where(first, high, low).astype(np.int64), first

    def unused(self, s: int, cost: Ints) -> Ints:
        """Return the cents of the school's own shares that no cell can take, shape (n,)."""
        touching, _ = self._table(s)
        result: Ints = (self._held[s] - cost @ touching).max(1).astype(np.int64)
        return result

    def counted_first(self, amounts: Ints) -> list[bool]:
        """Return for each school whether its shares of counted funds are used first, for finished amounts."""
        cost, own = amounts * self.cells.price // 100, self.cuts.counted_local
        both = (own > 0) & (own < self._held[:, -1])
        return [not is_open or bool(self.money(s, cost[s : s + 1])[2][0]) for s, is_open in enumerate(both.tolist())]

    def _table(self, s: int) -> tuple[Floats, Floats]:
        """Return which items each set of local funds may pay for, and which only a pair of fund sets may."""
        pooled, local = self.cells.pooled_mask[s], self.cells.local_mask[s]
        key = pooled.tobytes() + local.tobytes()
        if key not in self._tables:
            subsets = np.arange(1 << len(self.cells.local))[:, None]
            touching = (local & subsets) > 0
            only_local = (local & ~subsets) == 0
            only_pooled = (pooled & ~np.array(self.cuts.sets)[:, None]) == 0
            inside = only_local[:, None, :] & only_pooled[None, :, :]
            flat = inside.reshape(inside.shape[0] * inside.shape[1], len(pooled))
            self._tables[key] = (touching.T.astype(float), flat.T.astype(float))
        return self._tables[key]
