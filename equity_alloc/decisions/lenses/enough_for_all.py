"""Sufficientarian: the least missing to what is enough."""

from __future__ import annotations

from equity_alloc.decisions.lens import Aim, Lens, first_stage
from equity_alloc.domain.source import Source
from equity_alloc.objectives.least_shortfall import LeastShortfall
from equity_alloc.scenario import ScenarioView


def _aim(view: ScenarioView) -> Aim:
    return first_stage(LeastShortfall(), view)


LENS = Lens(
    code="enough-for-all",
    name="Enough for all",
    field_name="sufficientarianism (least shortfall)",
    place=50,
    asks="Is as little as can be missing to what is enough at each school?",
    overlooks="Everything above enough; and what is enough is a choice.",
    source=Source("Frankfurt, Equality as a Moral Ideal, Ethics 98(1)", "pages 21-43", "", "1987"),
    aim=_aim,
)
