"""Objection 12: "It worked elsewhere, not here."."""

from __future__ import annotations

from equity_alloc.actions.choose import choose
from equity_alloc.actions.replies import replies
from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection, schools
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.baseline import knows_posts

SAYS = "It worked elsewhere, not here."


def _answer(case: Case) -> Answer | None:
    chosen = choose(case.plan.district, case.plan.scenario)
    bought = next((reply for reply in replies(case.plan.district, chosen) if reply.says == SAYS), None)
    offer = "Begin with a few schools, one measure named before, and a rule for stopping; the record asks what will tell whether it worked."
    if bought is not None and case.told.all_counts:
        reply = "Agreed as far as certainty goes: what is bought, behind which cause, and when it stops stands on Interventions."
        return Answer(bought.fact, reply, offer, bought.unknown)
    if not case.losses.winners:
        return None
    bought_words = "buys no named program." if bought is None else "buys programs that stand on Interventions."
    posts = f"{print_fte(sum(each.added for each in case.staff))} FTE of posts and " if knows_posts(case.plan) else ""
    fact = (
        f"The plan adds {posts}{print_dollars(case.losses.gained)} of core money at "
        f"{schools(len(case.losses.winners))}, and {bought_words} It claims no effect on learning: its goal is who has what, "
        "not what follows."
    )
    return Answer(
        fact,
        "Agreed as far as effects go. What is known of programs, on the cautious end and at which size, stands on Interventions.",
        offer,
        "Whether a program that worked elsewhere works here, before anybody has tried.",
    )


OBJECTION = Objection(
    12, SAYS, "The plan moves posts or dollars, or buys a program, because of what these are hoped to do.", _answer
)
