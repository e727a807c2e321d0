"""Objection 9: "Small schools die."."""

from __future__ import annotations

from decimal import Decimal
from statistics import median

from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection, schools
from equity_alloc.domain.money import print_dollars
from equity_alloc.parameters.library import parameters
from equity_alloc.rules.staffing_least import StaffingLeast


def _answer(case: Case) -> Answer | None:
    rows = [row for row in case.losses.rows if row.enrollment]
    if len(rows) < 3:
        return None
    share = parameters("hard_choices")["small-school"][-1].value
    line = Decimal(str(median(row.enrollment for row in rows))) * share
    small = [row for row in rows if row.enrollment < line]
    if not small:
        return None
    pupils = sum(row.enrollment for row in small)
    before, after = (sum(getattr(row, name) for row in small) for name in ("counted_today", "counted_plan"))
    everybody = sum(row.enrollment for row in rows)
    mean = sum(row.counted_plan for row in rows) / everybody
    down = sum(1 for row in small if row.counted_change < 0)
    fact = (
        f"{schools(len(small))} {'is' if len(small) == 1 else 'are'} below {share * 100:.0f} % of the middle enrollment. Together they have {print_dollars(round(after / pupils))} of core "
        f"money a pupil in the plan against {print_dollars(round(before / pupils))} last year; the district's mean is {print_dollars(round(mean))}."
    )
    reply = f"{down} of them give{'s' * (down == 1)} up core money." if down else "None of them gives up core money."
    if down == len(small):
        reply = (
            "It gives up core money." if down == 1 else f"{'Both' if down == 2 else 'All'} of them give up core money."
        )
    return Answer(
        fact,
        reply,
        f"A floor of posts for every school (Rules, '{StaffingLeast.title}') is paid whatever a school's size.",
        "Whether a school can be kept open: the plan does not close schools and does not know what a building costs empty.",
    )


OBJECTION = Objection(9, "Small schools die.", "Some school is much smaller than the middle one.", _answer)
