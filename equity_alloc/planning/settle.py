"""What is settled before rounding: sums that must come out whole, with the rest free, and targets to their last digit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from equity_alloc.objectives.base import LowerDistance
from equity_alloc.planning.rounding import round_plan
from equity_alloc.planning.step_sets import choose_step_sets
from equity_alloc.planning.wanted import Wanted
from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.coupling import with_margin
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.rules.base import WholeSum

#: Steps on either side of the fractional posts that are looked at.
REACH = 3

#: Steps of a post by which limits over several schools are narrowed, one after the other, until rounding keeps them.
MARGINS = (0.0, 0.5, 1.0, 2.0)
#: The same where no room is left beside the best levels, so that these must give way.
GIVING = (0.5, 1.0, 2.0, 4.0)


def narrowed(cells: Cells, *, can_give: bool) -> Iterator[tuple[Cells, bool]]:
    """Yield cells whose limits leave rounding more and more room, and whether levels give way to that.

    Parameters
    ----------
    cells : Cells
    can_give : bool
        Levels of schools are held, so that they can be held a little lower.
    """
    if cells.coupling:
        for steps in MARGINS:
            yield with_margin(cells, steps), False
    yield cells, False
    if cells.coupling and can_give:
        for steps in GIVING:
            yield with_margin(cells, steps), True


class Rounded(NamedTuple):
    """Amounts in steps and cents; `highest` are others, of the highest lowest level found whatever moves, if looked for."""

    amounts: Ints
    highest: Ints | None = None


def round_best(cells: Cells, cuts: Cuts, wanted: Wanted, weights: Floats, tolerance: float) -> Rounded | None:
    """Return amounts in steps and cents: for all schools at once where posts alone make up their levels, else one by one.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    wanted : Wanted
        The fractional plan.
    weights : ndarray, shape (n_schools,)
        All zero where no levels of schools are held.
    tolerance : float, cents per unit of weight

    Returns
    -------
    Rounded or None
        None where none was found; that proves nothing.
    """
    n = cells.n_positions
    # Lines with room take up to the cent what posts leave, so there the walk misses nothing.
    if weights.any() and not cells.is_coupled and (cells.most[:, n:] == cells.least[:, n:]).all():
        found = choose_step_sets(cells, cuts, wanted, weights, tolerance)
        if found is not None:
            return Rounded(*found)
    amounts = round_settled(cells, cuts, wanted)
    return None if amounts is None else Rounded(amounts)


def round_settled(cells: Cells, cuts: Cuts, wanted: Wanted) -> Ints | None:
    """Return amounts in steps and cents by the walk over schools, with sums that must come out whole settled before.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    wanted : Wanted
        The fractional plan.

    Returns
    -------
    ndarray, shape (n_schools, n_items), or None
        None where the walk finds no plan; that proves nothing.
    """
    if not cells.wholes:
        return round_plan(cells, cuts, wanted)
    settled = settle_wholes(cells, wanted.amounts)
    if settled is None:
        return None
    cuts = build_cuts(settled, used=cuts.used)
    if not cuts.is_feasible:
        return None
    pooled = np.clip(wanted.pooled, cuts.lowest, cuts.highest)
    return round_plan(settled, cuts, replace(wanted, pooled=pooled))


def settle_wholes(cells: Cells, amounts: Floats) -> Cells | None:
    """Return the cells with the posts of every whole sum fixed so that it comes out, moved as little as can be.

    A cluster is small, so its best posts are found exactly among the steps around the fractional plan: school by
    school, keeping for each remainder of the sum the least that was moved to reach it.

    Parameters
    ----------
    cells : Cells
    amounts : ndarray, shape (n_schools, n_items), hundredths of FTE or cents
        The fractional plan.

    Returns
    -------
    Cells or None
        None where no posts near the plan make some sum come out.
    """
    least, most = cells.least.copy(), cells.most.copy()
    settled = replace(cells, least=least, most=most, wholes=())
    for whole in cells.wholes:
        found = _settled(settled, amounts, whole)
        if found is None:
            return None
        for (s, i), value in found.items():
            least[s, i] = most[s, i] = value
    return settled


def _settled(cells: Cells, amounts: Floats, whole: WholeSum) -> dict[tuple[int, int], int] | None:
    row = {code: s for s, code in enumerate(cells.schools)}
    column = {code: i for i, code in enumerate(cells.items)}
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    at = [(row[post.school], column[post.position]) for post in whole.posts]
    for s, i in at:
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for rest, (moved, chosen) in best.items():
            for value in _near(cells, amounts, s, i):
                key = (rest + value) % whole.step
                tried = (moved + abs(value - float(amounts[s, i])), (*chosen, value))
                if key not in reached or tried < reached[key]:
                    reached[key] = tried
        best = reached
    return dict(zip(at, best[0][1], strict=True)) if 0 in best else None


def _near(cells: Cells, amounts: Floats, s: int, i: int) -> list[int]:
    """Return the posts that one school may have, within a few steps of the fractional plan."""
    step, smallest = int(cells.step[i]), int(cells.smallest[s, i])
    middle = round(float(amounts[s, i]) / step) * step
    around = {0, *range(middle - REACH * step, middle + (REACH + 1) * step, step)}
    low, high = int(cells.least[s, i]), int(cells.most[s, i])
    return sorted(value for value in around if low <= value <= high and (value == 0 or value >= smallest))


def at_targets(pooled: Floats, distance: LowerDistance | None, schools: tuple[str, ...], cuts: Cuts) -> Floats:
    """Return pooled cents with exact targets in the place of the solver's digits, where a school is at its target.

    Parameters
    ----------
    pooled : ndarray, shape (n_schools,), cents
    distance : LowerDistance or None
        None where nothing is held near targets; then nothing changes.
    schools : tuple of str
        Their codes, in the order of the rows.
    cuts : Cuts

    Returns
    -------
    ndarray, shape (n_schools,), cents
    """
    if distance is None:
        return pooled
    exact, targets = pooled.copy(), dict(distance.targets)
    for s, code in enumerate(schools):
        target = float(targets.get(code, Fraction(0)) - int(cuts.counted_local[s]))
        if abs(pooled[s] - target) < 1.0:
            exact[s] = target
    return exact
