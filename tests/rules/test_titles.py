"""Two rules of one kind are called differently wherever a plan is shown, exported or rejected."""

from __future__ import annotations

from decimal import Decimal

from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.certificate_rows import certificate_rows
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.position_band import PositionBand
from equity_alloc.rules.protected_schools import ProtectedSchools
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.rules.titles import titles_of
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_reading
from tests.districts import plain_scenario, random_district


def test_the_position_the_kind_of_school_and_the_schools_are_named():
    district = random_district(2, 6)
    teacher, counselor = (district.position_of[code].title for code in ("teacher", "counselor"))
    codes = tuple(school.code for school in district.schools)
    names = [school.name for school in district.schools]
    rules = (
        StaffingLeast("teacher", Decimal(20)),
        StaffingLeast("counselor", Decimal(250), kind=district.schools[0].kind),
        ProtectedSchools(codes[:1]),
        ProtectedSchools(codes),
        PositionBand(),
    )
    assert titles_of(rules, district) == (
        f"{StaffingLeast.title}: {teacher}",
        f"{StaffingLeast.title}: {counselor}, {district.schools[0].kind} schools",
        f"{ProtectedSchools.title}: {names[0]}",
        f"{ProtectedSchools.title}: {', '.join(names[:3])} and 3 more",
        PositionBand.title,
    )


def test_rules_for_the_same_thing_are_told_apart_by_what_differs():
    district = random_district(2, 4)
    rules = (HoldHarmless(Decimal("0.95")), HoldHarmless(Decimal("0.9")))
    assert titles_of(rules, district) == (
        f"{HoldHarmless.title} (share of last year 95 %)",
        f"{HoldHarmless.title} (share of last year 90 %)",
    )


def test_no_two_rules_of_the_sample_share_a_title():
    reading = sample_reading()
    assert reading.district is not None and reading.scenario is not None
    titles = titles_of(reading.scenario.rules, reading.district)
    assert len(set(titles)) == len(titles)


def test_the_certificate_and_the_exported_rows_carry_the_titles():
    district = random_district(2, 4)
    rules = (StaffingLeast("teacher", Decimal(40)), StaffingLeast("counselor", least_fte=Decimal("0.2")))
    scenario = Scenario(need_weights=plain_scenario().need_weights, rules=rules)
    made = plan(district, scenario)
    assert isinstance(made, Plan)
    told = [report.title for report in made.certificate.rules]
    assert told == list(made.view.titles)
    cells = {cell for row in certificate_rows(made) for cell in row if isinstance(cell, str)}
    assert set(told) <= cells
