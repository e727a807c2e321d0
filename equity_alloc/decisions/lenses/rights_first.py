"""Rights and law: not traded off."""

from __future__ import annotations

from equity_alloc.decisions.lens import Lens
from equity_alloc.domain.number import count_words
from equity_alloc.domain.source import Source
from equity_alloc.planning.plan import Plan
from equity_alloc.rules.base import Force


def _tells(plan: Plan) -> str:
    firm = [rule for rule in plan.certificate.rules if rule.force in (Force.LAW, Force.CONTRACT)]
    kept = sum(1 for rule in firm if rule.is_kept)
    return (
        f"Not traded off: {count_words(len(firm), 'rule')} of law and contract hold in every plan here, whatever the lens. This plan keeps {kept} of "
        "them."
    )


LENS = Lens(
    code="rights-first",
    name="Rights and law first",
    field_name="ethic of justice, rights",
    place=100,
    asks="Is everything that law and contract owe to anybody given before the rest is shared out?",
    overlooks="That a law can be kept and a child still left behind.",
    source=Source(
        "Markkula Center for Applied Ethics, A Framework for Ethical Decision Making",
        "six lenses",
        "https://www.scu.edu/ethics/ethics-resources/a-framework-for-ethical-decision-making/",
        "2021",
    ),
    tells=_tells,
)
