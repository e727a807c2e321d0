"""Objection 3: "Money does not matter."."""

from __future__ import annotations

from decimal import Decimal

from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection, schools
from equity_alloc.domain.money import print_dollars
from equity_alloc.parameters.library import parameters


def _answer(case: Case) -> Answer | None:
    winners = case.losses.winners
    pupils = sum(row.enrollment for row in winners)
    if not pupils:
        return None
    table = parameters("hard_choices")
    gain, low, high, college = (
        table[name][-1].value for name in ("score-gain", "score-gain-low", "score-gain-high", "college-gain")
    )
    each = case.losses.gained / pupils
    scale = Decimal(case.losses.gained) / pupils / 100_000
    fact = (
        f"{schools(len(winners))} gain {print_dollars(round(each))} a pupil on average. Where $1,000 more a pupil was spent for four years, "
        f"scores rose by {gain} standard deviations and college-going by {college * 100:.1f} points on average."
    )
    reply = (
        f"Kept up for four years, this gain would come to {gain * scale:.4f} standard deviations if it worked as on average; nine of ten "
        f"policies lie between {low * scale:.4f} and {high * scale:.4f}, so it may also do nothing. How it is used decides."
    )
    offer = "Say at each school what the money is for and what will tell whether it worked; the record asks for both."
    return Answer(fact, reply, offer, f"What it will do here. Source of the averages: {table['score-gain'][-1].cited}.")


OBJECTION = Objection(3, "Money does not matter.", "Some schools gain.", _answer)
