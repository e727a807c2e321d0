"""Egalitarian without levelling down: student groups brought up to the district's own level."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from equity_alloc.decisions.lens import Aim, Lens, first_stage
from equity_alloc.domain.source import Source
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.units import Whose
from equity_alloc.scenario import ScenarioView


def district_level(view: ScenarioView) -> Decimal:
    """Return the level of all schools together, in the levels' unit, to the cent."""
    weights = sum((weight for _, weight in view.levels.weights), Fraction(0))
    level = view.counted_pot / weights / view.levels.cents_per_unit if weights else Fraction(0)
    places = 2 if view.levels.cents_per_unit > 1 else 4
    return Decimal(round(level * 10**places)).scaleb(-places)


def _aim(view: ScenarioView) -> Aim:
    return first_stage(RaiseByDial("0", unit=Whose.GROUP, ceiling=district_level(view)), view)


LENS = Lens(
    code="close-the-gap",
    name="Close the gap between groups",
    field_name="egalitarian, gap to the district level",
    place=80,
    asks="Is every student group brought as near as can be to the level of the district?",
    overlooks="Nothing is gained by lowering anybody, but nothing above the district's level counts either.",
    source=Source(
        "powell, Menendian and Ake, Targeted Universalism",
        "step 3: groups and places that differ from the goal",
        "",
        "2019",
    ),
    aim=_aim,
)
