"""Flows in whole cents: who pays what, restricted money first."""

from __future__ import annotations

import numpy as np

from equity_alloc.domain.allocation import Allocation
from equity_alloc.problem.arrays import Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.network import Network
from equity_alloc.problem.own_sets import OwnSets, by_payers


def usable_shares(cells: Cells) -> Ints:
    """Return what each school can use of its shares, given the most that its cells can take.

    Returns
    -------
    ndarray, shape (n_schools, n_local), cents
        At most the shares; less only where too few posts and lines may be paid from them.
    """
    return beside_floors(cells, takeable_shares(cells))


def takeable_shares(cells: Cells) -> Ints:
    """Return what each school's cells can take of its shares, whatever its own floor and ceiling are."""
    used = cells.shares.copy()
    if not cells.local:
        return used
    masks, most = by_payers(cells.local_mask, cells.most_cents)
    sets = OwnSets(masks, len(cells.local), np.ones((1, len(masks)), bool), np.int64)
    for s in np.flatnonzero(sets.unused(most, cells.shares) > 0).tolist():
        used[s] = _school_shares(cells, s)
    return used


def beside_floors(cells: Cells, takeable: Ints) -> Ints:
    """Use no more of a share than leaves room for the school's counted floor, or than its counted ceiling allows."""
    used = takeable.copy()
    counts = np.array(cells.local_counts, bool)
    room = np.maximum(cells.most_cents.sum(1) - cells.floor, 0)
    for kind, most in ((~counts, room), (counts, cells.ceiling)):
        over = used[:, kind].sum(1) - most
        for s in np.flatnonzero(over > 0).tolist():
            for f in np.flatnonzero(kind)[::-1].tolist():
                cut = min(int(over[s]), int(used[s, f]))
                used[s, f] -= cut
                over[s] -= cut
    return used


def _school_shares(cells: Cells, s: int) -> list[int]:
    n_local, n_items = len(cells.local), len(cells.items)
    source, sink = n_local + n_items, n_local + n_items + 1
    network = Network(n_local + n_items + 2)
    for i in range(n_items):
        network.arc(n_local + i, sink, int(cells.most_cents[s, i]))
        for f in range(n_local):
            if cells.local_mask[s, i] >> f & 1:
                network.arc(f, n_local + i, int(cells.most_cents[s, i]))
    arcs = []
    for f in range(n_local):
        arcs.append(network.arc(source, f, int(cells.shares[s, f])))
        network.push(source, sink)
    return [network.flow_on(arc) for arc in arcs]


def split_funds(
    cells: Cells, amounts: Ints, shares: Ints, counted_first: list[bool]
) -> tuple[dict[tuple[int, int, str], int], int]:
    """Return who pays for given amounts, in whole cents, restricted money first.

    Shares of funds with a rule of their own are used first, then pooled funds from the one that may pay for the fewest
    cells to the one that may pay for the most.

    Parameters
    ----------
    cells : Cells
    amounts : ndarray, shape (n_schools, n_items), hundredths of FTE or cents
        On their steps.
    shares : ndarray, shape (n_schools, n_local), cents
        The most that each school uses of its own shares.
    counted_first : list of bool
        Whether each school uses its shares of counted funds before the others.

    Returns
    -------
    dict of (school row, item column, fund) to Cents
    int
        Cents that no fund can pay; zero when the split is complete.
    """
    cost = amounts * cells.price // 100
    at = [(int(s), int(i)) for s, i in np.argwhere(cost > 0)]
    n_schools, n_pooled, n_local = len(cells.schools), len(cells.pooled), len(cells.local)
    first_pool, first_cell = n_schools * n_local, n_schools * n_local + n_pooled
    source, sink = first_cell + len(at), first_cell + len(at) + 1
    network = Network(sink + 1)
    pays: list[tuple[int, int, str, int]] = []
    # Plain integers: the loops below would spend most of their time on array scalars.
    local_mask, pooled_mask, own = cells.local_mask.tolist(), cells.pooled_mask.tolist(), shares.tolist()
    costs = cost.tolist()
    for c, (s, i) in enumerate(at):
        network.arc(first_cell + c, sink, costs[s][i])
        for f in range(n_local):
            if local_mask[s][i] >> f & 1 and own[s][f]:
                arc = network.arc(s * n_local + f, first_cell + c, costs[s][i])
                pays.append((s, i, cells.local[f], arc))
        for f in range(n_pooled):
            if pooled_mask[s][i] >> f & 1:
                arc = network.arc(first_pool + f, first_cell + c, costs[s][i])
                pays.append((s, i, cells.pooled[f], arc))
    paid = 0
    for is_first in (True, False):
        for s in range(n_schools):
            for f in range(n_local):
                if own[s][f] and (cells.local_counts[f] == counted_first[s]) == is_first:
                    network.arc(source, s * n_local + f, own[s][f])
        paid += network.push(source, sink)
    for fund, least in cells.leasts:
        if fund in cells.pooled:
            network.arc(source, first_pool + cells.pooled.index(fund), min(least, _held(cells, fund)))
            paid += network.push(source, sink)
    reach = [(int((cells.pooled_mask >> f & 1).sum()), cells.pooled[f], f) for f in range(n_pooled)]
    for _, _, f in sorted(reach):
        before = min(dict(cells.leasts).get(cells.pooled[f], 0), _held(cells, cells.pooled[f]))
        network.arc(source, first_pool + f, _held(cells, cells.pooled[f]) - before)
        paid += network.push(source, sink)
    split = {(s, i, fund): network.flow_on(arc) for s, i, fund, arc in pays if network.flow_on(arc)}
    return split, int(cost.sum()) - paid


def _held(cells: Cells, fund: str) -> int:
    """Return what a pooled fund holds; nothing where it is overdrawn."""
    return max(0, cells.budget[cells.pooled.index(fund)])


def allocation_of(cells: Cells, amounts: Ints, split: dict[tuple[int, int, str], int]) -> Allocation:
    """Return the finished allocation: posts as they are, and who pays what for each."""
    n = cells.n_positions
    fte = {(code, cells.items[i]): int(amounts[s, i]) for s, code in enumerate(cells.schools) for i in range(n)}
    pay: dict[tuple[str, str, str], int] = {}
    dollars: dict[tuple[str, str, str], int] = {}
    for (s, i, fund), cents in split.items():
        (pay if i < n else dollars)[cells.schools[s], cells.items[i], fund] = cents
    return Allocation.of(fte, pay, dollars)
