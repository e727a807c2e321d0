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
from equity_alloc.solver.possible import fit_cuts, has_whole_plan


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


def place_posts(view: ScenarioView, cells: Cells, stage: LowerLargestLoad) -> Placed | None:
    """Return the smallest largest load and the least posts that it takes at each school.

    Every possible load is some school's pupils over some number of posts. A load can be kept if the posts that it takes
    can be paid for; each check is exact, because floors on their steps are themselves a plan. The search first halves
    the range of loads until few possible ones are left in it, and then halves those.

    Parameters
    ----------
    view : ScenarioView
    cells : Cells
        Feasible.
    stage : LowerLargestLoad

    Returns
    -------
    Placed or None
        None where some school with pupils cannot have even its smallest post.
    """
    column = cells.items.index(stage.position)
    loads = [load for _, load in stage.loads]
    title = view.district.position_of[stage.position].title
    if not any(loads):
        return Placed(Fraction(0), cells, build_cuts(cells), f"no school has pupils to share {title} out by")
    step = int(cells.step[column])
    first = max(step, -(-int(cells.smallest[column]) // step) * step)
    heaviest = max(loads) * 100 / first
    best = _try(cells, column, loads, heaviest)
    if best is None:
        return None
    low, high = Fraction(0), heaviest
    candidates = _between(loads, step, low, high)
    while candidates is None:
        middle = (low + high) / 2
        found = _try(cells, column, loads, middle)
        low, high, best = (middle, high, best) if found is None else (low, middle, found)
        candidates = _between(loads, step, low, high)
    while candidates:
        middle = candidates[(len(candidates) - 1) // 2]
        found = _try(cells, column, loads, middle)
        if found is None:
            candidates = [load for load in candidates if load > middle]
        else:
            high, best = middle, found
            candidates = [load for load in candidates if load < middle]
    words = f"bisection over loads; a smaller one takes more {title} than can be paid"
    return Placed(_largest(best[0], column, loads), best[0], best[1], words)


#: So many possible loads are listed at once.
FEW = 4096


def _between(loads: list[Fraction], step: int, low: Fraction, high: Fraction) -> list[Fraction] | None:
    """Return the possible loads above low and up to high, sorted, or None where there are too many to list."""
    if not low:
        return None
    spans = []
    for load in loads:
        fewest, most = -(-(load * 100 / high) // step), (load * 100 / low - Fraction(1, 10**9)) // step
        if load:
            spans.append((load, int(max(1, fewest)), int(most)))
    if sum(max(0, most - fewest + 1) for _, fewest, most in spans) > FEW:
        return None
    found = {load * 100 / (n * step) for load, fewest, most in spans for n in range(fewest, most + 1)}
    return sorted(load for load in found if low < load <= high)


def _largest(cells: Cells, column: int, loads: list[Fraction]) -> Fraction:
    """Return the largest load when each school has its least."""
    return max(load * 100 / int(least) for load, least in zip(loads, cells.least[:, column], strict=True) if load)


def _try(cells: Cells, column: int, loads: list[Fraction], load: Fraction) -> tuple[Cells, Cuts] | None:
    step, smallest = int(cells.step[column]), int(cells.smallest[column])
    least = np.array([_posts(pupils, load, step, smallest) for pupils in loads], np.int64)
    raised: Ints = cells.least.copy()
    raised[:, column] = np.maximum(raised[:, column], least)
    if (raised[:, column] > cells.most[:, column]).any():
        return None
    tried = dataclasses.replace(cells, least=raised)
    cuts = build_cuts(tried)
    fitted = fit_cuts(tried, cuts) if cuts.is_feasible else None
    if fitted is None or (cells.is_coupled and not has_whole_plan(tried, fitted)):
        return None
    return tried, fitted


def _posts(pupils: Fraction, load: Fraction, step: int, smallest: int) -> int:
    if not pupils:
        return 0
    return max(-(-(pupils * 100 / load) // step) * step, smallest)
