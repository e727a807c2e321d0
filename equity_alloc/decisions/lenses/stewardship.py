"""Common good: the house in order for those who come after."""

from __future__ import annotations

from equity_alloc.decisions.lens import Lens
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.source import Source
from equity_alloc.planning.plan import Plan


def _tells(plan: Plan) -> str:
    view = plan.view
    targets = [(code, target) for code, target in view.targets if target > 0]
    at = [code for code, target in targets if view.district.counted_dollars(plan.allocation, code) >= target]
    pupils = sum(view.district.school_of[code].enrollment for code in at)
    everybody = sum(view.district.school_of[code].enrollment for code, _ in targets)
    left = sum(fund.unallocated for fund in plan.certificate.funds)
    return (
        f"Not a plan of its own, for it counts thresholds: {pupils:,} of {everybody:,} pupils are at schools with all of their "
        f"target, and {print_dollars(left)} are left unallocated."
    )


LENS = Lens(
    code="stewardship",
    name="Keep the house in order",
    field_name="common good, stewardship",
    place=130,
    asks="Do as many pupils as can be have what they are owed, and is next year paid for?",
    overlooks="How far below a threshold somebody is.",
    source=Source(
        "Markkula Center for Applied Ethics, A Framework for Ethical Decision Making",
        "six lenses",
        "https://www.scu.edu/ethics/ethics-resources/a-framework-for-ethical-decision-making/",
        "2021",
    ),
    tells=_tells,
)
