"""Whether limits over several quantities leave any plan at all, in dollars and fractional posts."""

from __future__ import annotations

import highspy
import numpy as np

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.problem.arrays import Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.solver.projected import Projected, build_projected
from equity_alloc.solver.proven import is_proven_empty
from equity_alloc.solver.rows import MONEY
from equity_alloc.solver.status import Solved, Status

#: Part of a cent that a solver's digits may lack.
SAME = 1e-3


def fit_cuts(cells: Cells, cuts: Cuts) -> Cuts | None:
    """Return the cuts under which everything that is held together can be kept, or None where nothing can, proven.

    Where a school's cells cannot take all of its own shares beside what is held together, it uses as much as it can.

    Parameters
    ----------
    cells : Cells
    cuts : Cuts
        Of the same cells; feasible.

    Returns
    -------
    Cuts or None

    Raises
    ------
    SolverFailed
        If neither a plan nor the proof that there is none was found.
    """
    if not cells.is_coupled:
        return cuts
    model = build_projected(cells, cuts)
    if _any_point(model).status is not Status.INFEASIBLE:
        return cuts
    if cuts.used.any():
        model = build_projected(cells, cuts, open_shares=True)
        solved = lock_most_used(model)
        used = cuts.used if solved is None else used_shares(model, solved)
        for less in () if solved is None else (0, 1, 100):
            # The last cent of a share may be one that only fractions of a cent can use.
            fitted = build_cuts(cells, used=np.maximum(used - less, 0))
            if fitted.is_feasible and _any_point(build_projected(cells, fitted)).is_accepted:
                return fitted
    if not is_proven_empty(model.solver):
        raise SolverFailed(
            "Whether these rules can be kept together was not decided. Relax a rule that couples schools."
        )
    return None


def lock_most_used(model: Projected) -> Solved | None:
    """Let schools use the most of their open own shares that they can together, and hold it; None where nothing can be."""
    columns = np.array([use.column for use in model.local], np.int32)
    cost = np.zeros(model.solver.n_columns)
    cost[columns] = 1.0
    model.solver.set_objective(cost, maximize=True)
    solved = model.solve()
    if not solved.is_accepted:
        return None
    if len(columns):
        model.solver.add_row(solved.objective - SAME / MONEY, highspy.kHighsInf, columns, np.ones(len(columns)))
    return solved


def used_shares(model: Projected, solved: Solved) -> Ints:
    """Return the whole cents of its own shares that each school uses, shape (n_schools, n_local)."""
    used = np.zeros(model.cuts.used.shape)
    for use in model.local:
        used[use.school, use.fund] += solved.values[use.column] * MONEY
    whole: Ints = np.minimum(np.floor(used + SAME).astype(np.int64), model.cuts.used)
    return whole


def whole_plan(cells: Cells, cuts: Cuts) -> Status:
    """Return whether a plan with posts in their steps keeps everything: found, proven not to exist, or undecided."""
    return _any_point(build_projected(cells, cuts, in_steps=True, open_shares=bool(cuts.used.any()))).status


def _any_point(model: Projected) -> Solved:
    model.solver.set_objective(np.zeros(model.solver.n_columns), maximize=False)
    return model.solve()
