"""Maximin over student groups, then the next."""

from __future__ import annotations

from equity_alloc.decisions.lens import Aim, Lens, first_stage
from equity_alloc.domain.source import Source
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.units import Whose
from equity_alloc.scenario import ScenarioView


def _aim(view: ScenarioView) -> Aim:
    return first_stage(RaiseByDial("infinity", unit=Whose.GROUP), view)


LENS = Lens(
    code="worst-off-group",
    name="Best for the worst-off student group",
    field_name="leximin over student groups",
    place=70,
    asks="Does the student group with the least have the most that it can have, wherever its pupils go?",
    overlooks="A group that is spread over all schools hardly moves, and single schools may stay low.",
    source=Source("Rawls, A Theory of Justice", "sections 11-13 and 26", "", "1971"),
    aim=_aim,
)
