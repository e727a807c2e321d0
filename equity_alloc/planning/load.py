"""Places posts of one position so that the largest load of a post is smallest: exact, by bisection over loads."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from equity_alloc.objectives.base import LowerLargestLoad
from equity_alloc.problem.cells import Cells, Ints
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.scenario import ScenarioView


@dataclass(frozen=True, eq=False)
class Placed:
    """The cells with the posts that the smallest largest load calls for.

    Parameters
    ----------
    load : Fraction, pupils per full-time post
    cells, cuts : Cells, Cuts
    words : str
        Why no smaller load is possible.
    """

    load: Fraction
    cells: Cells
    cuts: Cuts
    words: str


def place_posts(view: ScenarioView, cells: Cells, stage: LowerLargestLoad) -> Placed:
    """Return the smallest largest load and the least posts that it takes at each school.

    Every possible load is some school's pupils over some number of posts. A load can be kept if the posts that it takes
    can be paid for; each check is exact, because floors on their steps are themselves a plan.

    Parameters
    ----------
    view : ScenarioView
    cells : Cells
        Feasible.
    stage : LowerLargestLoad

    Returns
    -------
    Placed
    """
    column = cells.items.index(stage.position)
    loads = [load for _, load in stage.loads]
    step = int(cells.step[column])
    possible = {
        load * 100 / fte
        for s, load in enumerate(loads)
        for fte in range(max(step, int(cells.least[s, column])), int(cells.most[s, column]) + 1, step)
        if load
    }
    candidates = sorted(possible) or [Fraction(0)]
    low, high = 0, len(candidates) - 1
    best = _try(cells, column, loads, candidates[high])
    while low < high:
        middle = (low + high) // 2
        found = _try(cells, column, loads, candidates[middle])
        if found is None:
            low = middle + 1
        else:
            high, best = middle, found
    if best is None:
        best = (cells, build_cuts(cells))
    title = view.district.position_of[stage.position].title
    words = f"bisection over {len(candidates)} possible loads; a smaller one takes more {title} than can be paid"
    return Placed(candidates[high], best[0], best[1], words)


def _try(cells: Cells, column: int, loads: list[Fraction], load: Fraction) -> tuple[Cells, Cuts] | None:
    step, smallest = int(cells.step[column]), int(cells.smallest[column])
    least = np.array([_posts(pupils, load, step, smallest) for pupils in loads], np.int64)
    raised: Ints = cells.least.copy()
    raised[:, column] = np.maximum(raised[:, column], least)
    if (raised[:, column] > cells.most[:, column]).any():
        return None
    tried = dataclasses.replace(cells, least=raised)
    cuts = build_cuts(tried)
    return (tried, cuts) if cuts.is_feasible else None


def _posts(pupils: Fraction, load: Fraction, step: int, smallest: int) -> int:
    if not pupils:
        return 0
    return max(-(-(pupils * 100 / load) // step) * step, smallest)
