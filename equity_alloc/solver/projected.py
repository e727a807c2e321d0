"""The linear program of changes from last year, with the split among pooled funds projected out.

Position costs do not depend on the fund, so the model needs no variable for who pays: one row for each set of funds says
that what only these funds may pay for fits into what they hold. Rows are added when a solution violates them. Funds with
a rule of their own keep their variables, because their shares are local to a school.

Units inside the model: posts in steps, money in units of $10,000, so that no coefficient is far from one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import highspy
import numpy as np
import pulp
from numpy.typing import NDArray

from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.solver.collection import garbage_waits
from equity_alloc.solver.coupling import Coupling
from equity_alloc.solver.highs import ArrayHighs
from equity_alloc.solver.limits import Limits
from equity_alloc.solver.own_shares import add_least_rows, add_share_rows, add_shares, counted_money, hold_counted
from equity_alloc.solver.rows import MONEY, LimitRow, Terms, add_column, add_row
from equity_alloc.solver.status import Solved


@dataclass(frozen=True, slots=True)
class LocalUse:
    """One column: what a fund with a rule of its own pays in one cell."""

    school: int
    item: int
    fund: int
    column: int


@dataclass(eq=False)
class Projected:
    """A built model: the live solver, and where each quantity stands.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    base : ndarray, shape (n_schools, n_items)
        Last year, brought inside the bounds and on the steps; changes are counted from here.
    unit : ndarray, shape (n_items,)
        Hundredths or cents in one unit of a column.
    price : ndarray, shape (n_items,)
        Money units that one unit of a column costs.
    moving : ndarray, shape (n_moving, 2)
        Cells that may move.
    up, down, pooled : ndarray of column numbers
        Until moves are counted, `up` goes both ways and `down` is empty.
    local : tuple of LocalUse
    limits : tuple of LimitRow
        One for each limit that the cells hold together.
    """

    cells: Cells
    cuts: Cuts
    base: Ints
    unit: Floats
    price: Floats
    problem: pulp.LpProblem
    solver: ArrayHighs
    moving: Ints
    up: Ints
    down: Ints
    pooled: Ints
    local: tuple[LocalUse, ...]
    limits: tuple[LimitRow, ...] = ()
    cut_rows: dict[int, int] = field(default_factory=dict)

    def count_moves(self) -> None:
        """Give steps down columns of their own, so that moves can be priced; levels alone do without them."""
        if not len(self.down):
            self.down = self.solver.add_opposites(self.up)

    @property
    def n_columns(self) -> int:
        """Columns of the model as handed over."""
        return len(self.problem._variables)

    def amounts(self, solved: Solved) -> Floats:
        """Return every cell's amount in hundredths of FTE or cents, shape (n_schools, n_items)."""
        amounts = self.base.astype(float)
        change = solved.values[self.up]
        if len(self.down):
            change = change - solved.values[self.down]
        amounts[self.moving[:, 0], self.moving[:, 1]] += change * self.unit[self.moving[:, 1]]
        return amounts

    def pooled_cents(self, solved: Solved) -> Floats:
        """Return every school's pooled dollars in cents."""
        return solved.values[self.pooled] * MONEY

    def solve(self) -> Solved:
        """Solve, adding the fund sets that the solution overdraws until none is left."""
        if self.solver.option("solver") == "ipm" and len(self.cut_rows) == 1:
            self.add_likeliest_cut()
        while True:
            solved = self.solver.run()
            if not solved.is_accepted:
                return solved
            draw = self.amounts(solved) / self.unit * self.price
            for use in self.local:
                draw[use.school, use.item] -= solved.values[use.column]
            overdrawn = self.shortest_set(draw)
            if overdrawn is None:
                return solved
            self.add_cut(overdrawn)

    def add_widest_cut(self) -> None:
        """Hold all pooled money together to what there is: nearly every solution needs this one first."""
        widest = max(range(len(self.cuts.sets)), key=lambda index: self.cuts.sets[index].bit_count())
        if self.cuts.sets[widest]:
            self.add_cut(widest)

    def add_likeliest_cut(self) -> None:
        """Hold the fund set that its cells could overdraw most: from inside, each set that is added is a solve from the start."""
        mask, most = self.cells.pooled_mask, self.cells.most_cents
        could = np.array([most[(mask & ~members) == 0].sum() for members in self.cuts.sets], float)
        could /= np.maximum(np.array(self.cuts.budget, float), 1.0)
        could[list(self.cut_rows)] = 0.0
        likeliest = int(could.argmax())
        if could[likeliest] > 1:
            self.add_cut(likeliest)

    @property
    def has_only_sets(self) -> bool:
        """Whether fund sets and the schools' own dollars are all that holds, and posts may be fractions."""
        return self.solver.n_rows == len(self.cells.schools) + len(self.cut_rows) and not self.solver.is_integer

    def shortest_set(self, draw: Floats) -> int | None:
        """Return the fund set that lacks most when pooled funds pay so much in each cell, None where none is short."""
        patterns, of_cell, inside = self._fund_sets
        drawn = inside @ np.bincount(of_cell, weights=draw.ravel(), minlength=len(patterns))
        over = drawn - np.array(self.cuts.budget) / MONEY
        over[[index for index, members in enumerate(self.cuts.sets) if index in self.cut_rows or members == 0]] = 0.0
        worst = int(over.argmax())
        return worst if over[worst] > 1e-7 else None

    @cached_property
    def _fund_sets(self) -> tuple[Ints, Ints, Floats]:
        """Eligibility patterns, the pattern of each cell, and which patterns only a fund set may pay for."""
        patterns, of_cell = np.unique(self.cells.pooled_mask, return_inverse=True)
        inside = (patterns[None, :] & ~np.array(self.cuts.sets)[:, None]) == 0
        return patterns, of_cell.ravel(), inside.astype(float)

    def add_cut(self, index: int) -> None:
        """Say that what only these funds may pay for fits into what they hold, in the form with fewer entries."""
        inside = (self.cells.pooled_mask & ~self.cuts.sets[index]) == 0
        in_move = inside[self.moving[:, 0], self.moving[:, 1]]
        if 2 * (~in_move).sum() + len(self.pooled) < 2 * in_move.sum():
            # All pooled money, less what others may pay for: a dense row would slow every later solve.
            columns, values, paid = self._priced(~inside)
            columns, values = (
                np.concatenate([self.pooled, columns]),
                np.concatenate([np.ones(len(self.pooled)), -values]),
            )
            right = self.cuts.budget[index] / MONEY + paid
        else:
            columns, values, paid = self._priced(inside)
            right = self.cuts.budget[index] / MONEY - paid
        self.cut_rows[index] = self.solver.add_row(-highspy.kHighsInf, right, columns.astype(np.int32), values)

    def _priced(self, which: NDArray[np.bool_]) -> tuple[Ints, Floats, float]:
        """Return columns, coefficients and constant of what pooled funds pay in these cells."""
        moves = which[self.moving[:, 0], self.moving[:, 1]]
        price = self.price[self.moving[moves, 1]]
        uses = np.array([use.column for use in self.local if which[use.school, use.item]], np.int64)
        parts = [(self.up[moves], price), (uses, -np.ones(len(uses)))]
        if len(self.down):
            parts.append((self.down[moves], -price))
        columns, values = (np.concatenate(part) for part in zip(*parts, strict=True))
        return columns, values, float((self.base / self.unit * self.price)[which].sum())


