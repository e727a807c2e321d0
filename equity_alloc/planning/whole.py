"""Posts in steps by branch and bound, where the walk over schools finds none or something must come out whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from equity_alloc.planning.rounding import round_plan
from equity_alloc.planning.wanted import Wanted
from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.solver.limits import Limits
from equity_alloc.solver.possible import lock_most_used, used_shares
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.rows import MONEY
from equity_alloc.solver.stages import Driver

#: Nodes stop a search the same way every time; the seconds are a last resort.
LIMITS = Limits(nodes=400, seconds=20.0)

#: So many posts at schools may be searched for the sake of a better plan alone, and so hard.
FEW = 100
FOR_BETTER = Limits(absolute_gap=1e-3, nodes=50, seconds=20.0)


def find_whole(
    cells: Cells, cuts: Cuts, wanted: Wanted, hold: Callable[[Driver], bool], levels: Floats | None
) -> tuple[Ints, Cuts] | None:
    """Return amounts in steps and cents near the fractional plan, with the cuts that they keep, or None.

    First only the steps around the fractional plan are looked at, then all of them; first with the levels held, then
    as near to them as can be.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    wanted : Wanted
        The fractional plan.
    hold : callable
        Holds on a driver what the objective has reached, less a step at each school; False where that cannot be.
    levels : ndarray, shape (n_schools,), cents, or None
        Pooled cents to come near to where they cannot be held.

    Returns
    -------
    (ndarray, shape (n_schools, n_items)), Cuts
        The cuts have the own shares used that go with these posts; None where this search finds nothing.
    """

    def near(driver: Driver) -> bool:
        return levels is None or driver.nearest_to(levels).is_accepted

    for aim in (hold, near):
        for room in (_around(cells, wanted.amounts), cells):
            found = _search(room, cuts, wanted, aim)
            rounded = None if found is None else _in_cents(cells, cuts, *found)
            if rounded is not None:
                return rounded
    return None


def improve(
    cells: Cells, cuts: Cuts, wanted: Wanted, levels: Floats, tolerance: Floats, weights: Floats
) -> tuple[Ints, Cuts] | None:
    """Return amounts in steps within the tolerance of the levels, or as near to them as branch and bound can come.

    Only the steps around the fractional plan are looked at, and only where they are few: the walk over schools is about
    as good in large districts, and a search there takes seconds for a dollar per pupil.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    wanted : Wanted
        The fractional plan.
    levels, tolerance : ndarray, shape (n_schools,), cents
        The best pooled cents of each school, and how far below them is still good.
    weights : ndarray, shape (n_schools,)
        Zero for schools that have no level.

    Returns
    -------
    (ndarray, shape (n_schools, n_items)), Cuts or None
    """
    near = _around(cells, wanted.amounts)
    if not weights.any() or (near.most > near.least)[:, : cells.n_positions].sum() > FEW:
        return None

    def within(driver: Driver) -> bool:
        driver.hold_levels(levels - tolerance)
        return True

    def widest(driver: Driver) -> bool:
        lowered = driver.lower_widest(levels, weights)
        return lowered.is_accepted and driver.nearest_to(levels).is_accepted

    for aim in (within, widest):
        found = _search(near, cuts, wanted, aim, FOR_BETTER)
        if found is not None:
            return _in_cents(cells, cuts, *found)
    return None


def widest_below(cells: Cells, cuts: Cuts, levels: Floats, weights: Floats) -> float | None:
    """Return how far below its best level the worst school must be in fractions of posts, in cents per unit of weight.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
        With narrower limits than the levels were reached under.
    levels : ndarray, shape (n_schools,), cents
        The best pooled cents of each school.
    weights : ndarray, shape (n_schools,)

    Returns
    -------
    float or None
        None where nothing keeps these limits.
    """
    solved = Driver(build_projected(cells, cuts)).lower_widest(levels, weights)
    return max(0.0, solved.objective) * MONEY / float(weights.max()) if solved.is_accepted else None


def _search(
    cells: Cells, cuts: Cuts, wanted: Wanted, aim: Callable[[Driver], bool], limits: Limits = LIMITS
) -> tuple[Wanted, Ints] | None:
    """Return posts in steps with money in fractions of a cent, and how much each school uses of its own shares."""
    model = build_projected(cells, cuts, in_steps=True, open_shares=bool(cuts.used.any()), limits=limits)
    if not lock_most_used(model):
        return None
    driver = Driver(model)
    if not aim(driver):
        return None
    solved = driver.least_change()
    if not solved.is_accepted:
        return None
    amounts, n = model.amounts(solved), cells.n_positions
    amounts[:, :n] = np.rint(amounts[:, :n] / cells.step[:n]) * cells.step[:n]
    return replace(wanted, amounts=amounts, pooled=model.pooled_cents(solved), is_whole=True), used_shares(
        model, solved
    )


def _in_cents(cells: Cells, cuts: Cuts, wanted: Wanted, used: Ints) -> tuple[Ints, Cuts] | None:
    """Round money to cents around posts that stay as they are."""
    own = cuts.counted_local
    if (used != cuts.used).any():
        cuts = build_cuts(cells, used=used)
    best = wanted.best + own - cuts.counted_local
    amounts = round_plan(cells, cuts, replace(wanted, pooled=np.minimum(wanted.pooled, cuts.highest), best=best))
    return None if amounts is None else (amounts, cuts)


def _around(cells: Cells, amounts: Floats) -> Cells:
    """Return the cells with posts held to a step or two around fractional ones."""
    n = cells.n_positions
    step, smallest = cells.step[:n], cells.smallest[:, :n]
    low = np.floor(amounts[:, :n] / step).astype(np.int64) * step - step
    high = np.ceil(amounts[:, :n] / step).astype(np.int64) * step + step
    low = np.where(low < smallest, 0, low)
    high = np.maximum(high, -(-smallest // step) * step)
    least, most = cells.least.copy(), cells.most.copy()
    least[:, :n] = np.clip(low, cells.least[:, :n], cells.most[:, :n])
    most[:, :n] = np.clip(high, cells.least[:, :n], cells.most[:, :n])
    return replace(cells, least=least, most=most)
