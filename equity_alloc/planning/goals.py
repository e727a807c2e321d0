"""Every goal's plan judged by every other goal, in dollars and fractional posts."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from equity_alloc.domain.errors import EquityAllocError, SolverFailed
from equity_alloc.objectives.base import LowerDistance, Objective, RaiseEquivalent
from equity_alloc.objectives.dial import NAMED, dial_card
from equity_alloc.objectives.least_deviation import LeastDeviation
from equity_alloc.objectives.least_shortfall import LeastShortfall
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.units import equivalent_of
from equity_alloc.planning.raising import raise_by_dial
from equity_alloc.planning.regret import possible_problem
from equity_alloc.problem.arrays import Floats
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.scenario import Scenario, ScenarioView
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.stages import Driver

#: Part of a goal's own scale below which nothing is to be gained by it.
NOTHING = 1e-7


@dataclass(frozen=True, eq=False)
class Goal:
    """A goal with its best plan.

    Parameters
    ----------
    name : str
    objective : Objective
        To plan by it.
    stage : RaiseEquivalent or LowerDistance
    counted : ndarray, shape (n_schools,), cents
        Core dollars of its own plan.
    today, best : float
        What last year, and its own plan, are worth by its own judgment: a level, or minus dollars of distance.
    """

    name: str
    objective: Objective
    stage: RaiseEquivalent | LowerDistance
    counted: Floats
    today: float
    best: float


@dataclass(frozen=True, eq=False)
class Goals:
    """Goals with their plans, and what each plan forgoes by each goal's judgment.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    goals : tuple of Goal
        Those by which something is to be gained.
    gains : ndarray, shape (n_goals,)
        What each goal's own plan gains over last year; over the worst of the plans where last year is as good.
    regret : ndarray, shape (n_goals, n_goals), share
        `regret[i, j]`: the part of goal j's gain that the plan of goal i forgoes.
    """

    cells: Cells
    cuts: Cuts
    goals: tuple[Goal, ...]
    gains: Floats
    regret: Floats

    def regrets_of(self, counted: Floats) -> Floats:
        """Return the part of each goal's gain that a plan with these core dollars forgoes, shape (n_goals,)."""
        worth = np.array([worth_of(goal.stage, self.cells, counted) for goal in self.goals])
        return np.asarray((np.array([goal.best for goal in self.goals]) - worth) / self.gains)


def compare_goals(view: ScenarioView, scenario: Scenario) -> Goals | None:
    """Return every goal's plan judged by every other, or None where no plan exists or there is nothing to gain.

    Raises
    ------
    EquityAllocError
        If there is no level to raise.
    """
    problem = possible_problem(view, scenario.rules)
    if problem is None:
        return None
    cells, cuts = problem
    today = np.array([float(view.district.counted_dollars(view.district.today, code)) for code in cells.schools])
    staged = []
    for name, objective in _objectives():
        stage = next(objective.stages(view))
        if isinstance(stage, RaiseEquivalent | LowerDistance):
            staged.append((name, objective, stage))
    return goals_in(cells, cuts, today, staged)


def goals_in(
    cells: Cells, cuts: Cuts, today: Floats, staged: Sequence[tuple[str, Objective, RaiseEquivalent | LowerDistance]]
) -> Goals | None:
    """Return goals judged by each other in a problem that has plans, or None where nothing is to be gained.

    Parameters
    ----------
    cells : Cells
    cuts : Cuts
        Feasible, of the same cells.
    today : ndarray, shape (n_schools,), cents
        Core money of each school last year.
    staged : sequence of (str, Objective, RaiseEquivalent or LowerDistance)
        Each goal's name, itself, and its first stage.
    """
    found = []
    for name, objective, stage in staged:
        try:
            counted = _best_plan(cells, cuts, stage)
            worths = [worth_of(stage, cells, each) for each in (today, counted)]
        except EquityAllocError:
            continue  # At a level of nothing this goal tells no plan from another.
        found.append(Goal(name, objective, stage, counted, worths[0], worths[1]))
    worth = np.array([[worth_of(judge.stage, cells, goal.counted) for judge in found] for goal in found])
    best = np.array([goal.best for goal in found])
    # A plan of another goal may happen to be a digit better than what the solver called the best.
    best = np.maximum(best, worth.max(0)) if found else best
    gains = best - np.array([goal.today for goal in found])
    scale = np.maximum(1.0, np.abs(best))
    gains = np.where(gains > NOTHING * scale, gains, best - worth.min(0)) if found else gains
    kept = np.flatnonzero(gains > NOTHING * scale)
    if not len(kept):
        return None
    goals = tuple(dataclasses.replace(found[k], best=float(best[k])) for k in kept.tolist())
    regret = (best[kept] - worth[np.ix_(kept, kept)]) / gains[kept]
    return Goals(cells, cuts, goals, gains[kept], np.maximum(regret, 0.0))


def worth_of(stage: RaiseEquivalent | LowerDistance, cells: Cells, counted: Floats) -> float:
    """Return what core dollars are worth by a goal: an equal level, or minus the dollars of distance.

    Where somebody has nothing and the dial is at one or more, the equal level is nothing.

    Parameters
    ----------
    stage : RaiseEquivalent or LowerDistance
    cells : Cells
    counted : ndarray, shape (n_schools,), cents
        Core money of each school.

    Returns
    -------
    float, in the unit of the stage's levels, or dollars
        More is better.
    """
    row = {code: s for s, code in enumerate(cells.schools)}
    if isinstance(stage, LowerDistance):
        off = [float(target) - float(counted[row[code]]) for code, target in stage.targets]
        return -sum(stage.below * max(0.0, gap) + stage.above * max(0.0, -gap) for gap in off) / 100
    levels = levels_of(stage, cells, counted)
    if stage.aversion is not None and stage.aversion >= 1 and stage.reference is None and levels.min() <= 0:
        return 0.0
    return equivalent_of(stage, levels.tolist())


def levels_of(stage: RaiseEquivalent, cells: Cells, counted: Floats) -> Floats:
    """Return the levels of a stage's units, in its unit.

    Parameters
    ----------
    stage : RaiseEquivalent
    cells : Cells
    counted : ndarray, shape (n_schools,), cents
        Core money of each school.

    Returns
    -------
    ndarray, shape (n_units,)
    """
    row = {code: s for s, code in enumerate(cells.schools)}
    return np.array([sum(float(part) * float(counted[row[code]]) for code, part in unit.parts) for unit in stage.units])


def _objectives() -> list[tuple[str, Objective]]:
    dial: list[tuple[str, Objective]] = [(dial_card(name).name, RaiseByDial(name, Decimal(2))) for name in NAMED]
    return [*dial, ("Least shortfall", LeastShortfall()), ("Closest to target", LeastDeviation())]


def _best_plan(cells: Cells, cuts: Cuts, stage: RaiseEquivalent | LowerDistance) -> Floats:
    """Return the core dollars of a goal's plan; where the goal leaves some open, those with the fewest moves."""
    model = build_projected(cells, cuts)
    driver = Driver(model)
    if isinstance(stage, RaiseEquivalent):
        reached = raise_by_dial(cells, cuts, stage)
        if reached.pooled is not None:
            return np.asarray(reached.pooled + cuts.counted_local)
        reached.hold(model, np.zeros(len(cells.schools)))
    elif not driver.lower_distance(stage).is_accepted:
        raise SolverFailed("The distance from the targets could not be lowered.")
    solved = driver.least_change()
    if not solved.is_accepted:
        raise SolverFailed("The fewest moves were not found.")
    return np.asarray(model.pooled_cents(solved) + cuts.counted_local)
