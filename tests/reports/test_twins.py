"""Another district with other small counts hides the very same places by itself: what is hidden tells little to who knows how."""

from __future__ import annotations

import dataclasses

from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.reports.document import Dossier
from tests.reports.test_privacy import SPAN, public_words


def with_counts(plan, changes):
    """The plan over a district with other counts; funds are shared out as last year, for such money is public in sum only."""
    funds = tuple(
        dataclasses.replace(fund, shared_by="last-year" if fund.shared_by else "") for fund in plan.district.funds
    )
    schools = tuple(
        dataclasses.replace(s, groups=tuple((g, n + changes.get((s.code, g), 0)) for g, n in s.groups))
        for s in plan.district.schools
    )
    district = dataclasses.replace(plan.district, funds=funds, schools=schools)
    certificate = certify(district, plan.scenario, plan.allocation)
    return Plan(district, plan.scenario, plan.allocation, certificate, OutcomeKind.BEST_FOUND)


def moved(pupils, giver, taker):
    """Twenty-five pupils in a hundred weigh as much as ten in a hundred two and a half times: 2 and 5 at both schools."""
    return {
        (taker, "homeless"): pupils * 5,
        (giver, "homeless"): -pupils * 5,
        (taker, "economically-disadvantaged"): -pupils * 2,
        (giver, "economically-disadvantaged"): pupils * 2,
    }


def test_a_twin_that_hides_by_itself_hides_the_same_and_has_the_same_documents(sample_plan):
    """School 0103 has 3 homeless pupils, its twin 8, and 0305 has 9 and 4; every level stays, for 5 x 0.1 = 2 x 0.25."""
    ours = Dossier(with_counts(sample_plan, {}))
    theirs = Dossier(with_counts(sample_plan, moved(1, "0305", "0103")))
    place = ("0103", "homeless")
    assert abs(theirs.public.counts[place] - ours.public.counts[place]) >= SPAN
    assert ours.public.hidden == theirs.public.hidden
    words, others = public_words(ours), public_words(theirs)
    assert [] == [code for code, told in words.items() if told != others[code]]
