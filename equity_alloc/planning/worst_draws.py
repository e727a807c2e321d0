"""Raises the lowest level in the worst draws of enrollment, and then every level as far as that allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from equity_alloc.objectives.base import RaiseWorstDraws, View
from equity_alloc.planning.plan import StageLog
from equity_alloc.problem.arrays import Floats
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.filling import fill
from equity_alloc.problem.proof import level_weights
from equity_alloc.scenario import ScenarioView
from equity_alloc.solver.leximin import leximin
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.worst_draws import raise_worst_draws


@dataclass(frozen=True, eq=False)
class DrawsReached:
    """The best levels for the worst draws.

    Parameters
    ----------
    pooled : ndarray, shape (n_schools,), cents
        Pooled dollars of each school: what the worst draws need, and above it the lowest level first.
    log : StageLog
    """

    pooled: Floats
    log: StageLog

    def judge(self, score: tuple[Fraction, ...], view: View, room: Floats) -> tuple[StageLog, bool]:
        """Return the log of the rounded plan, and whether its mean over the worst draws is within the tolerance."""
        bound = self.log.value if self.log.bound is None else self.log.bound
        log = StageLog("round to steps and cents", float(score[0]), self.log.unit, bound, "search by school")
        weights = float(sum(weight for _, weight in view.levels.weights))
        tolerance = float(room.sum()) / weights / view.levels.cents_per_unit
        return log, bound - log.value <= max(tolerance, 0.01 if view.levels.cents_per_unit > 1 else 1e-6)


def reach_worst_draws(view: ScenarioView, cells: Cells, cuts: Cuts, stage: RaiseWorstDraws) -> DrawsReached:
    """Return the levels that are best in the worst draws.

    Parameters
    ----------
    view : ScenarioView
    cells : Cells
    cuts : Cuts
        Feasible, of the same cells.
    stage : RaiseWorstDraws

    Returns
    -------
    DrawsReached

    Raises
    ------
    SolverFailed
        If a linear program ends without an optimum.
    """
    weights = np.array([float(weight) for weight in level_weights(view, cells.schools)])
    known = dict(stage.factors)
    draws = len(stage.factors[0][1])
    factors = np.array([[float(f) for f in known.get(code, (Fraction(0),) * draws)] for code in cells.schools]).T
    worst = raise_worst_draws(build_projected(cells, cuts), weights, factors, float(stage.share))
    # A cent less than the solver says, so that its last digits ask for nothing that cannot be.
    lowest = np.maximum(cuts.lowest, np.floor(worst.needed - 1.0).astype(np.int64))
    held = replace(cuts, lowest=np.minimum(lowest, np.maximum(cuts.highest, cuts.lowest)))
    pooled = leximin(build_projected(cells, held), weights) if cells.is_coupled else fill(held, weights).pooled
    per_unit = stage.levels.cents_per_unit
    method = "linear program over the draws, bound re-checked in exact integers; then the lowest first"
    log = StageLog(stage.title, worst.value / per_unit, stage.levels.unit, worst.bound / per_unit, method)
    return DrawsReached(pooled, log)
