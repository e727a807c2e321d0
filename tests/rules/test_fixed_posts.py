"""A second principal is noticed where no rule caps the position, and the usual rules cap what every school had one of."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.certificate_rows import certificate_rows
from equity_alloc.reports.draft import draft_reasons
from equity_alloc.rules.base import Rule
from equity_alloc.rules.fixed_posts import one_a_school, uncapped
from equity_alloc.rules.staffing_most import StaffingMost
from equity_alloc.rules.usual import usual_rules
from equity_alloc.scenario import Scenario, default_scenario
from equity_alloc.sources.sample import sample_reading


@pytest.fixture(scope="module")
def sample() -> District:
    """The sample, in which every school has one principal."""
    district = sample_reading().district
    assert district is not None
    return district


def with_two(district: District, *schools: str) -> Allocation:
    """Return last year's allocation with a second principal at some schools."""
    today = district.today
    fte = {key: 200 if key in {(code, "PRIN") for code in schools} else had for key, had in today.fte}
    return Allocation.of(fte, dict(today.pay), dict(today.dollars))


def test_the_usual_rules_of_a_first_plan_hold_one_principal_to_one(sample: District) -> None:
    assert ["PRIN"] == [position.code for position in one_a_school(sample)]
    caps = [rule for rule in usual_rules(sample) if isinstance(rule, StaffingMost)]
    assert [("PRIN", Decimal(1))] == [(rule.position, rule.most_fte) for rule in caps]
    made = plan(sample, default_scenario(sample))
    assert isinstance(made, Plan)
    assert {100} == {fte for (_, position), fte in made.allocation.fte if position == "PRIN"}
    assert () == made.certificate.noticed


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ((), ["0101", "0102"]),
        ((StaffingMost("PRIN", most_fte=Decimal(2)),), []),
        ((StaffingMost("PRIN", most_fte=Decimal(1), kind="high"),), ["0101", "0102"]),
        ((StaffingMost("PRIN", most_fte=Decimal(2), kind="elementary"),), []),
        ((StaffingMost("LIB", most_fte=Decimal(1)),), ["0101", "0102"]),
    ],
)
def test_more_than_every_school_had_is_noticed_until_a_rule_says_how_many(
    sample: District, rules: tuple[Rule, ...], told: list[str]
) -> None:
    found = list(uncapped(rules, sample, with_two(sample, "0101", "0102")))
    assert told == [school.code for each in found for school, _ in each.schools]
    assert all((each.usual, each.most) == (100, 200) for each in found)


def test_a_position_that_schools_had_different_numbers_of_is_not_noticed(sample: District) -> None:
    more = {key: had + 100 if key[1] == "TCH" else had for key, had in sample.today.fte}
    assert [] == list(uncapped((), sample, Allocation.of(more, {}, {})))


def test_two_schools_show_no_usage(sample: District) -> None:
    few = {school.code for school in sample.schools[:2]}
    small = dataclasses.replace(
        sample,
        schools=sample.schools[:2],
        funds=tuple(dataclasses.replace(fund, schools=("*",)) for fund in sample.funds),
        staffing=tuple(row for row in sample.staffing if row.school in few),
        spending=tuple(row for row in sample.spending if row.school in few),
        vacancies=(),
        outcomes=(),
    )
    assert () == one_a_school(small)


def test_certificate_export_and_draft_mark_say_what_nobody_has_decided(sample: District) -> None:
    """The auditor says it from the finished allocation alone."""
    scenario = Scenario(rules=tuple(r for r in default_scenario(sample).rules if not isinstance(r, StaffingMost)))
    [noticed] = certify(sample, scenario, with_two(sample, "0101")).noticed
    assert "Principal: every school had 1.00 FTE last year, and the plan has 2.00 at" in noticed
    assert "(code 0101)" in noticed
    made = plan(sample, scenario)
    assert isinstance(made, Plan)
    assert made.certificate.noticed
    assert any(row[:1] == ("Noticed: nobody has decided this",) for row in certificate_rows(made))
    assert any("more of Principal than every school had" in line for line in draft_reasons(made))


def test_the_usual_rules_leave_no_school_without_the_one_principal_that_every_school_had():
    # The usual limit on moves lets one whole post go; nobody decided that a school is led by nobody.
    reading = sample_reading()
    district = reading.district
    assert district is not None
    made = plan(district, default_scenario(district, reading.scenario.need_weights))
    assert isinstance(made, Plan)
    assert {100} == {made.allocation.fte_of.get((school.code, "PRIN"), 0) for school in district.schools}
