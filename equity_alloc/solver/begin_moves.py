"""Where the search for the fewest moves begins: each school alone, under a price on the fund set that is shortest.

Without fund sets every school would make its cheapest moves until it has its dollars. Where that overdraws a set, a price
on its money makes the moves that it pays for dearer, and at one price the schools that switch to other moves leave the
set used up exactly. That is a vertex of the linear program, and its optimum where no other set is short: simplex begins
there and has only to confirm it (Lagrangian relaxation of one row).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from equity_alloc.problem.arrays import Floats
from equity_alloc.solver.rows import MONEY
from equity_alloc.solver.ways import FREE, Ways, used_up

if TYPE_CHECKING:
    from equity_alloc.solver.projected import Projected


def begin_moves(model: Projected, weight: Floats) -> None:
    """Let the live instance begin the search for the fewest moves near its end; the fund set that is short is added.

    Nothing is done where more than bounds and fund sets holds: simplex then begins as it would.

    Parameters
    ----------
    model : Projected
        With moves counted.
    weight : ndarray, shape (n_moving,)
        Posts that one unit of each moving cell counts for.
    """
    if model.local or not model.has_only_sets or len(model.cut_rows) != 1:
        return
    (widest,) = model.cut_rows
    ways, paid = _ways(model, weight, model.cuts.budget[widest] / MONEY)
    n_items = paid.shape[1]
    taken = ways.take()
    short = model.shortest_set(paid + taken.dollars[:, :n_items] + taken.dollars[:, n_items:])
    if short is not None:
        members = model.cuts.sets[short]
        inside = (model.cells.pooled_mask & ~members) == 0
        found = used_up(ways, members, model.cuts.budget[short] / MONEY - float(paid[inside].sum()))
        if found is None:
            return
        taken = found
        model.add_cut(short)
    full = {short, widest if taken.is_all_used else None}
    is_between = np.zeros(ways.size.shape, bool)
    for column in taken.between.T:
        at = np.flatnonzero(column >= 0)
        is_between[at, column[at]] = True
    is_full = taken.dollars >= ways.size / 2
    cells = (model.moving[:, 0], model.moving[:, 1])
    not_down, up = np.s_[:, :n_items], np.s_[:, n_items:]
    is_high = taken.dollars.sum(1) > (ways.least + ways.most) / 2
    model.solver.begin_at(
        np.concatenate([model.up, model.down, model.pooled]),
        np.concatenate([is_between[up][cells], is_between[not_down][cells], (taken.between == FREE).any(1)]),
        np.concatenate([is_full[up][cells], ~is_full[not_down][cells], is_high]),
        full_rows=[row for index, row in model.cut_rows.items() if index in full],
        free_rows=[row for index, row in model.cut_rows.items() if index not in full],
    )


def _ways(model: Projected, weight: Floats, budget: float) -> tuple[Ways, Floats]:
    """Return the ways, and the dollars of each cell with none of them taken."""
    at = (model.moving[:, 0], model.moving[:, 1])
    price = model.price[at[1]]
    priced = price > 0
    cost = np.full(model.base.shape[1], np.inf)
    cost[at[1][priced]] = weight[priced] / price[priced]
    dollars = model.price / model.unit
    down, up = (model.base - model.cells.least) * dollars, (model.cells.most - model.base) * dollars
    paid = model.base * dollars - down
    low, high = model.solver.bounds(model.pooled)
    lowest = paid.sum(1)
    mask = np.hstack([model.cells.pooled_mask] * 2)
    ways = Ways(
        np.concatenate([-cost, cost]),
        np.hstack([down, up]),
        low - lowest,
        high - lowest,
        mask,
        budget - float(lowest.sum()),
    )
    return ways, paid
