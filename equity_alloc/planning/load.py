"""Places posts of one position so that the largest load of a post is smallest: exact, by bisection over loads."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from equity_alloc.objectives.base import LowerLargestLoad
from equity_alloc.planning.plan import StageLog
from equity_alloc.problem.arrays import Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.scenario import ScenarioView
from equity_alloc.solver.possible import fit_cuts, whole_plan
from equity_alloc.solver.status import Status


@dataclass(frozen=True, eq=False)
class Placed:
    """The cells with the posts that the smallest largest load calls for.

    Parameters
    ----------
    load : Fraction
        What was reached, in the log's unit.
    cells, cuts : Cells, Cuts
    log : StageLog
        Its bound is None where the search stopped at a limit for some loads.
    near_enough : Fraction
        How far the load may stay from its bound and still count as proven.
    """

    load: Fraction
    cells: Cells
    cuts: Cuts
    log: StageLog
    near_enough: Fraction = Fraction(0)

    def judge(self, score: Fraction) -> bool:
        """Whether a finished plan's score, of either sign, is as good as is proven to be possible."""
        if self.log.bound is None:
            return False
        if not self.near_enough:
            return abs(score) == self.load
        return abs(abs(score) - Fraction(self.log.bound)) <= self.near_enough


def place_posts(view: ScenarioView, cells: Cells, stage: LowerLargestLoad, *, in_steps: bool) -> Placed | None:
    """Return the smallest largest load and the least posts that it takes at each school.

    Every possible load is some school's pupils over some number of posts. A load can be kept if the posts that it takes
    can be paid for: floors on their steps are themselves a plan, unless schools need further posts for their dollars or
    something holds several of them together, which takes branch and bound. The search first halves the range of loads
    until few possible ones are left in it, and then halves those.

    Parameters
    ----------
    view : ScenarioView
    cells : Cells
        Feasible.
    stage : LowerLargestLoad
    in_steps : bool
        Ask for each load whether all posts can be had in their steps, and not only what the load takes.

    Returns
    -------
    Placed or None
        None where some school with pupils cannot have even its smallest post.
    """
    column = cells.items.index(stage.position)
    loads = [load for _, load in stage.loads]
    title = view.district.position_of[stage.position].title
    if not any(loads):
        words = f"no school has pupils to share {title} out by"
        return _placed(stage, Fraction(0), (cells, build_cuts(cells)), words, is_proven=True)
    step = int(cells.step[column])
    firsts = [max(step, -(-smallest // step) * step) for smallest in cells.smallest[:, column].tolist()]
    heaviest = max(load * 100 / first for load, first in zip(loads, firsts, strict=True))
    trial = Trial(cells, column, loads, in_steps or cells.is_coupled)
    best = trial.keep(heaviest)
    if best is None:
        return None
    low, high = Fraction(0), heaviest
    candidates = _between(loads, step, low, high)
    while candidates is None:
        middle = (low + high) / 2
        found = trial.keep(middle)
        low, high, best = (middle, high, best) if found is None else (low, middle, found)
        candidates = _between(loads, step, low, high)
    while candidates:
        middle = candidates[(len(candidates) - 1) // 2]
        found = trial.keep(middle)
        if found is None:
            candidates = [load for load in candidates if load > middle]
        else:
            high, best = middle, found
            candidates = [load for load in candidates if load < middle]
    words = f"bisection over loads; a smaller one takes more {title} than can be paid"
    if trial.in_steps:
        words = "bisection over loads; branch and bound finds no plan in steps with a smaller one"
    return _placed(stage, _largest(best[0], column, loads), best, words, is_proven=not trial.has_stopped)


def _placed(
    stage: LowerLargestLoad, load: Fraction, found: tuple[Cells, Cuts], words: str, *, is_proven: bool
) -> Placed:
    bound = float(load) if is_proven else None
    return Placed(load, *found, StageLog(stage.title, float(load), "pupils per post", bound, words))


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


@dataclass(eq=False)
class Trial:
    """Tries loads, and remembers whether branch and bound left one undecided."""

    cells: Cells
    column: int
    loads: list[Fraction]
    in_steps: bool
    has_stopped: bool = False

    def keep(self, load: Fraction) -> tuple[Cells, Cuts] | None:
        """Return the cells with the posts that a load takes, and their cuts; None where they cannot be had."""
        step, smallest = int(self.cells.step[self.column]), self.cells.smallest[:, self.column].tolist()
        return self.keep_posts(
            np.array(
                [_posts(pupils, load, step, own) for pupils, own in zip(self.loads, smallest, strict=True)], np.int64
            )
        )

    def keep_posts(self, least: Ints) -> tuple[Cells, Cuts] | None:
        """Return the cells with at least these posts, shape (n_schools,), and their cuts; None where they cannot be had."""
        raised: Ints = self.cells.least.copy()
        raised[:, self.column] = np.maximum(raised[:, self.column], least)
        if (raised[:, self.column] > self.cells.most[:, self.column]).any():
            return None
        tried = dataclasses.replace(self.cells, least=raised)
        cuts = build_cuts(tried)
        fitted = fit_cuts(tried, cuts) if cuts.is_feasible else None
        if fitted is None or not self.in_steps:
            return None if fitted is None else (tried, fitted)
        status = whole_plan(tried, fitted)
        self.has_stopped |= status is Status.STOPPED
        return (tried, fitted) if status in (Status.OPTIMAL, Status.BEST_FOUND) else None


def _posts(pupils: Fraction, load: Fraction, step: int, smallest: int) -> int:
    if not pupils:
        return 0
    return max(-(-(pupils * 100 / load) // step) * step, smallest)
