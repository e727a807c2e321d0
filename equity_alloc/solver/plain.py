"""The plain model: a variable for who pays what in every cell, and a row for what every fund holds.

This is the specification. The model that plans are made with leaves these variables out and has a row for each set of
funds instead; tests and benchmarks hold it to the optimum of this one. Any PuLP solver may be given.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pulp

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.flow import usable_shares
from equity_alloc.rules.base import Counted, Cut, Dollars, Floors, Limit, Quantity
from equity_alloc.solver.projected import on_steps
from equity_alloc.solver.rows import MONEY


@dataclass(eq=False)
class Plain:
    """The built model; each question adds its rows and is asked once.

    Parameters
    ----------
    cells : Cells
    problem : pulp.LpProblem
    up, down : dict of (int, int) to pulp.LpVariable
        Steps (or units of money) above and below last year, by school and item.
    pays : dict of (int, int, str) to pulp.LpVariable
        Money of a fund in a cell, by school, item and fund code.
    base : ndarray, shape (n_schools, n_items)
        Last year, on the steps and within the bounds.
    """

    cells: Cells
    problem: pulp.LpProblem
    up: dict[tuple[int, int], pulp.LpVariable]
    down: dict[tuple[int, int], pulp.LpVariable]
    pays: dict[tuple[int, int, str], pulp.LpVariable]
    base: Ints

    def counted(self, s: int) -> pulp.LpAffineExpression:
        """Return a school's counted money."""
        own = {fund for fund, counts in zip(self.cells.local, self.cells.local_counts, strict=True) if not counts}
        return pulp.lpSum(paid for (school, _, fund), paid in self.pays.items() if school == s and fund not in own)

    def amount(self, quantity: Quantity) -> pulp.LpAffineExpression:
        """Return a quantity in its own unit; a cut is a variable of its own, at least what last year had more."""
        cells, s = self.cells, self.cells.schools.index(quantity.school)
        if isinstance(quantity, Counted):
            return MONEY * self.counted(s)
        i = cells.items.index(quantity.line if isinstance(quantity, Dollars) else quantity.position)
        unit = int(cells.step[i]) if i < cells.n_positions else MONEY
        amount = int(self.base[s, i]) + unit * (self.up[s, i] - self.down[s, i])
        if not isinstance(quantity, Cut):
            return amount
        cut = self.problem.add_variable(f"cut_{s}_{i}_{len(self.problem._variables)}", 0)
        self.problem += cut >= (int(cells.last_year[s, i]) - amount) / unit
        return unit * cut

    def hold_levels(self, counted: Floats) -> None:
        """Hold every school's counted cents at least here."""
        for s, cents in enumerate(counted.tolist()):
            self.problem += self.counted(s) >= cents / MONEY

    def least_change(self, solver: pulp.LpSolver) -> float:
        """Return the fewest posts moved; a line's dollars count as the posts that they would buy.

        Raises
        ------
        SolverFailed
            If the solver has no optimum.
        """
        prices = self.cells.price[: self.cells.n_positions]
        a_post = float(np.median(prices)) if len(prices) and np.median(prices) > 0 else float(MONEY)
        n = self.cells.n_positions
        weight = [int(step) / 100 if i < n else MONEY / a_post for i, step in enumerate(self.cells.step.tolist())]
        self.problem += pulp.lpSum(weight[i] * (self.up[s, i] + self.down[s, i]) for s, i in self.up)
        return self._solve(solver)

    def highest_lowest_level(self, weights: tuple[Fraction, ...], solver: pulp.LpSolver) -> float:
        """Return the highest level, in cents per unit of weight, that every school with a weight can have.

        Raises
        ------
        SolverFailed
            If the solver has no optimum.
        """
        level = self.problem.add_variable("level")
        mean = float(sum(weights)) / max(1, len(weights))
        for s, weight in enumerate(weights):
            if weight:
                self.problem += self.counted(s) >= float(weight) / mean * level
        self.problem.sense = pulp.LpMaximize
        self.problem += level
        return self._solve(solver) * MONEY / mean

    def _solve(self, solver: pulp.LpSolver) -> float:
        self.problem.solve(solver)
        if self.problem.status != pulp.LpStatusOptimal or self.problem.sol_status != pulp.LpSolutionOptimal:
            raise SolverFailed(f"The plain model has no optimum: {pulp.LpStatus[self.problem.status]}.")
        return float(pulp.value(self.problem.objective))


