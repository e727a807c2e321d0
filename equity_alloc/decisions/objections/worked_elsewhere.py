"""Objection 12: "It worked elsewhere, not here."."""

from __future__ import annotations

from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection, schools
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars


def _answer(case: Case) -> Answer | None:
    if not case.losses.winners:
        return None
    posts = sum(each.added for each in case.staff)
    fact = (
        f"The plan adds {print_fte(posts)} FTE of posts and {print_dollars(case.losses.gained)} of core money at {schools(len(case.losses.winners))}. It claims "
        "no effect on learning: its goal is who has what, not what follows."
    )
    return Answer(
        fact,
        "Agreed as far as effects go. What is known of programs, on the cautious end and at which size, stands on Interventions.",
        "Begin with a few schools, one measure named before, and a rule for stopping; the record asks what will tell whether it worked.",
        "Whether a program that worked elsewhere works here, before anybody has tried.",
    )


OBJECTION = Objection(
    12,
    "It worked elsewhere, not here.",
    "The plan moves posts or dollars because of what they are hoped to do.",
    _answer,
)
