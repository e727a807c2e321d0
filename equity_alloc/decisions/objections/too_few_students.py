"""Objection 11: "Too few students to conclude anything."."""

from __future__ import annotations

from equity_alloc.decisions.burden import Kind
from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection
from equity_alloc.inequity.limits import least_pupils


def _answer(case: Case) -> Answer | None:
    few = [each for each in case.bearings if each.too_few]
    if not few:
        return None
    least = least_pupils()
    told = [each for each in case.bearings if each.ratio is not None and each.kind is not Kind.QUARTER]
    fact = (
        f"{len(few)} student group{'s' * (len(few) != 1)} {'have' if len(few) != 1 else 'has'} fewer than {int(least.value)} pupils in the whole district, "
        f"and {len(told)} {'are' if len(told) != 1 else 'is'} large enough to be told."
    )
    return Answer(
        fact,
        "Agreed: for a group that small nothing is claimed, here or anywhere.",
        "Counts of three years can be put together; then more groups can be told.",
        f"How pupils of small groups fare. Smallest group that is told: {least.cited}.",
    )


OBJECTION = Objection(11, "Too few students to conclude anything.", "Some student group is small.", _answer)
