"""Maximin over schools, then the next."""

from __future__ import annotations

from equity_alloc.decisions.lens import Aim, Lens, first_stage
from equity_alloc.domain.source import Source
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.units import Whose
from equity_alloc.scenario import ScenarioView


def _aim(view: ScenarioView) -> Aim:
    return first_stage(RaiseByDial("infinity", unit=Whose.SCHOOL), view)


LENS = Lens(
    code="worst-off-school",
    name="Best for the worst-off school",
    field_name="leximin over schools",
    place=60,
    asks="Does the school with the least have the most that it can have, and then the next?",
    overlooks="That worst-off pupils may sit in schools that are not. Rawls spoke of institutions, not of school levels.",
    source=Source("Rawls, A Theory of Justice", "sections 11-13 and 26", "", "1971"),
    aim=_aim,
)
