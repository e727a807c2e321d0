"""The auditor: checks every rule on the finished plan, in cents and steps, without a solver."""

from __future__ import annotations

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.record import digest
from equity_alloc.planning.plan import Certificate, FundBalance, RuleReport
from equity_alloc.problem.proof import prove_lowest_level
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import Scenario


def certify(district: District, scenario: Scenario, allocation: Allocation) -> Certificate:
    """Return the certificate of an allocation, whoever made it.

    Parameters
    ----------
    district : District
        As read, before the scenario's changes.
    scenario : Scenario
    allocation : Allocation

    Returns
    -------
    Certificate
        With every breach named; it does not stop at the first.
    """
    effective = scenario.apply(district)
    reports = tuple(report_rule(i, rule, effective, allocation) for i, rule in enumerate(scenario.rules, start=1))
    return Certificate(
        district_digest=district.digest,
        scenario_digest=scenario.digest,
        allocation_digest=digest((allocation.fte, allocation.pay, allocation.dollars)),
        rules=reports,
        funds=tuple(
            FundBalance(
                fund.code, fund.title, fund.amount, effective.central_of(fund.code), allocation.fund_dollars(fund.code)
            )
            for fund in effective.funds
        ),
        positions=tuple((p.code, p.title, allocation.position_fte(p.code)) for p in effective.positions),
        proof=prove_lowest_level(district, scenario, allocation),
    )


def report_rule(number: int, rule: Rule, district: District, allocation: Allocation) -> RuleReport:
    """Return what one rule finds in an allocation."""
    rooms = list(rule.slack(district, allocation))
    return RuleReport(
        number=number,
        code=rule.code,
        title=rule.title,
        says=rule.says,
        explain=rule.explain(district),
        basis=rule.basis,
        force=rule.force,
        source=rule.source,
        breaches=tuple(rule.check(district, allocation)),
        binding=tuple(subject for subject, room, _ in rooms if room <= 0),
        subjects=len(rooms),
        least_room=min((room for _, room, _ in rooms), default=None),
        unit=rooms[0][2] if rooms else None,
    )
