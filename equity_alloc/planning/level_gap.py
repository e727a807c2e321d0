"""How far a finished plan stays below the best levels, school by school."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.allocation import Allocation
from equity_alloc.planning.plan import StageLog
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.proof import level_weights
from equity_alloc.scenario import ScenarioView


def judge_levels(
    view: ScenarioView, cells: Cells, cuts: Cuts, best: NDArray[np.float64], allocation: Allocation
) -> tuple[StageLog, bool]:
    """Return the log of a rounded plan, and whether every school is within the tolerance of its best level.

    Parameters
    ----------
    view : ScenarioView
    cells, cuts : Cells, Cuts
    best : ndarray, shape (n_schools,), cents
        The most pooled dollars that each school's level is proven to allow.
    allocation : Allocation
    """
    per_pupil = [
        Fraction(int(most + local) - view.district.counted_dollars(allocation, code))
        / max(view.weighted_pupils[code], Fraction(1))
        for most, local, code, weight in zip(
            best.tolist(), cuts.counted_local.tolist(), cells.schools, level_weights(view, cells.schools), strict=True
        )
        if weight
    ]
    worst = max(per_pupil, default=Fraction(0))
    log = StageLog(
        "round to steps and cents",
        float(worst) / 100,
        "dollars per weighted pupil below the best level",
        0.0,
        "search by school within the fund sets",
    )
    return log, worst <= max(1, view.scenario.tolerance)
