"""What every school takes when it makes its cheapest moves alone, and under a price on a fund set that uses the set up.

Each school is a fractional knapsack: ways to more dollars, cheapest first, until it has what it must have and nothing more
pays. Where all pooled money ends before that, the schools stop at the same price.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from equity_alloc.problem.arrays import Floats, Ints

Marks = NDArray[np.bool_]

#: Model units below which two sums of money are the same: a hundredth of a cent.
SAME = 1e-8

#: In the place of a way: the school's own dollars are what may still change; no way.
FREE, NONE = -1, -2


@dataclass(frozen=True, eq=False)
class Taken:
    """What schools take.

    Parameters
    ----------
    dollars : ndarray, shape (n_schools, n_ways), model units of money
    between : ndarray, shape (n_schools, 3)
        Ways that may stand between their bounds, or FREE, or NONE: the one taken last, and what else a school that all
        pooled money ends at, or at which the fund set ends, has in part.
    is_all_used : bool
        All pooled money is used up.
    """

    dollars: Floats
    between: Ints
    is_all_used: bool


@dataclass(frozen=True, eq=False)
class _Table:
    """Schools in which the same funds may pay: their ways, cheapest first, and the dollars up to each."""

    rows: Ints
    order: Ints
    cost: Floats
    upto: Floats


@dataclass(eq=False)
class Ways:
    """Every cell's two ways as columns of one table: moves down that are not made, then moves up; money in model units.

    Parameters
    ----------
    cost : ndarray, shape (n_ways,)
        Posts moved for a dollar of the way; below zero for a move down that is not made.
    size : ndarray, shape (n_schools, n_ways)
        Dollars that fit.
    least, most : ndarray, shape (n_schools,)
        Dollars that each school must take and may take.
    mask : ndarray, shape (n_schools, n_ways)
        Who may pay, as in the cells.
    room : float
        Dollars that all schools together may take.
    """

    cost: Floats
    size: Floats
    least: Floats
    most: Floats
    mask: Ints
    room: float

    @cached_property
    def kinds(self) -> list[tuple[Ints, Ints, Floats]]:
        """Rows of the schools in which the same funds may pay for the same cells, their masks and the sizes of their ways."""
        masks, kind = np.unique(self.mask, axis=0, return_inverse=True)
        rows = [np.flatnonzero(kind.ravel() == k) for k in range(len(masks))]
        return [(at, mask, self.size[at]) for at, mask in zip(rows, masks, strict=True)]

    def take(self, members: int = 0, price: float = 0.0) -> Taken:
        """Return what every school takes when a dollar of a fund set costs so much more.

        Parameters
        ----------
        members : int
            The fund set, as a bit set.
        price : float
            Posts moved that a dollar of it costs beside its own.
        """
        tables = []
        for rows, mask, size in self.kinds:
            cost = self.cost + price * ((mask & ~members) == 0)
            order = np.argsort(cost, kind="stable")
            tables.append(_Table(rows, order, cost[order], np.pad(np.cumsum(size[:, order], axis=1), ((0, 0), (1, 0)))))
        need, is_free, ends_at = self._needs(tables)
        dollars, between = np.zeros_like(self.size), np.full((len(need), 3), NONE)
        for table in tables:
            rows, before = table.rows, table.upto[:, :-1]
            size = np.diff(table.upto, axis=1)
            dollars[np.ix_(rows, table.order)] = np.clip(need[rows, None] - before, 0.0, size)
            begun = (size > SAME) & (before < np.maximum(need[rows], SAME)[:, None] - SAME / 2)
            last = np.where(begun.any(1), table.order[::-1][begun[:, ::-1].argmax(1)], FREE)
            between[rows, 0] = np.where(is_free[rows], FREE, last)
        if ends_at is not None:
            between[ends_at, 1] = FREE
        return Taken(dollars, between, ends_at is not None)

    def _needs(self, tables: list[_Table]) -> tuple[Floats, Marks, int | None]:
        """Return the dollars that each school takes, who could take more or less, and at whom all pooled money ends."""
        ends = np.unique(np.concatenate([np.zeros(1), *(table.cost[table.cost < 0] for table in tables)]))
        totals, low, high = np.zeros(len(ends)), np.zeros(len(self.least)), np.zeros(len(self.least))
        for table in tables:
            through = table.upto.clip(self.least[table.rows, None], self.most[table.rows, None])
            totals += through.sum(0)[np.searchsorted(table.cost, ends)]
        # Everything that saves moves is taken, or only what costs less than where all money ends.
        is_short = bool(totals[-1] > self.room)
        k = int(np.searchsorted(totals, self.room, side="right")) if is_short else len(ends) - 1
        for table in tables:
            low[table.rows] = table.upto[:, np.searchsorted(table.cost, ends[max(0, k - 1)])]
            high[table.rows] = table.upto[:, np.searchsorted(table.cost, ends[k])]
        low, high = low.clip(self.least, self.most), high.clip(self.least, self.most)
        more, rest = np.cumsum(high - low), self.room - float(low.sum())
        s = int(np.searchsorted(more, rest, side="right")) if is_short and k else len(high)
        need = np.where(np.arange(len(high)) < s, high, low)
        is_free = (need > self.least + SAME) & (need < self.most - SAME)
        if s == len(high):
            return need, is_free, None
        need[s] += rest - float(more[s] - (high - low)[s])
        is_free[s] = False
        return need, is_free, s

    def drawn(self, taken: Taken, members: int) -> Floats:
        """Return the dollars taken of ways that only a fund set may pay for, shape (n_schools,)."""
        drawn: Floats = np.where((self.mask & ~members) == 0, taken.dollars, 0.0).sum(1)
        return drawn

    def prices(self, members: int) -> list[float]:
        """Return the prices of a fund set at which some school's order of ways changes, lowest first."""
        found = []
        for _, mask, _ in self.kinds:
            inside = (mask & ~members) == 0
            others = np.append(self.cost[~inside], 0.0)
            found.append((others[:, None] - self.cost[inside & np.isfinite(self.cost)]).ravel())
        prices = np.unique(np.round(np.concatenate(found), 12))
        return [float(price) for price in prices[(prices > 0) & np.isfinite(prices)]]


