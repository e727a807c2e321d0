"""Objection 6: "Needy children are in my school too."."""

from __future__ import annotations

from equity_alloc.decisions.burden import Kind
from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection


def _answer(case: Case) -> Answer | None:
    district, losers = case.plan.district, {row.code for row in case.losses.losers}
    weights = [need for need in case.plan.scenario.need_weights if need.weight and case.told.may_name(need.group)]
    parts = []
    for need in weights:
        counts = [(school.code, school.group(need.group)) for school in district.schools]
        everybody = sum(count or 0 for _, count in counts)
        here = sum(count or 0 for code, count in counts if code in losers)
        if everybody and here:
            title = district.group_of[need.group].title
            parts.append(
                f"{here / everybody * 100:.1f} % of pupils in {title} (a pupil counts {1 + need.weight:f} everywhere)"
            )
    if not losers or not parts:
        return None
    fact = f"Schools that give up have {'; '.join(parts)}."
    bands = [each for each in case.bearings if each.kind is Kind.QUARTER and each.ratio is not None]
    reply = "A pupil brings the same need weight at every school, so need counts at yours as it does elsewhere."
    if bands:
        most = bands[-1]
        reply += f" The quarter of schools with the most need carries {float(most.ratio or 0):.2f} times its share of the loss."
    return Answer(
        fact,
        reply,
        "What a school does for these pupils inside its own walls is the school's to say; the record can hold what it needs.",
        "How pupils of one school fare against each other: nothing below the school is known.",
    )


OBJECTION = Objection(6, "Needy children are in my school too.", "Pupils in need go to schools that give up.", _answer)
