"""What a plan reaches by its own goal where that is not the lowest level: the equal level that is worth as much."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.objectives.base import LowerLargestLoad, LowerLoads, RaiseEquivalent, RaiseWorstDraws
from equity_alloc.objectives.loads import NO_POST
from equity_alloc.planning.plan import Plan


@dataclass(frozen=True, slots=True)
class OwnLevel:
    """The goal's own measure, today and in the plan.

    Parameters
    ----------
    name : str
        What is measured, in plain words, as a sentence begins.
    today : float or None
        None where today has no such level: somebody has nothing.
    plan : float
    unit : str
    """

    name: str
    today: float | None
    plan: float
    unit: str


def own_level(plan: Plan) -> OwnLevel | None:
    """Return what a plan reaches by its own goal, or None where the lowest school's level is the goal or none is raised."""
    stage = next(plan.scenario.objective.stages(plan.view))
    if isinstance(stage, RaiseEquivalent):
        if stage.aversion is None and stage.ceiling is None and stage.one_a_school:
            return None
        capped = "" if stage.ceiling is None else f", counted up to {float(stage.ceiling):,g}"
        whose = "" if stage.one_a_school else " of student groups"
        if stage.aversion is None:
            name = f"Lowest level{whose}{capped}"
        elif stage.aversion == 0:
            name = f"Mean level{whose}{capped}"
        else:
            name = f"Equal level{whose} worth as much (aversion {float(stage.aversion):g}){capped}"
        return _own(plan, name, stage.unit)
    if isinstance(stage, RaiseWorstDraws):
        return _own(plan, "Lowest level in the worst draws of enrollment", stage.levels.unit)
    if isinstance(stage, LowerLargestLoad):
        return _own(plan, "Largest load of a post", "pupils per post")
    if isinstance(stage, LowerLoads):
        unit = "pupils per post" if stage.is_burden else "posts per 1,000 pupils"
        if stage.aversion is None:
            return _own(plan, "Largest load of a post" if stage.is_burden else "Fewest posts at a school", unit)
        kind = "load as bad" if stage.is_burden else "posts as good"
        return _own(plan, f"Equal {kind} (aversion {float(stage.aversion):g})", unit)
    return None


def _own(plan: Plan, name: str, unit: str) -> OwnLevel:
    def level(allocation: Allocation) -> float:
        return abs(float(plan.scenario.objective.score(plan.view, allocation)[0]))

    try:
        today: float | None = level(plan.view.district.today)
    except EquityAllocError:
        today = None
    # A school with pupils and no post has a load without end, which is no number to compare with.
    known = None if today is None or today >= NO_POST else today
    return OwnLevel(name, known, level(plan.allocation), unit)
