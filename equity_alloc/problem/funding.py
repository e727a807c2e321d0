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

    def unused(self, s: int, cost: Ints) -> Ints:
        """Return the cents of the school's own shares that no cell can take, shape (n,)."""
        touching, _ = self._table(s)
        result: Ints = (self._held[s] - cost @ touching).max(1).astype(np.int64)
        return result

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