def used_up(ways: Ways, members: int, left: float) -> Taken | None:
    """Return what schools take where a fund set is used up exactly, None where no price does it.

    At that price schools switch to other ways one after the other, in order of their codes; the last of them in part.

    Parameters
    ----------
    ways : Ways
    members : int
        The fund set, as a bit set; without a price more than it holds is taken from it.
    left : float
        Dollars that may be taken from it.
    """
    prices = ways.prices(members)
    middles = [0.0, *((a + b) / 2 for a, b in pairwise(prices)), *(price + 1 for price in prices[-1:])]

    def drawn(k: int) -> tuple[Taken, Floats]:
        taken = ways.take(members, middles[k])
        return taken, ways.drawn(taken, members)

    low, high = 0, len(middles) - 1
    if not high or drawn(high)[1].sum() > left:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if drawn(middle)[1].sum() > left else (low, middle)
    (dear, from_dear), (cheap, from_cheap) = drawn(high), drawn(low)
    less = np.cumsum(from_cheap - from_dear)
    lacking = float(from_cheap.sum()) - left
    s = int(np.searchsorted(less, lacking))
    if s >= len(less):
        return None
    switched = (np.arange(len(less)) < s)[:, None]
    dollars = np.where(switched, dear.dollars, cheap.dollars)
    between = np.where(switched, dear.between, cheap.between)
    inside, change = (ways.mask[s] & ~members) == 0, dear.dollars[s] - cheap.dollars[s]
    rest = lacking - float(less[s] - (from_cheap - from_dear)[s])
    # What is taken last is given up first, so that one way of the set and one of the others stay in part.
    given, got = np.flatnonzero(inside & (change < 0))[::-1], np.flatnonzero(~inside & (change > 0))
    between[s, 0] = _shift(dollars[s], change, given.tolist(), rest)
    between[s, 2] = _shift(dollars[s], change, got.tolist(), rest)
    # All money may end at another school on either side of the price; one of the two is where it ends here.
    ends = next((side for side in (cheap, dear) if side.is_all_used), None)
    if ends is not None and not (between[:, 1] == FREE).any():
        at = int(np.flatnonzero(ends.between[:, 1] == FREE)[0])
        between[at, :2] = ends.between[at, :2]
    return Taken(dollars, between, ends is not None)


def _shift(dollars: Floats, change: Floats, ways: list[int], amount: float) -> int:
    """Change ways one after the other until so much is changed; return the one changed in part, FREE where all are."""
    for way in ways:
        part = min(amount, abs(float(change[way])))
        dollars[way] += np.copysign(part, change[way])
        amount -= part
        if amount <= SAME:
            return way
    return FREE
