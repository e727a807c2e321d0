"""Objection 14: "You had already decided."."""

from __future__ import annotations

from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection


def _answer(case: Case) -> Answer | None:
    found = case.assessment
    decided = case.book.decision_of(case.plan.digest)
    count = (
        f"{case.options} options stand side by side, last year among them."
        if case.options
        else "No options have been laid side by side yet."
    )
    if found is None:
        return Answer(
            f"No assessment of this plan is complete. {count}",
            "Nothing on record shows that anything was open. Complete the assessment before the vote.",
            "The assessment stands on Decision record; most of it is filled in from the plan.",
            "What people had in mind.",
        )
    link, assessment = found
    fact = f"The assessment was complete on {link.at[:10]} at {link.at[11:16]} UTC, by {assessment.by} ({assessment.role}). {count}"
    if decided is not None:
        first = decided[1].was_assessed_before
        order = "before" if first else "AFTER" if first is False else "without"
        fact += (
            f" The decision of {decided[1].decided_on} is on record, the assessment {order} it."
            if order != "without"
            else f" The decision of {decided[1].decided_on} names no assessment."
        )
    return Answer(
        fact,
        f"What changed because of it: {assessment.changed}",
        "Dissent is recorded in the words of those who dissent, and the day to look again is set.",
        "What people had in mind.",
    )


OBJECTION = Objection(14, "You had already decided.", "Always: the order of things is on record.", _answer)
