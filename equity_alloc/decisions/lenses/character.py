"""Virtue: no number."""

from __future__ import annotations

from equity_alloc.decisions.lens import Lens
from equity_alloc.domain.source import Source
from equity_alloc.planning.plan import Plan


def _tells(plan: Plan) -> str:
    del plan
    return "Not computed, and never will be. Write the answer on Decision record, where it is kept with the reasons."


LENS = Lens(
    code="character",
    name="What a good person would do",
    field_name="virtue ethics",
    place=140,
    asks="If somebody whom you admire sat in your chair, what would they do, and could you tell the families of every school why?",
    overlooks="Nothing that a number would show.",
    source=Source(
        "Markkula Center for Applied Ethics, A Framework for Ethical Decision Making",
        "six lenses",
        "https://www.scu.edu/ethics/ethics-resources/a-framework-for-ethical-decision-making/",
        "2021",
    ),
    tells=_tells,
)
