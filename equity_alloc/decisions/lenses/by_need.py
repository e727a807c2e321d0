"""Vertical equity: core dollars by the adopted need weights."""

from __future__ import annotations

from equity_alloc.decisions.lens import Aim, Lens, first_stage
from equity_alloc.domain.money import share_out
from equity_alloc.domain.source import Source
from equity_alloc.objectives.agreed_dollars import AgreedDollars, agreed_text
from equity_alloc.scenario import ScenarioView


def weighted_dollars(view: ScenarioView) -> dict[str, int]:
    """Return each school's part of the core money by weighted pupils, in whole cents."""
    weights = {code: weight for code, weight in view.weighted_pupils.items() if weight}
    parts = share_out(view.counted_pot, list(weights.values()), list(weights))
    return dict(zip(weights, parts, strict=True))


def _aim(view: ScenarioView) -> Aim:
    return first_stage(AgreedDollars(agreed_text(weighted_dollars(view))), view)


LENS = Lens(
    code="by-need",
    name="By need weights",
    field_name="vertical equity",
    place=20,
    asks="Does a pupil in need bring as much more as the adopted weights say?",
    overlooks="That the weights themselves are a choice.",
    source=Source(
        "Berne and Stiefel, The Measurement of Equity in School Finance", "chapter 2, vertical equity", "", "1984"
    ),
    aim=_aim,
)
