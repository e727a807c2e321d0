"""Places posts of one position by the dial: whole steps at the lowest equal load, or the worst-off school first, then the next."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import partial

import numpy as np

from equity_alloc.objectives.base import LowerLargestLoad, LowerLoads
from equity_alloc.objectives.loads import equal_level, load_of
from equity_alloc.planning.load import Placed, Trial, place_posts
from equity_alloc.planning.plan import StageLog
from equity_alloc.problem.arrays import Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.scenario import ScenarioView
from equity_alloc.solver.whole_posts import cheapest_posts

#: Share of the equal load that a plan in whole posts may stay from the bound in fractions and still count as proven.
NEAR = Fraction(1, 1000)
#: Digits that a level may lose in floats.
ROUNDING = 1e-9


def place_evenly(view: ScenarioView, cells: Cells, stage: LowerLoads, *, in_steps: bool) -> Placed | None:
    """Return the posts with the lowest equal load, or the highest equal posts.

    Parameters
    ----------
    view : ScenarioView
    cells : Cells
        Feasible.
    stage : LowerLoads
    in_steps : bool
        Ask for all posts in their steps, and not only for these.

    Returns
    -------
    Placed or None
        None where loads are burdens and some school with pupils cannot have even its smallest post.
    """
    column, pupils = cells.items.index(stage.position), dict(stage.loads)
    trial = Trial(cells, column, [pupils[code] for code in cells.schools], in_steps or cells.is_coupled)
    # The most posts at the worst-off school are the fewest pupils to a post there, where every school can have one.
    largest = LowerLargestLoad(stage.title, stage.position, stage.loads)
    placed = place_posts(view, cells, largest, in_steps=in_steps)
    if placed is None and stage.is_burden:
        return None
    start = trial.keep_posts(cells.least[:, column]) if placed is None else (placed.cells, placed.cuts)
    if start is None:
        return None
    if stage.aversion is not None:
        return _cheapest(trial, stage, start)
    bound = 0.0 if placed is None and not trial.in_steps else None if placed is None else placed.log.bound
    if bound and not stage.is_burden:
        bound = 1000 / bound
    return _worst_first(trial, stage, start, bound)


def _cheapest(trial: Trial, stage: LowerLoads, start: tuple[Cells, Cuts]) -> Placed:
    """Return the posts with the lowest sum of exponential costs; those of the start where no better ones are found."""
    column, has_pupils = trial.column, np.array([bool(pupils) for pupils in trial.loads])
    welfare = _Welfare(trial, stage, start[0])
    bounded = trial.keep_posts(welfare.leasts()) or start
    costs = {s: partial(welfare.cost, s) for s in np.flatnonzero(has_pupils).tolist()}
    found = cheapest_posts(*bounded, column, costs, in_steps=trial.in_steps)
    best = None if found is None else trial.keep_posts(np.where(has_pupils, found.posts, 0))
    way = "branch and bound" if found is not None and found.is_branched else "linear program, whole without branching"
    method = f"{way}; bound re-checked in exact integers from prices alone"
    bound = None if found is None else welfare.level(found.bound)
    if best is None:
        best, method = start, "no posts in steps were found that do better than the smallest largest load"
    level = _level(stage, best[0], column)
    return Placed(
        Fraction(level), *best, StageLog(stage.title, level, stage_unit(stage), bound, method), NEAR * Fraction(level)
    )


def _worst_first(trial: Trial, stage: LowerLoads, start: tuple[Cells, Cuts], bound: float | None) -> Placed:
    """Give the worst-off school one more step, as long as any can have one (Adams's method).

    Where posts cost the same everywhere and money only flows through funds, no order of giving does better; where rules
    hold schools together only the largest load is proven.
    """
    best, column, step = start, trial.column, int(trial.cells.step[trial.column])
    posts: Ints = best[0].least[:, column].copy()
    is_open = np.array([bool(pupils) for pupils in trial.loads])
    most, smallest = trial.cells.most[:, column], trial.cells.smallest[:, column]
    while is_open.any():
        # Of schools that stand alike the smaller one: a step there leaves the next level higher.
        worst = min(
            np.flatnonzero(is_open).tolist(),
            key=lambda s: (Fraction(int(posts[s])) / trial.loads[s], trial.loads[s], trial.cells.schools[s]),
        )
        raised = posts.copy()
        raised[worst] = max(int(posts[worst]) + step, -(-int(smallest[worst]) // step) * step)
        found = trial.keep_posts(raised) if raised[worst] <= most[worst] else None
        if found is None:
            is_open[worst] = False
        else:
            posts, best = raised, found
    level = _level(stage, best[0], column)
    method = "posts given one by one to the worst-off school, whose own level is proven by bisection"
    return Placed(
        Fraction(level),
        *best,
        StageLog(stage.title, level, stage_unit(stage), bound, method),
        Fraction(ROUNDING) * Fraction(level),
    )


def stage_unit(stage: LowerLoads) -> str:
    """Return the unit of a stage's level."""
    return "pupils per post" if stage.is_burden else "posts per 1,000 pupils"


def _level(stage: LowerLoads, cells: Cells, column: int) -> float:
    """Return the equal level when each school has its least."""
    least = dict(zip(cells.schools, cells.least[:, column].tolist(), strict=True))
    levels = {code: load_of(pupils, least[code], is_burden=stage.is_burden) for code, pupils in stage.loads if pupils}
    return equal_level(stage, levels)


class _Welfare:
    """What some posts at a school cost in the sum that is lowered, in the level's own unit.

    Measured from the worst level at the start, so that no exponential is far from one.
    """

    def __init__(self, trial: Trial, stage: LowerLoads, start: Cells) -> None:
        self.trial, self.stage = trial, stage
        self.sign = 1 if stage.is_burden else -1
        self.kappa = float((stage.aversion or 0) / stage.reference)
        total = sum(trial.loads, Fraction(0))
        self.share = [float(pupils / total) for pupils in trial.loads]
        least = start.least[:, trial.column].tolist()
        levels = [
            float(load_of(pupils, fte, is_burden=stage.is_burden))
            for pupils, fte in zip(trial.loads, least, strict=True)
            if pupils
        ]
        self.base = max(levels) if stage.is_burden else min(levels)

    def cost(self, s: int, fte: int) -> float:
        """Return the cost of some posts at a school: lower for more, ever more slowly."""
        level = float(load_of(self.trial.loads[s], fte, is_burden=self.stage.is_burden))
        above = self.sign * (level - self.base)
        return self.share[s] * (math.expm1(self.kappa * above) / self.kappa if self.kappa else above)

    def level(self, cost: float) -> float | None:
        """Return the equal level that such a sum of costs stands for; None where digits do not tell it."""
        if not self.kappa:
            return self.base + self.sign * cost
        inside = 1 + self.kappa * cost
        return self.base + self.sign * math.log(inside) / self.kappa if inside > ROUNDING else None

    def leasts(self) -> Ints:
        """Return the posts that every plan at least as good as the start must have, shape (n_schools,).

        A school's own part of the sum alone may not pass the whole sum at the start.
        """
        column, is_burden = self.trial.column, self.stage.is_burden
        raised: Ints = self.trial.cells.least[:, column].copy()
        step, smallest = int(self.trial.cells.step[column]), self.trial.cells.smallest[:, column]
        for s, pupils in enumerate(self.trial.loads):
            if not pupils or not (self.kappa or is_burden):
                continue
            # At an aversion of zero only burdens are bounded so: there no school's part is below zero.
            off = -math.log(self.share[s]) / self.kappa if self.kappa else self.base / self.share[s] - self.base
            worst = (self.base + self.sign * off) * (1 + self.sign * ROUNDING)
            enough = float(pupils) * 100 / worst if is_burden else float(pupils) * worst / 10
            fewest = math.ceil(enough / step - ROUNDING) * step
            if fewest > 0 or is_burden:
                raised[s] = max(int(raised[s]), fewest, -(-max(step, int(smallest[s])) // step) * step)
        return raised
