"""Raises the lowest level first: filling where money only flows through funds, linear programs where rules couple schools."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_alloc.objectives.base import RaiseLowest
from equity_alloc.objectives.no_level import refuse_no_level
from equity_alloc.planning.plan import StageLog
from equity_alloc.problem.arrays import Floats
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.coupled_bound import Prices
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.filling import fill
from equity_alloc.problem.proof import level_weights
from equity_alloc.scenario import ScenarioView
from equity_alloc.solver.leximin import Raised, proven_leximin
from equity_alloc.solver.projected import build_projected


@dataclass(frozen=True, eq=False)
class Lowest:
    """The best levels, lowest first.

    Parameters
    ----------
    pooled : ndarray, shape (n_schools,), cents
    room : ndarray, shape (n_schools,), cents
        How much higher each might be by what is proven; zero where filling is exact.
    log : StageLog
    prices : Prices or None
        For the auditor, where rules couple schools.
    """

    pooled: Floats
    room: Floats
    log: StageLog
    prices: Prices | None = None


def raise_lowest(view: ScenarioView, cells: Cells, cuts: Cuts, stage: RaiseLowest) -> Lowest:
    """Return the leximin levels.

    Parameters
    ----------
    view : ScenarioView
    cells : Cells
    cuts : Cuts
        Feasible, of the same cells.
    stage : RaiseLowest

    Returns
    -------
    Lowest
        Pooled cents of each school, with the proven bound on the lowest level.

    Raises
    ------
    EmptyDistribution
        If no school has pupils to count.
    SolverFailed
        If a linear program ends without an optimum.
    """
    refuse_no_level(stage.levels)
    weights = np.array([float(weight) for weight in level_weights(view, cells.schools)])
    if cells.is_coupled:
        raised = proven_leximin(build_projected(cells, cuts), weights)
        method = "linear programs, one level after the other; each bound re-checked in exact integers"
    else:
        raised = Raised(fill(cuts, weights).pooled, 0.0)
        method = "filling within the fund sets, exact for money that flows through funds"
    counted = raised.pooled + cuts.counted_local
    lowest = float(min(c / w for c, w in zip(counted, weights, strict=True) if w))
    per_unit = stage.levels.cents_per_unit
    log = StageLog(stage.title, lowest / per_unit, stage.levels.unit, (lowest + raised.gap) / per_unit, method)
    return Lowest(raised.pooled, raised.gap * weights, log, raised.prices)
