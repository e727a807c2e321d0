"""Objection 8: "Families will leave, and donations will stop."."""

from __future__ import annotations

from decimal import Decimal

from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.parameters.library import parameters


def _answer(case: Case) -> Answer | None:
    losers = case.losses.losers
    pupils = sum(row.enrollment for row in losers)
    everybody = sum(row.enrollment for row in case.losses.rows)
    if not losers or not pupils or not everybody:
        return None
    table = parameters("hard_choices")
    low, high = (table[name][-1].value for name in ("leave-low", "leave-high"))
    core = sum(row.counted_plan for row in case.losses.rows)
    each = Decimal(core) / everybody
    leave = [round(pupils * share) for share in (low, high)]
    money = [print_dollars(round(count * each)) for count in leave]
    fact = (
        f"If {low * 100:.0f} to {high * 100:.0f} % of the {pupils:,} pupils at schools that give up left the district, that would be {leave[0]:,} to "
        f"{count_words(leave[1], 'pupil')}, and at the district's mean of {print_dollars(round(each))} of core money a pupil {money[0]} to {money[1]} a year."
    )
    before, after = (table[name][-1].value for name in ("donations-before", "donations-after"))
    drop = (before - after) / before * 100
    reply = (
        f"It can happen, and it is not denied: where Portland pooled parents' money, it fell from ${before:,.0f} to ${after:,.0f} ({drop:.1f} % less), by "
        "the count of the lawyers who sued."
    )
    return Answer(
        fact,
        reply,
        "Going more slowly gives schools time; the path above says what each year costs.",
        "How many would leave, and what is donated at each school: neither is in the data. The shares are examples, not forecasts. "
        f"Source of the amounts: {table['donations-after'][-1].cited}.",
    )


OBJECTION = Objection(8, "Families will leave, and donations will stop.", "A school gives up core money.", _answer)
