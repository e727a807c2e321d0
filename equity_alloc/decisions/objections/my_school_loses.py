"""Objection 1: "My school loses."."""

from __future__ import annotations

from equity_alloc.decisions.case import Case
from equity_alloc.decisions.losses import loss_share
from equity_alloc.decisions.objection import Answer, Objection, schools
from equity_alloc.domain.money import print_dollars


def _answer(case: Case) -> Answer | None:
    losers = case.losses.losers
    if not losers:
        return None
    first, way = losers[0], case.way
    share = loss_share(first)
    part = f" ({float(share) * 100:.1f} %)" if share is not None else ""
    fact = (
        f"{schools(len(losers))} of {len(case.losses.rows)} give up {print_dollars(case.losses.lost)} of core money, most {first.name}: "
        f"{print_dollars(-first.counted_change)}{part}. {schools(case.losses.carry_half)} carry half of it."
    )
    last = way.last
    pace = f"{case.pace.most_loss * 100:.1f} % a year"
    if last is None:
        never = sum(1 for year in way.reached.values() if year is None)
        path = f"At {pace}, {schools(never)} would never get to the plan's amount."
    else:
        path = f"At {pace}, the last school has the plan's amount in year {last}."
    kept = sum(1 for rule in case.plan.certificate.rules if rule.is_kept)
    reply = f"{path} {kept} of {len(case.plan.certificate.rules)} rules are kept at every school, those that set a least among them."
    offer = (
        f"Going at that pace keeps {print_dollars(way.held(1))} at schools that give up in the first year; it is paid by "
        f"{case.pace.payer.value}."
    )
    return Answer(
        fact,
        reply,
        offer,
        "Which services a school will choose to end: the plan gives posts and dollars, not timetables.",
    )


OBJECTION = Objection(1, "My school loses.", "A school gives up core money.", _answer)
