"""Utilitarian: the most in total."""

from __future__ import annotations

from equity_alloc.decisions.lens import Aim, Lens, first_stage
from equity_alloc.domain.source import Source
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.scenario import ScenarioView


def _aim(view: ScenarioView) -> Aim:
    return first_stage(RaiseByDial("0"), view)


LENS = Lens(
    code="most-in-total",
    name="Most in total",
    field_name="utilitarian sum",
    place=30,
    asks="Do all pupils together get the most?",
    overlooks="That the worst-off may be left behind for the sake of the sum.",
    source=Source("Sidgwick, The Methods of Ethics", "book IV", "", "1907"),
    aim=_aim,
)
