"""Objection 7: "Teachers will be forced to move."."""

from __future__ import annotations

from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection
from equity_alloc.decisions.staff import yearly_leavers, years_by_leavers
from equity_alloc.domain.fte import print_fte


def _answer(case: Case) -> Answer | None:
    changes = [each for each in case.staff if each.given_up]
    if not changes:
        return None
    given, moves, without = (
        sum(getattr(c, name) for c in changes) for name in ("given_up", "can_move", "without_post")
    )
    vacant = [each.vacant for each in changes if each.vacant is not None]
    known = (
        f"{print_fte(sum(vacant))} of them are known to be vacant"
        if vacant
        else "how many of them are vacant is not known"
    )
    if vacant and len(vacant) < len(changes):
        known += f", and of {len(changes) - len(vacant)} of {len(changes)} positions nothing is known"
    fact = (
        f"Schools give up {print_fte(given)} FTE; {known}. For {print_fte(moves)} another school adds a post of the same kind, and for "
        f"{print_fte(without)} none does."
    )
    years = max(years_by_leavers(each) for each in changes)
    leavers = yearly_leavers()
    reply = (
        "Nobody is left without a post of the same kind."
        if not without
        else f"If {leavers.value * 100:.0f} % of each position leaves in a year anyway, that frees enough posts within {years} year{'s' * (years != 1)}."
    )
    offer = (
        "The rule 'Posts at a school fall only where they are vacant' lets vacancies go first; on Rules it can be added, and the plan follows."
        if moves or without
        else ""
    )
    return Answer(
        fact,
        reply,
        offer,
        "Who would move of their own will. The share that leaves in a year is a default that nobody has checked here.",
    )


OBJECTION = Objection(7, "Teachers will be forced to move.", "Posts are given up.", _answer)
