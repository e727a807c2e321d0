"""The program of people who count no moves: shortfall from targets, the lowest level and a little for cost, all at once.

Levels near one: money in units of $10,000, and a target that money does not reach everywhere. Projected in PuLP, and plain
as bare arrays for HiGHS; each written with as few columns and rows as it needs.
"""

from __future__ import annotations

import highspy
import numpy as np

from benchmarks.moves import Case, Parts, Written, as_highs
from equity_alloc.solver.projected import Projected, build_projected
from equity_alloc.solver.rows import MONEY
from equity_alloc.solver.status import Solved

#: What a unit of money costs, against a unit of shortfall.
LITTLE = 0.001


def ours(case: Case) -> Projected:
    """Build the projected model in PuLP and hand it over, with its objective."""
    model = build_projected(case.cells, case.cuts)
    wish, solver, n = _Wish(case), model.solver, len(case.weights)
    level = solver.add_column(0.0, highspy.kHighsInf)
    short = solver.add_columns(n)
    pooled, ones, none = model.pooled.astype(np.int32), np.ones(n), np.full(n, highspy.kHighsInf)
    solver.add_rows(wish.target, none, np.column_stack([pooled, short]), np.column_stack([ones, ones]))
    entries = np.column_stack([pooled, np.full(n, level, np.int32)])
    solver.add_rows(0 * ones, none, entries, np.column_stack([ones, -wish.weight]))
    cost = np.zeros(solver.n_columns)
    cost[model.pooled], cost[short], cost[level] = LITTLE, 1.0, -wish.price
    solver.set_objective(cost, maximize=False)
    return model


def solve(model: Projected) -> Solved:
    """Solve."""
    return model.solve()


def ours_to_the_end(case: Case) -> float:
    """Build, hand over, solve and read; return the objective."""
    model = ours(case)
    solved = solve(model)
    model.amounts(solved)
    return solved.objective


def projected_arrays(case: Case) -> highspy.HighsLp:
    """Return the projected model with all its cuts as bare arrays."""
    parts, cells = Parts(case), case.cells
    n_moving, n = len(parts.school), len(cells.schools)
    rows, columns = [parts.school, np.arange(n)], [np.arange(n_moving), n_moving + np.arange(n)]
    values = [parts.money, -np.ones(n)]
    paid = parts.base_cost.sum(1)
    right, upper = [-paid], [-paid]
    mask = cells.pooled_mask[parts.school, parts.item]
    for k, (members, budget) in enumerate(zip(case.cuts.sets[1:], case.cuts.budget[1:], strict=True)):
        inside = np.flatnonzero((mask & ~members) == 0)
        rows, columns, values = [*rows, np.full(len(inside), n + k)], [*columns, inside], [*values, parts.money[inside]]
        right.append(np.array([-highspy.kHighsInf]))
        upper.append(np.array([budget / MONEY - parts.base_cost[(cells.pooled_mask & ~members) == 0].sum()]))
    cost = np.concatenate([np.zeros(n_moving), np.full(n, LITTLE)])
    low, high = np.concatenate([-parts.down, parts.low]), np.concatenate([parts.up, parts.high])
    given = Written(rows, columns, values, cost, low, high, np.concatenate(right), np.concatenate(upper))
    return as_highs(_Wish(case).add_to(given, n_moving + np.arange(n)))


def plain_arrays(case: Case) -> highspy.HighsLp:
    """Return the plain model as bare arrays: who pays what in every cell is a variable, a cell's bounds are a row."""
    parts, cells = Parts(case), case.cells
    n, n_items, n_funds = len(cells.schools), len(cells.items), len(cells.pooled)
    pays = np.argwhere((cells.pooled_mask[:, :, None] >> np.arange(n_funds) & 1).astype(bool))
    n_pays, n_cells = len(pays), n * n_items
    pay, pooled = np.arange(n_pays), n_pays + np.arange(n)
    cell = parts.school * n_items + parts.item
    least, most = parts.base_cost.ravel().copy(), parts.base_cost.ravel().copy()
    least[cell] -= parts.down * parts.money
    most[cell] += parts.up * parts.money
    school_row = n_cells + n_funds
    rows = [pays[:, 0] * n_items + pays[:, 1], n_cells + pays[:, 2], school_row + pays[:, 0], school_row + np.arange(n)]
    values = [np.ones(n_pays), np.ones(n_pays), np.ones(n_pays), -np.ones(n)]
    cost = np.concatenate([np.zeros(n_pays), np.full(n, LITTLE)])
    low = np.concatenate([np.zeros(n_pays), parts.low])
    high = np.concatenate([np.full(n_pays, highspy.kHighsInf), parts.high])
    row_low = np.concatenate([least, np.full(n_funds, -highspy.kHighsInf), np.zeros(n)])
    row_high = np.concatenate([most, np.array(cells.budget) / MONEY, np.zeros(n)])
    given = Written(rows, [pay, pay, pay, pooled], values, cost, low, high, row_low, row_high)
    return as_highs(_Wish(case).add_to(given, pooled))


class _Wish:
    """Targets and the lowest level, in units near one."""

    def __init__(self, case: Case) -> None:
        mean = case.levels.sum() / case.weights.sum()
        self.weight = case.weights * mean / MONEY
        self.target = 1.02 * self.weight
        self.price = float(len(case.weights))

    def add_to(self, given: Written, pooled: np.ndarray) -> Written:
        """Add shortfalls from targets and the lowest level to a written model."""
        n, first_row, first = len(pooled), len(given.row_low), len(given.cost)
        schools = np.arange(n)
        given.rows += [first_row + schools] * 2 + [first_row + n + schools] * 2
        given.columns += [pooled, first + schools, pooled, np.full(n, first + n)]
        given.values += [np.ones(n), np.ones(n), np.ones(n), -self.weight]
        given.cost = np.concatenate([given.cost, np.ones(n), [-self.price]])
        given.low = np.concatenate([given.low, np.zeros(n + 1)])
        given.high = np.concatenate([given.high, np.full(n + 1, highspy.kHighsInf)])
        given.row_low = np.concatenate([given.row_low, self.target, np.zeros(n)])
        given.row_high = np.concatenate([given.row_high, np.full(2 * n, highspy.kHighsInf)])
        return given
