"""Solves an objective's stages one after the other on one live model; each optimum is locked before the next."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from equity_alloc.objectives.base import LowerDistance
from equity_alloc.problem.arrays import Floats
from equity_alloc.solver.begin_moves import begin_moves
from equity_alloc.solver.projected import Projected
from equity_alloc.solver.rows import MONEY
from equity_alloc.solver.status import Solved

#: Moving cells from which a good place to begin takes less time than it saves.
MANY = 10_000
#: What the stage that moves least is called, its objective in units of what is told, and that unit; without posts it moves money.
POSTS_MOVED = ("move the fewest posts", 1.0, "FTE in fractions, a line's dollars counted as the posts they would buy")
DOLLARS_MOVED = ("move the fewest dollars", MONEY / 100, "dollars")

#: Slack of a lock, relative to the optimum; below a cent for a billion-dollar district.
LOCK = 1e-9


@dataclass(eq=False)
class Driver:
    """The one place that solves stages and locks their optima.

    Parameters
    ----------
    model : Projected
    """

    model: Projected

    def hold_levels(self, pooled: Floats) -> None:
        """Hold every school's pooled cents at least here, within its own bounds."""
        lowest = np.maximum(pooled, self.model.cuts.lowest) / MONEY
        highest = np.maximum(self.model.cuts.highest, self.model.cuts.lowest) / MONEY
        self.model.solver.set_bounds(self.model.pooled, np.minimum(lowest, highest), highest)

    def lower_distance(self, stage: LowerDistance) -> Solved:
        """Solve a distance stage: one column below and one above for each school's target, then lock the sum."""
        model = self.model
        row = {code: s for s, code in enumerate(model.cells.schools)}
        at = np.array([row[code] for code, _ in stage.targets], np.int64)
        goals = [float(target - int(model.cuts.counted_local[row[code]])) for code, target in stage.targets]
        columns = self._distances(at, np.array(goals))
        return self.lower(columns, np.repeat([float(stage.below), float(stage.above)], len(at)))

    def least_change(self) -> Solved:
        """Lower the posts moved; a line's dollars count as the posts that they would buy."""
        model = self.model
        model.count_moves()
        items = model.moving[:, 1]
        is_position = items < model.cells.n_positions
        prices = model.cells.price[: model.cells.n_positions]
        a_post = float(np.median(prices)) / MONEY if len(prices) and np.median(prices) > 0 else 1.0
        weight = np.where(is_position, model.unit[items] / 100, model.price[items] / a_post)
        if len(model.moving) >= MANY:
            begin_moves(model, weight)
        return self.lower(np.concatenate([model.up, model.down]), np.concatenate([weight, weight]))

    def nearest_to(self, pooled: Floats) -> Solved:
        """Bring every school's pooled cents as near as possible to these: no unspent tolerance, no extra cost."""
        columns = self._distances(np.arange(len(pooled)), pooled)
        return self.lower(columns, np.ones(len(columns)))

    def lower_widest(self, pooled: Floats, weights: Floats) -> Solved:
        """Lower the widest distance below these pooled cents per unit of weight, over schools with a weight."""
        solver = self.model.solver
        widest = int(solver.add_columns(1)[0])
        scale = float(weights.max())
        for s in np.flatnonzero(weights > 0).tolist():
            columns = np.array([self.model.pooled[s], widest], np.int32)
            solver.add_row(pooled[s] / MONEY, highspy.kHighsInf, columns, np.array([1.0, weights[s] / scale]))
        return self.lower(np.array([widest]), np.ones(1))

    def least_cost(self) -> Solved:
        """Lower the dollars of pooled funds."""
        return self.lower(self.model.pooled, np.ones(len(self.model.pooled)))

    def most_spent(self) -> Solved:
        """Raise the dollars of pooled funds: where levels are held for groups only, what is left still goes to schools."""
        return self.lower(self.model.pooled, -np.ones(len(self.model.pooled)))

    def tie_break(self) -> Solved:
        """Among plans equal in everything else take one that depends on codes only, never on order or names."""
        model = self.model
        model.count_moves()
        weight = _draws(model.cells.schools, model.cells.items)[model.moving[:, 0], model.moving[:, 1]]
        return self.lower(np.concatenate([model.up, model.down]), np.concatenate([weight, 2.0 - weight]), lock=False)

    def _distances(self, schools: NDArray[np.int64], goals: Floats) -> NDArray[np.int32]:
        """Add, for some schools, how far pooled cents are below and above a goal; return all belows, then all aboves."""
        solver, count = self.model.solver, len(schools)
        columns = solver.add_columns(2 * count)
        entries = np.column_stack([self.model.pooled[schools].astype(np.int32), columns[:count], columns[count:]])
        solver.add_rows(goals / MONEY, goals / MONEY, entries, np.tile([1.0, 1.0, -1.0], (count, 1)))
        return columns

    def lower(self, columns: NDArray[np.integer[Any]], prices: Floats, *, lock: bool = True) -> Solved:
        """Lower a priced sum of columns, and hold it there while other things are improved."""
        solver = self.model.solver
        cost = np.zeros(max(self.model.n_columns, solver.n_columns))
        np.add.at(cost, columns, prices)
        solver.set_objective(cost, maximize=False)
        solved = self.model.solve()
        if solved.is_accepted and lock:
            most = solved.objective + LOCK * max(1.0, abs(solved.objective))
            keep = prices != 0
            solver.add_row(-highspy.kHighsInf, most, columns[keep].astype(np.int32), prices[keep])
            solver.go_on_from_here()
        return solved


@lru_cache(maxsize=16)
def _draws(schools: tuple[str, ...], items: tuple[str, ...]) -> Floats:
    """Return for every cell a number in [0.5, 1.5) that only codes decide, shape (n_schools, n_items)."""
    digests = (hashlib.sha256(f"{school}\x1f{item}".encode()).digest() for school in schools for item in items)
    numbers = np.fromiter((int.from_bytes(digest[:6], "big") for digest in digests), float, len(schools) * len(items))
    draws: Floats = 0.5 + numbers.reshape(len(schools), len(items)) / 2**48
    draws.flags.writeable = False
    return draws
