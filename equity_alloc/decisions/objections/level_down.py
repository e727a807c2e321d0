"""Objection 2: "You level down good schools."."""

from __future__ import annotations

from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection

#: Rules that say what a school must have at least.
SETS_A_LEAST = frozenset({"class-size", "formula-entitlement", "hold-harmless", "program-floor", "staffing-least"})


def _answer(case: Case) -> Answer | None:
    if not case.losses.losers:
        return None
    least = [rule for rule in case.plan.certificate.rules if rule.code in SETS_A_LEAST]
    kept = [rule for rule in least if rule.is_kept]
    broken = [f"rule {rule.number} ({rule.title})" for rule in least if not rule.is_kept]
    of = f"{len(kept)} of {len(least)} rules that set" if len(least) != 1 else f"{len(kept)} of 1 rule that sets"
    fact = (
        f"{of} a least for schools (posts, class size, core money) {'is' if len(kept) == 1 else 'are'} kept everywhere."
    )
    if broken:
        reply = f"Not kept, or not testable: {'; '.join(broken[:3])}."
    elif least:
        reply = "No school falls below what these rules call the least, whatever it gives up."
    else:
        reply = "No rule here says what a school must have at least, so the plan cannot show that no standard is lost."
    offer = (
        ""
        if least
        else "A rule for the fewest posts or the largest class can be added on Rules; the plan then keeps it at every school."
    )
    return Answer(fact, reply, offer, "Whether families will feel the difference: no rule measures that.")


OBJECTION = Objection(
    2,
    "You level down good schools.",
    "A school gives up core money while rules set what every school has at least.",
    _answer,
)
