"""Formal equality: the same core dollars for every pupil."""

from __future__ import annotations

from fractions import Fraction

from equity_alloc.decisions.lens import Aim, Lens, first_stage
from equity_alloc.domain.money import share_out
from equity_alloc.domain.source import Source
from equity_alloc.objectives.agreed_dollars import AgreedDollars, agreed_text
from equity_alloc.scenario import ScenarioView


def equal_dollars(view: ScenarioView) -> dict[str, int]:
    """Return each school's part of the core money by enrollment, in whole cents."""
    schools = [school for school in view.district.schools if school.enrollment]
    parts = share_out(view.counted_pot, [Fraction(s.enrollment) for s in schools], [s.code for s in schools])
    return dict(zip((school.code for school in schools), parts, strict=True))


def _aim(view: ScenarioView) -> Aim:
    return first_stage(AgreedDollars(agreed_text(equal_dollars(view))), view)


LENS = Lens(
    code="same-for-each",
    name="The same for each pupil",
    field_name="formal equality",
    place=10,
    asks="Does every pupil bring the same core dollars, wherever the school is?",
    overlooks="That some pupils need more to get as far.",
    source=Source(
        "Strike, Haller and Soltis, The Ethics of School Administration", "equal respect for persons", "", "2005"
    ),
    aim=_aim,
)
