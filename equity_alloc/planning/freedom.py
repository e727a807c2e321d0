"""Is the plan the only best one? What each school could have instead at no loss to the goal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.district import District
from equity_alloc.domain.money import Cents
from equity_alloc.objectives.base import LowerDistance
from equity_alloc.planning.raising import raise_by_dial
from equity_alloc.planning.regret import dial_stage, possible_problem
from equity_alloc.scenario import Scenario
from equity_alloc.solver.projected import Projected, build_projected
from equity_alloc.solver.stages import Driver

#: Cents per weighted pupil by which the best may be missed while looking: the solver's own digits, and no more.
DIGITS = 0.02
#: Cents per weighted pupil below which a range is those digits, gathered at one school.
LEAST_RANGE = 10.0


@dataclass(frozen=True, slots=True)
class Range:
    """What a school could have, counted dollars, with every best level kept.

    Parameters
    ----------
    school : str
    least, most : Cents
    """

    school: str
    least: Cents
    most: Cents


@dataclass(frozen=True)
class Freedom:
    """What the goal leaves open, in dollars and fractional posts.

    Parameters
    ----------
    ranges : tuple of Range
        Schools that could change at no loss, the widest first.
    n_schools : int
    """

    ranges: tuple[Range, ...]
    n_schools: int

    @property
    def is_unique(self) -> bool:
        """Whether the goal alone fixes every school's counted dollars."""
        return not self.ranges


def freedom(district: District, scenario: Scenario) -> Freedom | None:
    """Return which schools could change at no loss to the goal and by how much, or None where no plan exists.

    A goal of distances from targets is held as such; any other is read by the dial.

    Raises
    ------
    EquityAllocError
        If there is no level to raise.
    """
    view = scenario.view(district)
    problem = possible_problem(view, scenario.rules)
    if problem is None:
        return None
    cells, cuts = problem
    goal = next(scenario.objective.stages(view))
    pupils = np.array([float(view.weighted_pupils[code]) for code in cells.schools])
    if isinstance(goal, LowerDistance):
        model = build_projected(cells, cuts)
        solved = Driver(model).lower_distance(goal)
        return _open(model, pupils) if solved.is_accepted else None
    stage = dial_stage(view)
    reached = raise_by_dial(cells, cuts, stage)
    if all(len(unit.parts) == 1 for unit in stage.units) and stage.aversion != 0 and stage.ceiling is None:
        # Welfare is strictly concave in the schools' levels (and leximin fixes them one by one): no second best plan.
        return Freedom((), len(cells.schools))
    model = build_projected(cells, cuts)
    reached.hold(model, DIGITS * pupils)
    return _open(model, pupils)


def _open(model: Projected, pupils: NDArray[np.float64]) -> Freedom | None:
    """Return how far each school's dollars reach while a model holds what was best."""
    cells, cuts = model.cells, model.cuts
    ends = []
    for s in range(len(cells.schools)):
        found = []
        for sign in (-1.0, 1.0):
            cost = np.zeros(model.solver.n_columns)
            cost[model.pooled[s]] = sign
            model.solver.set_objective(cost, maximize=True)
            solved = model.solve()
            if not solved.is_accepted:
                return None
            found.append(float(model.pooled_cents(solved)[s]) + float(cuts.counted_local[s]))
        ends.append(found)
    ranges = [
        Range(code, round(low), round(high))
        for code, (low, high), count in zip(cells.schools, ends, pupils.tolist(), strict=True)
        if high - low > LEAST_RANGE * max(count, 1.0)
    ]
    ranges.sort(key=lambda each: (each.least - each.most, each.school))
    return Freedom(tuple(ranges), len(cells.schools))
