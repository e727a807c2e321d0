"""Profession: what helps pupils most, on careful evidence."""

from __future__ import annotations

from equity_alloc.decisions.lens import Lens
from equity_alloc.domain.source import Source
from equity_alloc.planning.plan import Plan


def _tells(plan: Plan) -> str:
    posts = len(plan.district.positions)
    return (
        f"Not computed: this plan shares out dollars and {posts} kinds of posts, and how much pupils learn from them is not in the data. What is "
        "known about programs stands on Interventions, on the cautious end of the evidence."
    )


LENS = Lens(
    code="on-the-evidence",
    name="What helps pupils most",
    field_name="ethic of the profession",
    place=120,
    asks="Would a careful educator expect pupils to learn more?",
    overlooks="Good local practice that nobody has studied.",
    source=Source(
        "Shapiro and Stefkovich, Ethical Leadership and Decision Making in Education",
        "the ethics of justice, critique, care and the profession",
        "",
        "2001",
    ),
    tells=_tells,
)
