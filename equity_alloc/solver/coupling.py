"""Rows that hold several quantities together: limits, sums that are whole, floors of which few may be missed.

A cut has a column of its own, which is at least what last year had more. Whole sums, missed floors and posts of none or
at least the smallest need whole numbers; where posts may be fractions only the limits and the floors' share remain,
which is the linear relaxation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pulp

from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.rules.base import Counted, Cut, Dollars, Floors, Limit, Posts, Quantity, WholeSum
from equity_alloc.solver.rows import MONEY, LimitRow, Terms, add_column, add_row


@dataclass(eq=False)
class Coupling:
    """Adds the rows to a model under construction.

    Parameters
    ----------
    problem : pulp.LpProblem
    cells : Cells
    counted : list of (terms, cents)
        Each school's counted money: terms in model units, and a constant.
    base : ndarray, shape (n_schools, n_items)
    unit : ndarray, shape (n_items,)
    change : dict of (int, int) to pulp.LpVariable
        Of the cells that move.
    in_steps : bool
    rows : list of LimitRow
        One for each limit of the cells, once they are added.
    """

    problem: pulp.LpProblem
    cells: Cells
    counted: list[tuple[Terms, float]]
    base: Ints
    unit: Floats
    change: dict[tuple[int, int], pulp.LpVariable]
    in_steps: bool
    rows: list[LimitRow] = field(default_factory=list)
    _cut: dict[tuple[int, int], pulp.LpVariable] = field(default_factory=dict)
    _row: dict[str, int] = field(init=False)
    _column: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._row = {code: s for s, code in enumerate(self.cells.schools)}
        self._column = {code: i for i, code in enumerate(self.cells.items)}

    def add(self) -> None:
        """Add every row."""
        for limit in self.cells.coupling:
            self._limit(limit)
        for floors in self.cells.floors:
            self._floors(floors)
        if self.in_steps:
            for whole in self.cells.wholes:
                self._whole(whole)
            self._smallest()

    def _limit(self, limit: Limit) -> None:
        terms, constant = self._sum(limit.terms)
        # In units of its largest coefficient, so that no row is far from one.
        scale = max((abs(value) for _, value in terms), default=1.0)
        terms = [(variable, value / scale) for variable, value in terms]
        self.rows.append(LimitRow(len(self.problem._constraints), tuple(terms), scale, constant))
        if limit.least is not None:
            add_row(self.problem, terms, pulp.LpConstraintGE, (limit.least - constant) / scale)
        if limit.most is not None:
            add_row(self.problem, terms, pulp.LpConstraintLE, (limit.most - constant) / scale)

    def _floors(self, floors: Floors) -> None:
        """Let a missed floor cost its whole number one: posts >= least * (1 - missed)."""
        missed: Terms = []
        for post, least in floors.floors:
            terms, constant = self._sum(((1, post),))
            if least <= int(self.cells.least[self._at(post)]):
                continue
            step = int(self.cells.step[self._column[post.position]])
            asked = -(-least // step) * step
            choice = self._variable(0, 1, whole=True)
            missed.append((choice, 1.0))
            terms = [(variable, value / asked) for variable, value in terms]
            add_row(self.problem, [*terms, (choice, 1.0)], pulp.LpConstraintGE, 1.0 - constant / asked)
        if missed:
            add_row(self.problem, missed, pulp.LpConstraintLE, floors.missed)

    def _whole(self, whole: WholeSum) -> None:
        terms, constant = self._sum([(1, post) for post in whole.posts])
        most = sum(int(self.cells.most[self._at(post)]) for post in whole.posts)
        count = self._variable(0, most // whole.step, whole=True)
        terms = [(variable, value / whole.step) for variable, value in terms]
        add_row(self.problem, [*terms, (count, -1.0)], pulp.LpConstraintEQ, -constant / whole.step)

    def _smallest(self) -> None:
        """Hold posts to none or at least the smallest, where a step is smaller than that."""
        cells, n = self.cells, self.cells.n_positions
        smallest = cells.smallest[:, :n]
        open_ = (cells.least[:, :n] < smallest) & (cells.most[:, :n] > 0) & (smallest > cells.step[:n])
        for s, i in np.argwhere(open_).tolist():
            here = self._variable(0, 1, whole=True)
            unit, base = self.unit[i], float(self.base[s, i])
            for bound, sense in ((smallest[s, i], pulp.LpConstraintGE), (cells.most[s, i], pulp.LpConstraintLE)):
                add_row(self.problem, [(self.change[s, i], 1.0), (here, -float(bound / unit))], sense, -base / unit)

    def _sum(self, terms: Sequence[tuple[int, Quantity]]) -> tuple[Terms, float]:
        """Return a sum of quantities as terms of the model and a constant."""
        found: dict[pulp.LpVariable, float] = {}
        constant = 0.0
        for coefficient, quantity in terms:
            parts, known = self._quantity(quantity)
            constant += coefficient * known
            for variable, factor in parts:
                found[variable] = found.get(variable, 0.0) + coefficient * factor
        return list(found.items()), constant

    def _quantity(self, quantity: Quantity) -> tuple[Terms, float]:
        """Return a quantity, in its own unit, as terms of the model and a constant."""
        if isinstance(quantity, Counted):
            terms, constant = self.counted[self._row[quantity.school]]
            return [(variable, value * MONEY) for variable, value in terms], constant
        s, i = self._at(quantity)
        unit, base = float(self.unit[i]), float(self.base[s, i])
        if not isinstance(quantity, Cut):
            return [(self.change[s, i], unit)] if (s, i) in self.change else [], base
        last_year = float(self.cells.last_year[s, i])
        if (s, i) not in self.change:
            return [], max(0.0, last_year - base)
        if (s, i) not in self._cut:
            most = max(0.0, last_year - float(self.cells.least[s, i]))
            self._cut[s, i] = cut = self._variable(0, most / unit)
            terms = [(cut, 1.0), (self.change[s, i], 1.0)]
            add_row(self.problem, terms, pulp.LpConstraintGE, (last_year - base) / unit)
        return [(self._cut[s, i], unit)], 0.0

    def _at(self, quantity: Posts | Dollars | Cut) -> tuple[int, int]:
        item = quantity.line if isinstance(quantity, Dollars) else quantity.position
        return self._row[quantity.school], self._column[item]

    def _variable(self, low: float, high: float, *, whole: bool = False) -> pulp.LpVariable:
        category = pulp.LpInteger if whole and self.in_steps else pulp.LpContinuous
        return add_column(self.problem, low, high, category)