@garbage_waits()
def build_projected(
    cells: Cells,
    cuts: Cuts,
    *,
    in_steps: bool = False,
    open_shares: bool = False,
    limits: Limits | None = None,
    start: Ints | None = None,
) -> Projected:
    """Build the model and hand it over.

    Parameters
    ----------
    cells : Cells
    cuts : Cuts
        Feasible, of the same cells.
    in_steps : bool
        Hold posts to their steps by integer variables.
    open_shares : bool
        Let a school use less of its own shares than its cells can take.
    limits : Limits or None
    start : ndarray, shape (n_schools, n_items), or None
        Amounts from which changes are counted, on the steps; None for last year's.

    Returns
    -------
    Projected
    """
    base = on_steps(cells) if start is None else np.clip(start, cells.least, cells.most)
    is_position = np.arange(len(cells.items)) < cells.n_positions
    unit = np.where(is_position, cells.step, MONEY).astype(float)
    price = cells.price * unit / 100 / MONEY
    problem = pulp.LpProblem("plan", pulp.LpMinimize)
    moving = np.argwhere(cells.most > cells.least).reshape(-1, 2)
    columns = _add_changes(problem, cells, moving, base, unit, is_whole=is_position & in_steps)
    priced = list(zip(columns, price[moving[:, 1]].tolist(), strict=True))
    first = np.searchsorted(moving[:, 0], np.arange(len(cells.schools) + 1)).tolist()
    balance: list[Terms] = [priced[one:end] for one, end in pairwise(first)]
    is_looked_up = bool(cells.local) or cells.is_coupled or in_steps
    keys = moving.tolist() if is_looked_up else []
    change = {(s, i): column for (s, i), column in zip(keys, columns, strict=False)}
    least, most = cuts.lowest, np.maximum(cuts.lowest, cuts.highest)
    if open_shares:
        least, most = np.zeros_like(least), cells.most_cents.sum(1)
    pooled = [
        add_column(problem, *each) for each in zip((least / MONEY).tolist(), (most / MONEY).tolist(), strict=True)
    ]
    local = add_shares(problem, cells, cuts, balance)
    paid = base / unit * price
    for s, variable in enumerate(pooled):
        add_row(problem, [*balance[s], (variable, -1.0)], pulp.LpConstraintEQ, -float(paid[s].sum()))
    add_share_rows(problem, cells, cuts, local, paid, price, change, exact=not open_shares)
    add_least_rows(problem, cells, local, paid, price, change)
    counted = counted_money(cuts, cells, local, pooled, is_open=open_shares)
    together = Coupling(problem, cells, counted, base, unit, change, in_steps)
    if cells.is_coupled or in_steps:
        together.add()
    if open_shares:
        hold_counted(problem, cells, counted)
    solver = ArrayHighs(limits)
    solver.hand_over(problem)
    model = Projected(
        cells=cells,
        cuts=cuts,
        base=base,
        unit=unit,
        price=price,
        problem=problem,
        solver=solver,
        moving=moving,
        up=_numbers(columns),
        down=_numbers([]),
        pooled=_numbers(pooled),
        local=tuple(LocalUse(s, i, f, variable.index) for s, i, f, variable in local),
        limits=tuple(together.rows),
    )
    model.add_widest_cut()
    return model


def _add_changes(
    problem: pulp.LpProblem,
    cells: Cells,
    moving: NDArray[np.int64],
    base: Ints,
    unit: Floats,
    *,
    is_whole: NDArray[np.bool_],
) -> list[pulp.LpVariable]:
    """Add a column for each cell that may move: how far it goes up or down from where changes are counted."""
    at = (moving[:, 0], moving[:, 1])
    highest, lowest = (((bound - base) / unit)[at].tolist() for bound in (cells.most, cells.least))
    kinds = np.where(is_whole, pulp.LpInteger, pulp.LpContinuous)[moving[:, 1]].tolist()
    return [add_column(problem, *each) for each in zip(lowest, highest, kinds, strict=True)]


def on_steps(cells: Cells) -> Ints:
    """Return last year's amounts on the nearest step and within the bounds."""
    nearest = (cells.last_year + cells.step // 2) // cells.step * cells.step
    nearest = np.where((nearest > 0) & (nearest < cells.smallest), cells.smallest, nearest)
    clipped: Ints = np.clip(nearest, cells.least, cells.most)
    return clipped


def _numbers(variables: list[pulp.LpVariable]) -> Ints:
    return np.array([variable.index for variable in variables], np.int64)
