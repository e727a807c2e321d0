"""Care: as little torn up as can be."""

from __future__ import annotations

from equity_alloc.decisions.lens import Aim, Lens, first_stage
from equity_alloc.domain.source import Source
from equity_alloc.objectives.agreed_dollars import AgreedDollars, agreed_text
from equity_alloc.scenario import ScenarioView


def last_year(view: ScenarioView) -> dict[str, int]:
    """Return each school's core dollars of last year."""
    district = view.district
    return {school.code: district.counted_dollars(district.today, school.code) for school in district.schools}


def _aim(view: ScenarioView) -> Aim:
    return first_stage(AgreedDollars(agreed_text(last_year(view))), view)


LENS = Lens(
    code="least-disruption",
    name="Least disruption",
    field_name="ethic of care (continuity)",
    place=90,
    asks="Do schools keep what their pupils and staff rely on?",
    overlooks="It protects the status quo, whoever it serves.",
    source=Source("Noddings, Caring", "chapter 1", "", "1984"),
    aim=_aim,
)
