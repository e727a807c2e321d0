"""The same decision with a variable for each school, item and fund: the model that projection avoids.

"Moves": the fewest posts moved, with every school's dollars held at its best level less half the tolerance, as every plan
solves it; as bare arrays for HiGHS, projected and plain, and as people write it in PuLP.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import pulp

from equity_alloc.domain.district import District
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.problem.filling import fill
from equity_alloc.problem.problem import build_problem
from equity_alloc.problem.proof import level_weights
from equity_alloc.scenario import Scenario
from equity_alloc.solver.projected import build_projected, on_steps
from equity_alloc.solver.rows import MONEY
from equity_alloc.solver.stages import Driver
from equity_alloc.solver.status import Solved


@dataclass(frozen=True, eq=False)
class Case:
    """A district as numbers: what every road below starts from; no fund has a rule of its own."""

    cells: Cells
    cuts: Cuts
    weights: np.ndarray
    levels: np.ndarray
    room: np.ndarray


def make_case(district: District, scenario: Scenario) -> Case:
    """Return the numbers behind a district's first plan."""
    view = scenario.view(district)
    cells = build_cells(build_problem(view))
    cuts = build_cuts(cells)
    weights = np.array([float(weight) for weight in level_weights(view, cells.schools)])
    room = np.array([float(view.weighted_pupils[code]) for code in cells.schools]) * scenario.tolerance / 2
    return Case(cells, cuts, weights, fill(cuts, weights).pooled, room)


def ours(case: Case) -> Driver:
    """Build the projected model in PuLP and hand it over, with levels held and moves counted, as every plan does."""
    driver = Driver(build_projected(case.cells, case.cuts))
    driver.hold_levels(case.levels - case.room)
    driver.model.count_moves()
    return driver


def solve(driver: Driver) -> Solved:
    """Solve: where to begin, fund sets that are short, and the lock of the optimum included."""
    return driver.least_change()


def ours_to_the_end(case: Case) -> float:
    """Build, hand over, solve and read; return the objective."""
    driver = ours(case)
    solved = solve(driver)
    driver.model.amounts(solved)
    return solved.objective


def new_highs() -> Any:
    """Return a silent HiGHS of one thread."""
    highs = highspy.Highs()
    for name, value in (("output_flag", False), ("threads", 1)):
        highs.setOptionValue(name, value)
    return highs


def projected_arrays(case: Case) -> highspy.HighsLp:
    """Return the projected model with its cuts as bare arrays, as someone would write it by hand."""
    parts = Parts(case)
    n_moving, n_schools = len(parts.school), len(case.cells.schools)
    money = parts.money
    rows = [parts.school, parts.school, np.arange(n_schools)]
    columns = [np.arange(n_moving), n_moving + np.arange(n_moving), 2 * n_moving + np.arange(n_schools)]
    values = [money, -money, -np.ones(n_schools)]
    right = [-parts.base_cost.sum(1)]
    upper = [-parts.base_cost.sum(1)]
    moving_mask = case.cells.pooled_mask[parts.school, parts.item]
    for k, (members, budget) in enumerate(zip(case.cuts.sets[1:], case.cuts.budget[1:], strict=True)):
        inside = np.flatnonzero((moving_mask & ~members) == 0)
        rows += [np.full(2 * len(inside), n_schools + k)]
        columns += [inside, n_moving + inside]
        values += [money[inside], -money[inside]]
        paid = parts.base_cost[(case.cells.pooled_mask & ~members) == 0].sum()
        right.append(np.array([-highspy.kHighsInf]))
        upper.append(np.array([budget / MONEY - paid]))
    cost = np.concatenate([parts.weight, parts.weight, np.zeros(n_schools)])
    low = np.concatenate([np.zeros(2 * n_moving), parts.held])
    high = np.concatenate([parts.up, parts.down, parts.high])
    return as_highs(Written(rows, columns, values, cost, low, high, np.concatenate(right), np.concatenate(upper)))


def plain_arrays(case: Case) -> highspy.HighsLp:
    """Return the plain model as bare arrays: who pays what in every cell is a variable."""
    parts = Parts(case)
    cells = case.cells
    n_moving, n_schools, n_items, n_funds = len(parts.school), len(cells.schools), len(cells.items), len(cells.pooled)
    pays = np.argwhere((cells.pooled_mask[:, :, None] >> np.arange(n_funds) & 1).astype(bool))
    n_pays, n_cells = len(pays), n_schools * n_items
    pay_columns = 2 * n_moving + np.arange(n_pays)
    cell = parts.school * n_items + parts.item
    pooled = 2 * n_moving + n_pays + np.arange(n_schools)
    school_row = n_cells + n_funds
    rows = [cell, cell, pays[:, 0] * n_items + pays[:, 1], n_cells + pays[:, 2], school_row + pays[:, 0]]
    rows += [school_row + np.arange(n_schools)]
    columns = [np.arange(n_moving), n_moving + np.arange(n_moving), pay_columns, pay_columns, pay_columns, pooled]
    values = [-parts.money, parts.money, np.ones(n_pays), np.ones(n_pays), np.ones(n_pays), -np.ones(n_schools)]
    cost = np.concatenate([parts.weight, parts.weight, np.zeros(n_pays + n_schools)])
    low = np.concatenate([np.zeros(2 * n_moving + n_pays), parts.held])
    high = np.concatenate([parts.up, parts.down, np.full(n_pays, highspy.kHighsInf), parts.high])
    paid, nothing = parts.base_cost.ravel(), np.zeros(n_schools)
    row_low = np.concatenate([paid, np.full(n_funds, -highspy.kHighsInf), nothing])
    row_high = np.concatenate([paid, np.array(cells.budget) / MONEY, nothing])
    return as_highs(Written(rows, columns, values, cost, low, high, row_low, row_high))


