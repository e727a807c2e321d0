"""Which sets of a school's own shares matter: the most that cells ask of all other money, over every set of own funds.

What a school's cells cost beyond its own shares is the most, over all sets of its own funds, of what the cells cost that
only these may pay, less what these hold (Hall's condition). With n funds there are 2^n sets, but few of them have to be
looked at:

- a cell that one fund alone may pay for concerns that fund and no other, so it is settled first, fund by fund;
- of the other cells only unions of their sets of funds can be the most, and funds that share no cell do not meet;
- where even these unions are many, the most is what the cells cost less a maximum flow (a project selection problem;
  Picard, 1976, Maximal closure of a graph, Management Science 22), whose work grows with a power of the funds.

All three say the same number, exact in whole cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.network import Network

#: So many unions of sets of own funds are looked at one by one; beyond, flows are.
MOST_UNIONS = 1024
#: Multiplications of one product of arrays above which some libraries start threads that wait longer than they work.
ALONE = 2**18
#: Parts of a cent that flows of amounts in fractions are worked out in.
PARTS = 1024

Number = TypeVar("Number", np.int64, np.float64)


def unions(masks: Iterable[int]) -> list[int]:
    """Return the empty set and every union of masks, smallest first."""
    found = {0}
    for mask in masks:
        found |= {mask | other for other in found}
    return sorted(found, key=_smallest_first)


def few_unions(masks: Iterable[int], most: int = MOST_UNIONS) -> list[int] | None:
    """Return the empty set and every union of masks, smallest first; None where they are more than so many."""
    found = {0}
    for mask in masks:
        found |= {mask | other for other in found}
        if len(found) > most:
            return None
    return sorted(found, key=_smallest_first)


def _smallest_first(members: int) -> tuple[int, int]:
    return members.bit_count(), members


def closure(gains: Sequence[int], masks: Sequence[int], costs: Sequence[int]) -> int:
    """Return the most that some cells gain beyond what the funds of their sets cost; zero or more.

    Parameters
    ----------
    gains : sequence of int
        Of each cell, zero or more.
    masks : sequence of int
        Funds of which a cell needs every one, as bits.
    costs : sequence of int
        Of each fund, zero or more.

    Examples
    --------
    Two cells gain 5 and 4; they need a fund that costs 3, and the second another that costs 2.

    >>> closure([5, 4], [0b01, 0b11], [3, 2])
    4
    """
    paying = [fund for fund, cost in enumerate(costs) if cost > 0]
    bits = sum(1 << fund for fund in paying)
    together: dict[int, int] = {}
    for gain, mask in zip(gains, masks, strict=True):
        if gain > 0:
            together[mask & bits] = together.get(mask & bits, 0) + gain
    free = together.pop(0, 0)
    source, sink = len(together) + len(costs), len(together) + len(costs) + 1
    network = Network(sink + 1)
    for cell, (mask, gain) in enumerate(together.items()):
        network.arc(source, cell, gain)
        for fund in paying:
            if mask >> fund & 1:
                network.arc(cell, len(together) + fund, gain)
    for fund in paying:
        network.arc(len(together) + fund, sink, costs[fund])
    return free + sum(together.values()) - network.push(source, sink)


def by_payers(payers: Ints, cents: Ints) -> tuple[list[int], Ints]:
    """Return the distinct sets of payers of cells, and what the cells of each come to, shape (n_schools, n_distinct)."""
    distinct = np.unique(payers)
    sums = np.array([np.where(payers == each, cents, 0).sum(1) for each in distinct], np.int64)
    return distinct.tolist(), sums.reshape(len(distinct), len(payers)).T


@dataclass(frozen=True, slots=True)
class _Block:
    """Columns of cells whose funds meet; with what each union of their sets holds and has inside, unless they are too many."""

    columns: Ints
    masks: tuple[int, ...]
    members: Ints | Floats | None
    inside: Ints | Floats | None


class OwnSets(Generic[Number]):
    """The most that cells ask beyond own shares, for many rows of amounts at once.

    Parameters
    ----------
    masks : sequence of int
        Own funds that may pay for each column, as bits.
    n_funds : int
    views : ndarray of bool, shape (n_views, n_columns)
        Which columns count; every view is answered for.
    kind : type
        Of the numbers that are given and returned: whole, or floats that hold whole numbers up to 2^53 exactly.
    """

    def __init__(self, masks: Sequence[int], n_funds: int, views: NDArray[np.bool_], kind: type[Number]) -> None:
        self._n_funds, self._views = n_funds, views
        self._kind: type[Number] = kind
        self._free: NDArray[Number] = (views & np.array([not mask for mask in masks], bool)).T.astype(kind)
        single = np.array([[mask == 1 << fund for fund in range(n_funds)] for mask in masks], bool)
        single = single.reshape(len(masks), 1, n_funds) & views.T[:, :, None]
        self._single: NDArray[Number] = single.reshape(len(masks), len(views) * n_funds).astype(kind)
        self._has_single = bool(single.any())
        self._blocks = [self._block(columns, masks) for columns in _meeting(masks)]
        sizes = [each.inside.size for each in self._blocks if each.inside is not None]
        self._rows = max(1, ALONE // max(1, self._free.size, self._single.size, *sizes))

    def asked(self, amounts: NDArray[Number], held: NDArray[Number]) -> NDArray[Number]:
        """Return the most, over sets of own funds, of the amounts that only these may pay less what these hold.

        Parameters
        ----------
        amounts : ndarray, shape (n_rows, n_columns), cents
        held : ndarray, shape (n_rows, n_funds), cents

        Returns
        -------
        ndarray, shape (n_rows, n_views), cents
        """
        found = np.empty((len(amounts), len(self._views)), self._kind)
        for first in range(0, len(amounts), self._rows):
            rows = slice(first, first + self._rows)
            found[rows] = self._asked(amounts[rows], held[rows])
        return found

    def unused(self, amounts: NDArray[Number], held: NDArray[Number]) -> NDArray[Number]:
        """Return what shares hold that no cell can take, shape (n_rows,); of sets whose only view has every column."""
        left: NDArray[Number] = self.asked(amounts, held)[:, 0] + held.sum(1) - amounts.sum(1)
        return left

    def _asked(self, amounts: NDArray[Number], held: NDArray[Number]) -> NDArray[Number]:
        found: NDArray[Number] = amounts @ self._free
        spare = np.broadcast_to(held[:, None, :], (len(amounts), len(self._views), self._n_funds))
        if self._has_single:
            over = (amounts @ self._single).reshape(spare.shape) - spare
            found += over.clip(0).sum(2)
            spare = (-over).clip(0)
        for block in self._blocks:
            found += self._of_block(block, amounts[:, block.columns], spare)
        return found

    def _block(self, columns: list[int], masks: Sequence[int]) -> _Block:
        own = tuple(masks[column] for column in columns)
        sets = few_unions(own)
        if sets is None:
            return _Block(np.array(columns), own, None, None)
        members = np.array([[each >> fund & 1 for each in sets] for fund in range(self._n_funds)], self._kind)
        inside = np.array([[not mask & ~each for each in sets] for mask in own], bool)
        views = self._views[:, columns].T[:, :, None] & inside[:, None, :]
        return _Block(np.array(columns), own, members, views.reshape(len(own), -1).astype(self._kind))

    def _of_block(self, block: _Block, amounts: NDArray[Number], spare: NDArray[Number]) -> NDArray[Number]:
        if block.inside is not None and block.members is not None:
            gained = (amounts @ block.inside).reshape(*spare.shape[:2], block.members.shape[1])
            most: NDArray[Number] = (gained - spare @ block.members).max(2)
            return most
        found: NDArray[Number] = np.zeros(spare.shape[:2], self._kind)
        scale = PARTS if np.dtype(self._kind).kind == "f" else 1
        counted = np.rint(np.where(self._views[:, block.columns], amounts[:, None, :], 0) * scale).astype(np.int64)
        costs = np.rint(spare * scale).astype(np.int64)
        known: dict[bytes, int] = {}
        for row, view in np.argwhere(counted.any(2)).tolist():
            # Many fund sets ask the same of these cells.
            key = counted[row, view].tobytes() + costs[row, view].tobytes()
            if key not in known:
                known[key] = closure(counted[row, view].tolist(), block.masks, costs[row, view].tolist())
            found[row, view] = known[key] / scale if scale > 1 else known[key]
        return found


def _meeting(masks: Sequence[int]) -> list[list[int]]:
    """Return the columns that several funds may pay for, together where their funds meet."""
    blocks: list[tuple[int, list[int]]] = []
    for column, mask in enumerate(masks):
        if mask.bit_count() < 2:
            continue
        together, columns = mask, [column]
        for block in [each for each in blocks if each[0] & mask]:
            blocks.remove(block)
            together, columns = together | block[0], columns + block[1]
        blocks.append((together, sorted(columns)))
    return [columns for _, columns in blocks]
