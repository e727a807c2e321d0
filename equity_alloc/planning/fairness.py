"""What equity costs: of the total, of dollars above the cheapest plan, and what it is worth in new money.

The price of fairness is the part of the highest total that the fairest plan gives up (Bertsimas, Farias and Trichakis, The
price of fairness, Operations Research 59(1), 2011). Where funds are spent in full either way it is zero, so the other
answers stand beside it: the equal level that is worth as much, in dollars of new money spread evenly.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.money import Cents
from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.objectives.dial import NAMED, aversion_of
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.raise_lowest import RaiseLowestFirst
from equity_alloc.objectives.units import equivalent_of, unit_levels
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.raising import raise_by_dial
from equity_alloc.planning.regret import dial_stage, possible_problem
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.scenario import Scenario
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.stages import Driver


@dataclass(frozen=True, slots=True)
class TotalPrice:
    """The price of fairness, in dollars and fractional posts.

    Parameters
    ----------
    best : float, cents
        The highest core total of any plan under the rules.
    fair : float, cents
        The highest core total of a plan with the best levels.
    """

    best: float
    fair: float

    @property
    def cents(self) -> float:
        """What is given up of the total."""
        return max(0.0, self.best - self.fair)

    @property
    def share(self) -> float:
        """What is given up, as a part of the highest total; zero where there is none."""
        return self.cents / self.best if self.best > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Worth:
    """What a plan is worth beside today at one setting of the dial.

    Parameters
    ----------
    setting : str
        As named on the dial.
    today, plan : float
        Equal level that is worth as much, in the levels' unit.
    cents : float
        New money that, spread evenly over today's equal level, would do as much.
    """

    setting: str
    today: float
    plan: float
    cents: float


def total_price(district: District, scenario: Scenario) -> TotalPrice | None:
    """Return the price of fairness of a scenario's goal, or None where no plan exists.

    A goal that raises no levels is read as the lowest first.

    Raises
    ------
    EquityAllocError
        If there is no level to raise.
    """
    view = scenario.view(district)
    stage = fair_stage(scenario, dial_stage(view))
    problem = possible_problem(view, scenario.rules)
    return None if problem is None else price_in(*problem, stage)


def fair_stage(scenario: Scenario, stage: RaiseEquivalent) -> RaiseEquivalent:
    """Return the stage of the scenario's own aversion; lowest first where its goal has none."""
    if isinstance(scenario.objective, RaiseByDial):
        return dataclasses.replace(stage, ceiling=None)
    return dataclasses.replace(stage, aversion=None, ceiling=None)


def price_in(cells: Cells, cuts: Cuts, stage: RaiseEquivalent) -> TotalPrice:
    """Return the price of fairness of a stage in a problem that has plans.

    Parameters
    ----------
    cells : Cells
    cuts : Cuts
        Feasible, of the same cells.
    stage : RaiseEquivalent

    Returns
    -------
    TotalPrice
        Core money that all schools have together, in cents: at most, and with the stage's levels held.
    """
    reached = raise_by_dial(cells, cuts, stage)
    free, held = build_projected(cells, cuts), build_projected(cells, cuts)
    reached.hold(held, np.full(len(cells.schools), 1e-3))
    totals = []
    for model in (free, held):
        solved = Driver(model).most_spent()
        totals.append(float(model.pooled_cents(solved).sum() + cuts.counted_local.sum()))
    return TotalPrice(*totals)


def worths(plan: Plan) -> tuple[Worth, ...]:
    """Return what a plan is worth at every setting of the dial above zero, from the finished plan alone.

    A setting under which a level of nothing has no meaning is left out.
    """
    view = plan.view
    weight = sum((weight for _, weight in view.levels.weights), Fraction(0))
    found = []
    for name in NAMED[1:]:
        stage = dial_stage(dataclasses.replace(plan.scenario, objective=RaiseByDial(name)).view(plan.district))
        stage = dataclasses.replace(stage, aversion=aversion_of(name, Decimal(0)))
        levels = [unit_levels(stage.units, view, each) for each in (view.district.today, plan.allocation)]
        try:
            today, proposed = (equivalent_of(stage, each) for each in levels)
        except EquityAllocError:
            continue
        found.append(Worth(name, today, proposed, (proposed - today) * float(weight * view.levels.cents_per_unit)))
    return tuple(found)


def new_core(plan: Plan) -> Cents:
    """Return the core dollars that schools have beyond last year's, at the plan year's costs."""
    district = plan.view.district
    return sum(
        district.counted_dollars(plan.allocation, school.code) - district.counted_dollars(district.today, school.code)
        for school in district.schools
    )


def has_goal_of_levels(scenario: Scenario) -> bool:
    """Whether the scenario's goal raises levels, so that its own aversion is what is priced."""
    return isinstance(scenario.objective, RaiseByDial | RaiseLowestFirst)