@dataclass(eq=False)
class Written:
    """A linear program as lists of triples and arrays."""

    rows: list[np.ndarray]
    columns: list[np.ndarray]
    values: list[np.ndarray]
    cost: np.ndarray
    low: np.ndarray
    high: np.ndarray
    row_low: np.ndarray
    row_high: np.ndarray


def as_highs(given: Written) -> highspy.HighsLp:
    """Return arrays as a HiGHS model, by columns."""
    rows, columns, values = (np.concatenate(part) for part in (given.rows, given.columns, given.values))
    cost = given.cost
    order = np.argsort(columns, kind="stable")
    start = np.zeros(len(cost) + 1, np.int32)
    np.cumsum(np.bincount(columns, minlength=len(cost)), out=start[1:])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cost), len(given.row_low)
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, given.low, given.high
    model.row_lower_, model.row_upper_ = given.row_low, given.row_high
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = start
    model.a_matrix_.index_ = rows[order].astype(np.int32)
    model.a_matrix_.value_ = values[order]
    return model


def solve_arrays(model: highspy.HighsLp) -> float:
    """Hand arrays over, solve and read; return the objective."""
    highs = new_highs()
    highs.passModel(model)
    highs.run()
    np.array(highs.getSolution().col_value)
    return float(highs.getInfo().objective_function_value)


def idiom(case: Case) -> pulp.LpProblem:
    """Return the plain model as people write it in PuLP: dicts of variables and lpSum."""
    parts, cells = Parts(case), case.cells
    cell = list(zip(parts.school.tolist(), parts.item.tolist(), strict=True))
    number = {key: k for k, key in enumerate(cell)}
    schools, items, funds = range(len(cells.schools)), range(len(cells.items)), range(len(cells.pooled))
    may_pay = [(s, i, f) for s in schools for i in items for f in funds if cells.pooled_mask[s, i] >> f & 1]
    up = {key: pulp.LpVariable(f"up_{key[0]}_{key[1]}", 0, parts.up[k]) for k, key in enumerate(cell)}
    down = {key: pulp.LpVariable(f"down_{key[0]}_{key[1]}", 0, parts.down[k]) for k, key in enumerate(cell)}
    pays = pulp.LpVariable.dicts("pays", may_pay, lowBound=0)
    problem = pulp.LpProblem("plain", pulp.LpMinimize)
    problem += pulp.lpSum(parts.weight[number[key]] * (up[key] + down[key]) for key in cell)
    open_to = {(s, i): [f for f in funds if cells.pooled_mask[s, i] >> f & 1] for s in schools for i in items}
    for (s, i), payers in open_to.items():
        change = parts.money[number[s, i]] * (up[s, i] - down[s, i]) if (s, i) in number else 0
        problem += pulp.lpSum(pays[s, i, f] for f in payers) == parts.base_cost[s, i] + change
    for f in funds:
        problem += pulp.lpSum(pays[s, i, f] for s, i in open_to if f in open_to[s, i]) <= cells.budget[f] / MONEY
    for s in schools:
        total = pulp.lpSum(pays[s, i, f] for i in items for f in open_to[s, i])
        problem += total >= parts.held[s]
        problem += total <= parts.high[s]
    return problem


class Parts:
    """Numbers that all models share, in the units of the projected one."""

    def __init__(self, case: Case) -> None:
        cells = case.cells
        is_position = np.arange(len(cells.items)) < cells.n_positions
        base = on_steps(cells)
        unit = np.where(is_position, cells.step, MONEY).astype(float)
        price = cells.price * unit / 100 / MONEY
        self.school, self.item = np.nonzero(cells.most > cells.least)
        at = (self.school, self.item)
        self.up, self.down = ((cells.most - base) / unit)[at], ((base - cells.least) / unit)[at]
        self.money = price[self.item]
        self.base_cost = base / unit * price
        a_post = float(np.median(cells.price[: cells.n_positions])) / MONEY
        self.weight = np.where(is_position[self.item], unit[self.item] / 100, self.money / a_post)
        highest = np.maximum(case.cuts.highest, case.cuts.lowest)
        self.low, self.high = case.cuts.lowest / MONEY, highest / MONEY
        self.held = np.minimum(np.maximum(case.levels - case.room, case.cuts.lowest), highest) / MONEY
