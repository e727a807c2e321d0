"""What a lens is: an ethical view as a goal that can be planned by, or words where no number would be honest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from equity_alloc.domain.source import Source
from equity_alloc.objectives.base import LowerDistance, Objective, RaiseEquivalent
from equity_alloc.planning.plan import Plan
from equity_alloc.scenario import ScenarioView


@dataclass(frozen=True)
class Aim:
    """A lens as a goal in one district.

    Parameters
    ----------
    objective : Objective
        To plan by it.
    stage : RaiseEquivalent or LowerDistance
        By which plans are judged.
    """

    objective: Objective
    stage: RaiseEquivalent | LowerDistance


@dataclass(frozen=True)
class Lens:
    """One view of what is right.

    Parameters
    ----------
    code, name : str
    field_name : str
        How the literature calls it.
    place : int
        In every list.
    asks : str
        The question that it puts, in one sentence.
    overlooks : str
        What it does not see.
    source : Source
    aim : callable or None
        Makes the goal; None where the lens is not computed.
    tells : callable or None
        What can be said of a plan instead, where the lens is not computed.
    """

    code: str
    name: str
    field_name: str
    place: int
    asks: str
    overlooks: str
    source: Source
    aim: Callable[[ScenarioView], Aim] | None = None
    tells: Callable[[Plan], str] | None = None


def first_stage(objective: Objective, view: ScenarioView) -> Aim:
    """Return an objective with the stage by which plans are judged.

    Raises
    ------
    TypeError
        If its first stage cannot judge plans in dollars.
    """
    stage = next(objective.stages(view))
    if not isinstance(stage, RaiseEquivalent | LowerDistance):
        raise TypeError(f"{objective.code} cannot be a lens: its first stage judges no dollars.")
    return Aim(objective, stage)
