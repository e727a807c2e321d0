"""Who gives up core money and who gains it, added up from what funds pay each school and not by the code that tells it."""

from __future__ import annotations

from collections import Counter

from equity_alloc.planning.plan import Plan


def core_change(plan: Plan) -> Counter[str]:
    """Return cents by school: what counted funds pay in the plan, less what they paid last year."""
    counted = {fund.code for fund in plan.view.district.funds if fund.counts}
    change: Counter[str] = Counter()
    for allocation, sign in ((plan.allocation, 1), (plan.view.district.today, -1)):
        for (school, _, fund), cents in (*allocation.pay, *allocation.dollars):
            change[school] += sign * cents * (fund in counted)
    return change


def give_up_words(plan: Plan) -> str:
    """Return the start of a sentence such as "11 schools give up $1,382,794"."""
    lost = [-cents for cents in core_change(plan).values() if cents < 0]
    return f"{len(lost)} schools give up ${round(sum(lost) / 100):,}"


def gain_words(plan: Plan) -> str:
    """Return the end of a sentence such as "13 schools gain $3,418,977"."""
    gained = [cents for cents in core_change(plan).values() if cents > 0]
    return f"{len(gained)} schools gain ${round(sum(gained) / 100):,}"
