"""Objection 5: "This is race-based."."""

from __future__ import annotations

from equity_alloc.decisions.case import Case
from equity_alloc.decisions.drivers import drivers
from equity_alloc.decisions.objection import Answer, Objection
from equity_alloc.domain.district import GroupUse


def _answer(case: Case) -> Answer | None:
    told = list(drivers(case.plan))
    blind = case.blind
    audit = [group for group in case.plan.district.groups if group.use is GroupUse.AUDIT]
    if blind is None and not audit:
        fact = "No protected attribute is in the file, so none can have driven the plan."
    elif blind is None:
        fact = (
            "The counts that are for audit only are the same at every school, so dealing them out anew shows nothing."
        )
    elif blind:
        fact = (
            f"The counts of {len(audit)} groups that are for audit only were dealt out anew between schools, and the plan was made again: it is "
            "the same to the cent and to the post."
        )
    else:
        fact = "With audit-only counts dealt out anew the plan came out different. This must not be; do not adopt it before that is explained."
    reply = f"What drove it: {' '.join(told[:-1])} {told[-1]}"
    return Answer(
        fact,
        reply,
        "The statement of what drove the plan goes out with every record; counsel can read it before the vote.",
        "How a court would judge a driver that goes along with race. This is no legal advice.",
    )


OBJECTION = Objection(5, "This is race-based.", "Always: the answer is owed whether or not anybody asks.", _answer)
