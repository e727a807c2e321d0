"""A plan whose Title I-A is shared out by its law: the optimizer obeys it, the auditor certifies it, breaches are found."""

from __future__ import annotations

import dataclasses
import random

import pytest

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.errors import CannotServe
from equity_alloc.domain.federal import Federal
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.comparability_staff import ComparabilityStaff
from equity_alloc.rules.fund_sharing import FundSharing, fund_shares
from equity_alloc.rules.title1_shares import serve
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_reading
from tests.contracts.test_rules import broken_promise
from tests.districts import random_district
from tests.draws import emptied_and_doubled, perturbed

SAMPLE = sample_reading()


def ranked_district(seed: int):
    """Return a district whose Title I fund follows the law, for all schools that it reaches."""
    district = random_district(seed, 6)
    funds = tuple(
        dataclasses.replace(fund, shared_by="title-1", schools=("*",)) if fund.code == "title1" else fund
        for fund in district.funds
    )
    return dataclasses.replace(district, funds=funds, federal=Federal(title_one_fund="title1"))


@pytest.mark.parametrize("seed", range(8))
def test_what_the_law_asks_for_is_what_is_checked(seed):
    district, draw = ranked_district(seed), random.Random(seed)
    for allocation in (district.today, *(perturbed(draw, district, district.today) for _ in range(12))):
        assert "" == broken_promise(FundSharing(), district, allocation)
    for allocation in emptied_and_doubled(district, district.today):
        assert "" == broken_promise(FundSharing(), district, allocation)


@pytest.mark.parametrize("seed", range(4))
def test_a_plan_gives_no_school_more_than_its_lawful_share(seed):
    district = ranked_district(seed)
    result = plan(district, Scenario())
    assert isinstance(result, Plan)
    shares = fund_shares(district, district.fund_of["title1"])
    for school in district.schools:
        assert result.allocation.by_school_fund.get((school.code, "title1"), 0) <= shares.get(school.code, 0)


def test_a_cent_above_the_lawful_share_is_a_breach_that_the_certificate_names():
    district = SAMPLE.district
    result = plan(district, SAMPLE.scenario)
    shares = fund_shares(district, district.fund_of["T1A"])
    dollars = dict(result.allocation.dollars)
    has = result.allocation.by_school_fund.get(("0106", "T1A"), 0)
    key = ("0106", "Supplies and materials", "T1A")
    dollars[key] = dollars.get(key, 0) + shares["0106"] - has + 1
    planted = Allocation.of(result.allocation.fte_of, result.allocation.pay_of, dollars)
    named = {(b.rule, b.subject, b.short_by) for b in certify(district, SAMPLE.scenario, planted).breaches}
    assert ("fund-sharing", "Eastgate Elementary (code 0106)", 1) in named


def test_a_scenario_may_choose_the_law_for_a_fund_and_is_refused_where_it_cannot_hold():
    # The sample's Title I by group and by law give the same $960 for each of 4,485 children.
    district = SAMPLE.district
    by_group = Scenario(funds=(FundChange("T1A", shared_by="economically-disadvantaged"),)).apply(district)
    lawful = serve(district, district.fund_of["T1A"]).shares
    assert lawful == fund_shares(by_group, by_group.fund_of["T1A"])
    poor = Scenario(funds=(FundChange("T1A", amount=100_000_00),))
    with pytest.raises(CannotServe, match="Lower the reservations"):
        plan(district, poor)


def test_comparability_as_a_rule_is_kept_by_the_plan_where_last_year_broke_it():
    district = SAMPLE.district
    rule = ComparabilityStaff()
    assert list(rule.check(district, district.today))
    scenario = dataclasses.replace(SAMPLE.scenario, rules=(*SAMPLE.scenario.rules, rule))
    result = plan(district, scenario)
    assert isinstance(result, Plan)
    assert [] == list(rule.check(district, result.allocation))
    report = next(report for report in result.certificate.rules if report.code == rule.code)
    assert report.is_kept
    assert report.least_room is not None and 0 <= report.least_room < 50


def test_a_change_to_the_law_is_told_in_words():
    fund = SAMPLE.district.fund_of["T1A"]
    words = FundChange("T1A", shared_by="last-year").words(fund)
    assert "Title I-A: shared out by last year instead of Title I ranking." == words
