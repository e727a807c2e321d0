"""The auditor: checks every rule on the finished plan, in cents and steps, without a solver."""

from __future__ import annotations

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.domain.record import digest
from equity_alloc.planning.plan import Certificate, FundBalance, RuleReport
from equity_alloc.problem.coupled_bound import Prices
from equity_alloc.problem.equal_proof import prove_equal_level
from equity_alloc.problem.proof import prove_lowest_level
from equity_alloc.rules.base import NeedsData, Rule
from equity_alloc.rules.fixed_posts import uncapped
from equity_alloc.rules.titles import title_of, titles_of
from equity_alloc.rules.usual import where_written
from equity_alloc.scenario import Scenario
from equity_alloc.scenario_words import formula_words, fund_words


def certify(
    district: District, scenario: Scenario, allocation: Allocation, prices: Prices | None = None
) -> Certificate:
    """Return the certificate of an allocation, whoever made it.

    Parameters
    ----------
    district : District
        As read, before the scenario's changes.
    scenario : Scenario
    allocation : Allocation
    prices : Prices or None
        What a search suggests for the bound on the level that the goal raises; the bound is worked out here, and holds for
        any.

    Returns
    -------
    Certificate
        With every breach named; it does not stop at the first.

    Raises
    ------
    UnknownCode
        If the allocation names a school, position or fund that the district does not have.
    """
    effective = scenario.apply(district)
    _refuse_unknown(effective, allocation)
    equal = prove_equal_level(district, scenario, allocation, prices)
    titles = titles_of(scenario.rules, effective)
    reports = tuple(
        report_rule(i, rule, effective, allocation, titles[i - 1]) for i, rule in enumerate(scenario.rules, start=1)
    )
    return Certificate(
        district_digest=district.digest,
        scenario_digest=scenario.digest,
        allocation_digest=digest((allocation.fte, allocation.pay, allocation.dollars)),
        rules=reports,
        funds=tuple(
            FundBalance(
                fund.code,
                fund.title,
                fund.amount,
                effective.central_of(fund.code),
                allocation.fund_dollars(fund.code),
                district.fund_of[fund.code].amount,
            )
            for fund in effective.funds
        ),
        positions=tuple((p.code, p.title, allocation.position_fte(p.code)) for p in effective.positions),
        proof=prove_lowest_level(district, scenario, allocation, None if equal else prices),
        supposed=fund_words(scenario, district),
        noticed=tuple(found.words for found in uncapped(scenario.rules, effective, allocation)),
        formula=formula_words(scenario, district),
        equal=equal,
    )


def _refuse_unknown(district: District, allocation: Allocation) -> None:
    entries = [key for key, _ in (*allocation.pay, *allocation.dollars)]
    named = (
        ("school", {key[0] for key in entries} | {school for (school, _), _ in allocation.fte}, district.school_of),
        (
            "position",
            {p for (_, p), _ in allocation.fte} | {p for (_, p, _), _ in allocation.pay},
            district.position_of,
        ),
        ("fund", {fund for _, _, fund in entries}, district.fund_of),
    )
    for kind, codes, known in named:
        unknown = sorted(codes - set(known))
        if unknown:
            raise UnknownCode(f"The plan names what the district does not have: no {kind} with code {unknown[0]}.")


def report_rule(number: int, rule: Rule, district: District, allocation: Allocation, title: str = "") -> RuleReport:
    """Return what one rule finds in an allocation; a rule alone needs no title that tells it from others."""
    rooms = list(rule.slack(district, allocation))
    return RuleReport(
        number=number,
        code=rule.code,
        title=title or title_of(rule, district),
        says=rule.says,
        explain=rule.explain(district),
        basis=rule.basis,
        written=where_written(rule, district),
        force=rule.force,
        source=rule.source,
        breaches=tuple(rule.check(district, allocation)),
        binding=tuple(subject for subject, room, _ in rooms if room <= 0),
        subjects=len(rooms),
        least_room=min((room for _, room, _ in rooms), default=None),
        unit=rooms[0][2] if rooms else None,
        gaps=tuple(rule.gaps(district)) if isinstance(rule, NeedsData) else (),
    )
