"""Objection 13: "It is one-time money."."""

from __future__ import annotations

from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection
from equity_alloc.domain.money import print_dollars
from equity_alloc.evidence.catalog import catalog

#: The entry of the catalog on stipends at the lowest schools.
STIPENDS = "ace"


def _answer(case: Case) -> Answer | None:
    district, allocation = case.plan.view.district, case.plan.allocation
    terms = {fund.code: district.terms_of(fund.code).one_time for fund in district.funds}
    once = [fund for fund in district.funds if terms[fund.code]]
    unknown = [fund.title for fund in district.funds if terms[fund.code] is None]
    posts = sum(cents for (_, _, fund), cents in allocation.pay if terms.get(fund))
    spent = sum(allocation.fund_dollars(fund.code) for fund in once)
    if not once and not unknown:
        return None
    fact = f"{print_dollars(spent)} at schools comes from money that does not come again, {print_dollars(posts)} of it pays posts."
    if not once:
        fact = "No fund here is known to be money that does not come again."
    if unknown:
        fact += f" Of {len(unknown)} fund{'s' * (len(unknown) != 1)} it is unknown: {', '.join(unknown[:4])}."
    rules = [rule for rule in case.plan.certificate.rules if rule.code in ("one-time-money", "recurring-spending")]
    kept = sum(1 for rule in rules if rule.is_kept)
    reply = (
        f"{kept} of {len(rules)} rules on recurring spending are kept."
        if rules
        else "No rule here asks that recurring posts be paid from recurring money."
    )
    dallas = next((each for each in catalog() if each.code == STIPENDS), None)
    if dallas is not None:
        reply += f" Dallas raised its lowest schools with stipends, and {dallas.fade_words} ({dallas.source})."
    return Answer(
        fact,
        reply,
        "Years shows in which year a fund ends and what would then have to be paid otherwise." if posts else "",
        "Whether the next grant comes.",
    )


OBJECTION = Objection(
    13,
    "It is one-time money.",
    "Posts or dollars are paid from money that does not come again, or it is unknown whether they are.",
    _answer,
)
