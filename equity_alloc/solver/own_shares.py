"""Columns and rows of funds with a rule of their own: their shares are local to a school, so who pays stays in the model."""

from __future__ import annotations

import numpy as np
import pulp

from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import NO_LIMIT, Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.leasts import least_sets, meets_own_shares
from equity_alloc.solver.rows import MONEY, Terms, add_column, add_row


def add_shares(
    problem: pulp.LpProblem, cells: Cells, cuts: Cuts, balance: list[Terms]
) -> list[tuple[int, int, int, pulp.LpVariable]]:
    """Add a column for each use of a local share that a school has."""
    local: list[tuple[int, int, int, pulp.LpVariable]] = []
    for f in range(len(cells.local)):
        open_cells = np.argwhere((cells.local_mask >> f & 1 > 0) & (cells.most > 0) & (cuts.used[:, f : f + 1] > 0))
        for s, i in open_cells.tolist():
            variable = add_column(problem, 0, float(cuts.used[s, f]) / MONEY)
            local.append((s, i, f, variable))
            balance[s].append((variable, -1.0))
    return local


def add_share_rows(
    problem: pulp.LpProblem,
    cells: Cells,
    cuts: Cuts,
    local: list[tuple[int, int, int, pulp.LpVariable]],
    paid: Floats,
    price: Floats,
    change: dict[tuple[int, int], pulp.LpVariable],
    *,
    exact: bool,
) -> None:
    """Use each share as far as it can be used (or less, where not exact), and pay no cell more than it costs."""
    in_cell: dict[tuple[int, int], Terms] = {}
    in_share: dict[tuple[int, int], Terms] = {}
    for s, i, f, variable in local:
        in_cell.setdefault((s, i), []).append((variable, -1.0))
        in_share.setdefault((s, f), []).append((variable, 1.0))
    most = _most_paid(cells, cuts)
    for (s, i), terms in in_cell.items():
        if cells.pooled_mask[s, i] and most[s, i] <= cells.least_cents[s, i]:
            # The cell costs at least all the shares that may pay for it: no row is needed to say so.
            continue
        if (s, i) in change:
            terms.append((change[s, i], price[i]))
        # Where no pooled fund may pay, the shares must pay all of it.
        sense = pulp.LpConstraintGE if cells.pooled_mask[s, i] else pulp.LpConstraintEQ
        add_row(problem, terms, sense, -float(paid[s, i]))
    for (s, f), terms in in_share.items():
        add_row(problem, terms, pulp.LpConstraintEQ if exact else pulp.LpConstraintLE, float(cuts.used[s, f]) / MONEY)


def add_least_rows(
    problem: pulp.LpProblem,
    cells: Cells,
    local: list[tuple[int, int, int, pulp.LpVariable]],
    paid: Floats,
    price: Floats,
    change: dict[tuple[int, int], pulp.LpVariable],
) -> None:
    """Leave pooled funds with a least enough of the cells that funds with a rule of their own may pay for as well."""
    for members, least in least_sets(cells):
        if not meets_own_shares(cells, members).any():
            # Without own shares the limit on what the cells cost says it all.
            continue
        open_ = (cells.pooled_mask & members) > 0
        terms: Terms = [(change[s, i], price[i]) for s, i in np.argwhere(open_).tolist() if (s, i) in change]
        terms += [(variable, -1.0) for s, i, _, variable in local if open_[s, i]]
        add_row(problem, terms, pulp.LpConstraintGE, least / MONEY - float(paid[open_].sum()))


def _most_paid(cells: Cells, cuts: Cuts) -> Ints:
    """Return the cents of all shares that may pay for each cell, shape (n_schools, n_items)."""
    most = np.zeros_like(cells.least)
    for f in range(len(cells.local)):
        most += np.where(cells.local_mask >> f & 1, cuts.used[:, f : f + 1], 0)
    return most


def counted_money(
    cuts: Cuts,
    cells: Cells,
    local: list[tuple[int, int, int, pulp.LpVariable]],
    pooled: list[pulp.LpVariable],
    *,
    is_open: bool,
) -> list[tuple[Terms, float]]:
    """Return each school's counted money as terms, in model units, and a constant in cents."""
    if not is_open:
        return [([(own, 1.0)], float(shares)) for own, shares in zip(pooled, cuts.counted_local.tolist(), strict=True)]
    money: list[Terms] = [[(own, 1.0)] for own in pooled]
    for s, _, f, variable in local:
        if cells.local_counts[f]:
            money[s].append((variable, 1.0))
    return [(terms, 0.0) for terms in money]


def hold_counted(problem: pulp.LpProblem, cells: Cells, counted: list[tuple[Terms, float]]) -> None:
    """Hold counted money between floor and ceiling, where shares are open and bounds of pooled money cannot."""
    for (terms, _), floor, ceiling in zip(counted, cells.floor.tolist(), cells.ceiling.tolist(), strict=True):
        add_row(problem, terms, pulp.LpConstraintGE, floor / MONEY)
        if ceiling < NO_LIMIT:
            add_row(problem, terms, pulp.LpConstraintLE, ceiling / MONEY)
