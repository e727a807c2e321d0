"""The fewest posts taken from schools so that every limit is kept: branch and bound from a plan that is adopted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_alloc.domain.money import Cents
from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.solver.limits import Limits
from equity_alloc.solver.projected import Projected, build_projected
from equity_alloc.solver.stages import Driver
from equity_alloc.solver.status import Solved, Status

#: Nodes stop a search the same way every time; the seconds are a last resort.
LIMITS = Limits(nodes=2000, seconds=30.0)


@dataclass(frozen=True, eq=False)
class Fewest:
    """What was found.

    Parameters
    ----------
    amounts : ndarray, shape (n_schools, n_items), hundredths of FTE or cents
    is_proven : bool
        Whether branch and bound came to its end in every stage.
    """

    amounts: Ints
    is_proven: bool


def fewest_moves(
    cells: Cells, cuts: Cuts, adopted: Ints, *, order: Floats, lacking: Ints | None = None
) -> Fewest | None:
    """Return posts that keep every limit, with the fewest taken from a school, then the least pooled money.

    Among equals posts come from the schools first in order, and then what only codes decide.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
        Lines are fixed, so that only posts move.
    adopted : ndarray, shape (n_schools, n_items)
        The plan that is adopted.
    order : ndarray, shape (n_schools,)
        Whom posts come from first, as prices from 1 to 2.
    lacking : ndarray, shape (n_schools, n_items), or None
        Posts that cannot all be had: as many of them as possible come before everything else. None where all must be.

    Returns
    -------
    Fewest or None
        None where no posts in steps keep every limit, or none were found.
    """
    model = _model(cells, cuts, adopted)
    driver, answers = Driver(model), []
    model.count_moves()
    n = cells.n_positions
    posts = model.moving[:, 1] < n
    size = model.unit[model.moving[:, 1]] / 100
    if lacking is not None:
        wanted = lacking[model.moving[:, 0], model.moving[:, 1]] > 0
        if wanted.any():
            answers.append(driver.lower(model.up[wanted], -size[wanted]))
    answers.append(driver.lower(model.down[posts], size[posts]))
    answers.append(driver.least_cost())
    answers.append(driver.lower(model.down[posts], size[posts] * order[model.moving[posts, 0]]))
    answers.append(driver.tie_break())
    accepted = [solved for solved in answers if solved.is_accepted]
    if not accepted or not answers[0].is_accepted:
        return None
    amounts = model.amounts(accepted[-1])
    amounts[:, :n] = np.rint(amounts[:, :n] / cells.step[:n]) * cells.step[:n]
    ended = len(accepted) == len(answers) and all(solved.status is Status.OPTIMAL for solved in accepted)
    return Fewest(np.rint(amounts).astype(np.int64), ended)


def least_pooled(cells: Cells, cuts: Cuts, adopted: Ints) -> Cents | None:
    """Return the least pooled cents with which every limit can be kept in whole steps, or None where none will do."""
    model = _model(cells, cuts, adopted)
    model.solver.set_objective(np.zeros(model.solver.n_columns), maximize=False)
    solved: Solved = Driver(model).least_cost()
    return round(float(model.pooled_cents(solved).sum())) if solved.is_accepted else None


def _model(cells: Cells, cuts: Cuts, adopted: Ints) -> Projected:
    # What a school draws on pooled funds is what its own shares leave; it may use less of them than it could.
    return build_projected(cells, cuts, in_steps=True, open_shares=bool(cuts.used.any()), limits=LIMITS, start=adopted)
