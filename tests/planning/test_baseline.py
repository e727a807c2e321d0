"""What a plan has beyond today, and which funds it comes from: by hand, and adding up to the cent on drawn districts."""

from __future__ import annotations

import dataclasses

import pytest

from equity_alloc.domain.district import District, Fund, School, Spending
from equity_alloc.planning.baseline import BASELINE, baseline_note, fund_sources, rounding_of, source_sentences
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.scenario import Scenario
from tests.districts import plain_scenario, random_district
from tests.planning.test_frontier import two_schools


def planned(district, scenario) -> Plan:
    made = plan(district, scenario)
    assert isinstance(made, Plan)
    return made


def test_half_a_teacher_of_new_money_is_told_with_its_fund() -> None:
    """Six teachers at $100,000 are $600,000; the fund has $650,000, so half a teacher is new."""
    said = source_sentences(planned(two_schools(65_000_000), Scenario()))
    assert f"Schools have $50,000 more than {BASELINE} come to: $650,000 instead of $600,000." == said[0]
    assert "By fund: General +$50,000." == said[1]
    assert (
        "Appropriations leave $50,000 beyond central money and what schools had last year; nothing stays unallocated."
        == said[2]
    )


def test_cents_that_rounded_averages_leave_are_no_new_money() -> None:
    """Six posts in halves: averages are rounded to two cents, which is 12 cents, and one cent for each of two payments."""
    supplies = (Spending("A", "Supplies", "general", 10_000),)
    made = planned(dataclasses.replace(two_schools(60_010_010), spending=supplies), Scenario())
    assert 14 == rounding_of(made)
    assert made.allocation.total - made.view.district.today.total == 10
    [first, *_] = source_sentences(made)
    assert first.startswith("Schools have $600,100 in all, what")
    assert "$0.10 between the two is no more than the rounding of average costs makes" in first
    richer = planned(dataclasses.replace(two_schools(60_010_100), spending=supplies), Scenario())
    assert "rounding" not in source_sentences(richer)[0]


def test_a_fund_that_does_not_carry_today_is_said_to_lack_it() -> None:
    said = source_sentences(planned(two_schools(55_000_000), Scenario()))
    assert said[0].startswith("Schools have $50,000 less than")
    assert "Some funds do not carry what they paid last year: they lack $50,000." == said[-1]


@pytest.mark.parametrize("seed", range(8))
def test_funds_add_up_to_what_schools_have_and_to_what_is_left(seed: int) -> None:
    made = planned(random_district(seed), plain_scenario())
    funds = fund_sources(made)
    assert sum(fund.plan for fund in funds) == made.allocation.total
    assert sum(fund.today for fund in funds) == made.view.district.today.total
    left = sum(fund.unallocated for fund in made.certificate.funds)
    assert sum(fund.free - fund.change for fund in funds) == left


def test_a_district_without_posts_is_set_against_its_lines_alone() -> None:
    """One school, one line of $100; no post is in the data, so no sentence names any."""
    school = School("A", "Adams", "elementary", 10)
    fund = Fund("general", "General", 100_00)
    district = District("D", "2026", (school,), funds=(fund,), spending=(Spending("A", "Supplies", "general", 100_00),))
    made = planned(district, Scenario())
    assert ("Schools have $100 in all, as much as last year's lines of spending come to.",) == source_sentences(made)
    assert "posts and lines" not in baseline_note(made)
    assert "the data hold no posts" in baseline_note(made)
