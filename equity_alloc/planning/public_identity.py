"""The identity of a plan that public documents carry: a digest of what they all tell, and of nothing else.

A digest of the whole district would let anybody who guesses a small count, and knows the rest, confirm the guess. This one can be
worked out from the public tables by whoever reads them, so it holds nothing to guess at; and it needs no secret that could be
lost. Two plans share it only where posts, funds and rules are told alike.
"""

from __future__ import annotations

from equity_alloc.domain.record import digest
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import school_rows

#: Hexadecimal digits that stand in a document.
DIGITS = 16


def public_identity(plan: Plan) -> str:
    """Return the identity of a plan for public documents.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    str
        Sixteen hexadecimal digits, of the district's name and year, the scenario's name, and of what the public tables show
        whatever is hidden there: enrollment, core dollars and posts of last year, posts of the plan, funds to the cent, and which
        rules are kept.
    """
    district, certificate = plan.district, plan.certificate
    schools = tuple(
        (row.code, row.name, row.kind, row.enrollment, row.counted_today, row.fte_today) for row in school_rows(plan)
    )
    posts = tuple(sorted((school, position, fte) for (school, position), fte in plan.allocation.fte_of.items() if fte))
    funds = tuple(
        (fund.code, fund.title, fund.appropriation, fund.central, fund.schools, fund.unallocated)
        for fund in certificate.funds
    )
    rules = tuple((report.number, report.code, report.verdict) for report in certificate.rules)
    return digest((district.name, district.year, plan.scenario.name, schools, posts, funds, rules))[:DIGITS]