def build_plain(cells: Cells, *, in_steps: bool = False, open_shares: bool = False) -> Plain:
    """Return the model of a problem's cells: bounds, who may pay, what funds hold, own shares used up, other limits.

    Parameters
    ----------
    cells : Cells
    in_steps : bool
        Hold posts to their steps by integer variables. A smallest post above one step is not part of this model.
    open_shares : bool
        Let a school use less of its own shares than its cells can take.

    Returns
    -------
    Plain
    """
    problem = pulp.LpProblem("plain", pulp.LpMinimize)
    base, used = on_steps(cells), usable_shares(cells)
    n = cells.n_positions
    unit = [int(step) if i < n else MONEY for i, step in enumerate(cells.step.tolist())]
    model = Plain(cells, problem, {}, {}, {}, base)
    in_fund: dict[tuple[str, int | None], list[pulp.LpVariable]] = {}
    for s, i in np.ndindex(*cells.least.shape):
        kind = pulp.LpInteger if in_steps and i < n else pulp.LpContinuous
        rise, fall = int(cells.most[s, i] - base[s, i]), int(base[s, i] - cells.least[s, i])
        model.up[s, i] = problem.add_variable(f"up_{s}_{i}", 0, rise / unit[i], kind)
        model.down[s, i] = problem.add_variable(f"down_{s}_{i}", 0, fall / unit[i], kind)
        price = int(cells.price[i]) * unit[i] / 100 / MONEY
        cost = price * (base[s, i] / unit[i] + model.up[s, i] - model.down[s, i])
        paid = []
        for funds, mask, is_local in ((cells.pooled, cells.pooled_mask, False), (cells.local, cells.local_mask, True)):
            for f, fund in enumerate(funds):
                if mask[s, i] >> f & 1:
                    model.pays[s, i, fund] = variable = problem.add_variable(f"pays_{s}_{i}_{fund}", 0)
                    paid.append(variable)
                    in_fund.setdefault((fund, s if is_local else None), []).append(variable)
        problem += pulp.lpSum(paid) == cost
    for fund, budget in zip(cells.pooled, cells.budget, strict=True):
        problem += pulp.lpSum(in_fund.get((fund, None), [])) <= budget / MONEY
    for fund, least in cells.leasts:
        if fund in cells.pooled:
            problem += pulp.lpSum(in_fund.get((fund, None), [])) >= least / MONEY
    for (s, f), share in np.ndenumerate(used):
        drawn = pulp.lpSum(in_fund.get((cells.local[f], s), []))
        problem += drawn <= int(share) / MONEY if open_shares else drawn == int(share) / MONEY
    for s, (floor, ceiling) in enumerate(zip(cells.floor.tolist(), cells.ceiling.tolist(), strict=True)):
        problem += model.counted(s) >= floor / MONEY
        problem += model.counted(s) <= ceiling / MONEY
    for limit in cells.coupling:
        _add_limit(model, limit)
    for floors in cells.floors:
        _add_floors(model, floors, pulp.LpInteger if in_steps else pulp.LpContinuous)
    for k, whole in enumerate(cells.wholes if in_steps else ()):
        count = problem.add_variable(f"whole_{k}", 0, None, pulp.LpInteger)
        problem += pulp.lpSum(model.amount(post) for post in whole.posts) / whole.step == count
    return model


def _add_floors(model: Plain, floors: Floors, kind: str) -> None:
    missed = []
    for post, least in floors.floors:
        step = int(model.cells.step[model.cells.items.index(post.position)])
        asked = max(1, -(-least // step) * step)
        missed.append(model.problem.add_variable(f"missed_{len(model.problem._variables)}", 0, 1, kind))
        model.problem += model.amount(post) / asked + missed[-1] >= (1 if least > 0 else 0)
    model.problem += pulp.lpSum(missed) <= floors.missed


def _add_limit(model: Plain, limit: Limit) -> None:
    total = pulp.lpSum(coefficient * model.amount(quantity) for coefficient, quantity in limit.terms)
    scale = max((abs(value) for value in total.values()), default=1.0)
    if limit.least is not None:
        model.problem += total / scale >= limit.least / scale
    if limit.most is not None:
        model.problem += total / scale <= limit.most / scale
