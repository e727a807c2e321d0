"""The policy register, begun from rules and read from a sheet; and the cliff test by hand."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.domain.district import District, Fund, Position, School, StudentGroup
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.federal import Eligibility, Federal, Serving
from equity_alloc.domain.policy import ChangedBy, Policy, PolicyKind, PolicyStatus
from equity_alloc.domain.shipped import DATA
from equity_alloc.inequity.register import HowSure, how_sure, number_of, with_policy, with_rules, without_policy
from equity_alloc.inequity.threshold_words import HIDDEN_NEAR, threshold_cells
from equity_alloc.inequity.thresholds import thresholds, yearly_change
from equity_alloc.inequity.title1_line import title_one_line
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.scenario import Scenario, scenario_from_plain
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.write_csv import csv_files

HOLIDAY = Policy("Enrollment by lottery", PolicyKind.PRACTICE, owner="Enrollment office", changed_by=ChangedBy.STAFF)


def begun() -> tuple[District, Scenario]:
    reading = sample_reading()
    return reading.district, with_rules(reading.scenario, reading.district)


def test_a_register_begins_with_one_row_for_every_rule_that_can_be_left_out():
    district, scenario = begun()
    assert len([rule for rule in scenario.rules if not rule.always]) == len(scenario.policies)
    assert len({each.name for each in scenario.policies}) == len(scenario.policies)
    assert scenario == with_rules(scenario, district)
    floor = next(each for each in scenario.policies if each.source.endswith("BP 3120"))
    assert ChangedBy.BOARD is floor.changed_by
    assert isinstance(scenario.rules[number_of(floor, scenario) - 1], HoldHarmless)
    assert HowSure.COMPUTED is how_sure(floor, scenario)
    assert "Who answers for it?" in floor.unanswered and "Where can its text be read?" not in floor.unanswered


def test_a_rule_that_was_changed_since_is_no_longer_the_one_of_the_row():
    _, scenario = begun()
    floor = next(each for each in scenario.policies if each.source.endswith("BP 3120"))
    rules = tuple(
        dataclasses.replace(rule, share=Decimal("0.9")) if isinstance(rule, HoldHarmless) else rule
        for rule in scenario.rules
    )
    changed = dataclasses.replace(scenario, rules=rules)
    assert None is number_of(floor, changed)
    assert HowSure.SUSPECTED is how_sure(floor, changed)


def test_a_practice_can_be_written_changed_and_taken_out_and_no_rule_is_touched():
    _, scenario = begun()
    more = with_policy(scenario, HOLIDAY.name, HOLIDAY)
    retired = dataclasses.replace(HOLIDAY, status=PolicyStatus.RETIRE, reason="Siblings come first.")
    assert retired in with_policy(more, HOLIDAY.name, retired).policies
    assert scenario == without_policy(more, HOLIDAY.name)
    assert more.rules == scenario.rules
    assert HowSure.SUSPECTED is how_sure(HOLIDAY, more)


def test_the_register_goes_through_json_and_files_unchanged():
    district, scenario = begun()
    decided = dataclasses.replace(
        scenario.policies[0], status=PolicyStatus.REPAIR, reason="It widens the gap.", adopted="2019-06-11"
    )
    scenario = with_policy(with_policy(scenario, decided.name, decided), HOLIDAY.name, HOLIDAY)
    assert scenario == scenario_from_plain(scenario.plain)
    again = read_csv_folder(csv_files(district, scenario))
    assert () == again.errors
    assert scenario.policies == again.scenario.policies


def test_without_a_register_a_scenario_keeps_its_identity():
    assert "policies" not in sample_reading().scenario.plain


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: Policy(" "), "has no name"),
        (lambda: Policy("x", adopted="spring"), "year first"),
        (lambda: Policy("x", status=PolicyStatus.RETIRE), "to be retired and nobody says why"),
    ],
)
def test_what_cannot_be_a_row_is_refused(made, said):
    with pytest.raises(InvalidValue, match=said):
        made()


HEADINGS = "Name,Kind,Owner,Adopted on,Status,Reason,Rule\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Floor,rule,,,retire,,1", "nobody says why"),
        ("Floor,rule,,,,,99", "has no such number"),
        ("Floor,rule,,spring,,,", "year first"),
        ("Floor,rule,,,,,1\nFloor,rule,,,,,1", "stands twice"),
        ("Floor,custom,,,,,", "Kind is custom"),
    ],
)
def test_a_row_that_cannot_be_is_told_by_its_cell(row, said):
    files = {path.name: path.read_bytes() for path in (DATA / "tiny_district").glob("*.csv")}
    reading = read_csv_folder(files | {"policies.csv": (HEADINGS + row + "\n").encode()})
    assert reading.errors and all(error.where.startswith("policies.csv!") for error in reading.errors)
    assert any(said in error.what for error in reading.errors)


def cliff(*pupils: int, before: int | None = None, counted: str = "enrollment") -> tuple[District, Scenario]:
    schools = tuple(School(f"{s}", f"S{s}", "any", n, before, (("el", n // 2),)) for s, n in enumerate(pupils))
    district = District(
        "Cliff",
        "2026-27",
        schools,
        (StudentGroup("el", "English learners"),),
        positions=(Position("COUN", "Counselor", 100_000_00, step=50),),
    )
    return district, Scenario(rules=(StaffingLeast("COUN", Decimal(300), counted),))


def test_the_next_half_post_of_a_ratio_is_as_many_pupils_away_as_by_hand():
    """One for 300: 450 pupils are 1.5 posts exactly, so one more calls for 2.0, $50,000. 449 call for 1.5 too, and one
    and a half for 301 to 450: of 303 pupils three fewer call for 1.0. 3 % of 375 are 11, and 375 is 75 from both."""
    district, scenario = cliff(450, 303, 375)
    [found] = thresholds(district, scenario)
    assert [("0", 1, 50_000_00), ("1", -3, -50_000_00)] == [
        (each.school, each.pupils, each.jump) for each in found.near
    ]
    assert (2, 50_000_00) == (found.schools, found.at_stake)


def test_a_rule_on_a_group_moves_pupils_of_the_group():
    """600 pupils, 300 of them English learners: one for 300 is one post, and one learner more calls for 1.5."""
    district, scenario = cliff(600, counted="el")
    [found] = thresholds(district, scenario)
    assert [("0", 1)] == [(each.school, each.pupils) for each in found.near]
    [row] = threshold_cells([found], district, scenario.view(district).titles, public=True)
    assert (HIDDEN_NEAR, "") == row[6:]


def test_how_often_a_threshold_is_crossed_follows_from_how_pupils_come_and_go_here():
    """Every school had 10 % fewer last year, so the yearly change is 1/9; unknown, a usual value stands in."""
    district, scenario = cliff(450, 450, 450, 450, 450, before=405)
    assert 1 / 9 == pytest.approx(yearly_change(district))
    unknown, _ = cliff(450)
    assert 0.04 == yearly_change(unknown)
    [found] = thresholds(district, scenario)
    # Half of one pupil against a spread of 50: 0.496 at each of the five schools.
    assert 5 * 0.496 == pytest.approx(found.flips, abs=0.01)


def test_a_group_that_stands_just_short_of_a_threshold_more_than_elsewhere_is_named():
    district, scenario = cliff(450, 375)
    poor = dataclasses.replace(district.schools[0], groups=(("el", 400),))
    [found] = thresholds(dataclasses.replace(district, schools=(poor, district.schools[1])), scenario)
    [(title, here, all_)] = found.over
    assert ("English learners", 400 / 450, (400 + 187) / 825) == (title, here, all_)


def title_one(*children: int, **chosen) -> District:
    schools = tuple(
        School(f"{s}", f"S{s}", "any", 400, low_income=n, private_low_income=0) for s, n in enumerate(children)
    )
    fund = Fund("T1", "Title I-A", 540_000_00, shared_by="title-1", counts=False)
    federal = Federal(title_one_fund="T1", eligibility=Eligibility.DISTRICT_AVERAGE, **chosen)
    return District("Line", "2026-27", schools, (), funds=(fund,), federal=federal)


def test_the_line_of_title_one_is_one_child_away_as_by_hand():
    """Half, 45 %, 40 % and 25 % of 400 pupils each; the average is 640 of 1,600, 40 %. One child fewer and the third has
    159 of 400, 39.75 %, where the average is 39.94 %: not served. It loses 160 of the 540 children at $1,000 each. The
    second would have to lose 27 children, and 3 % of its 400 pupils are 12; the fourth would have to win more than 60."""
    [found] = title_one_line(title_one(200, 180, 160, 100), Scenario())
    assert [("2", -1, -160_000_00)] == [(each.school, each.pupils, each.jump) for each in found.near]
    [row] = threshold_cells([found], title_one(200, 180, 160, 100), ())
    assert ("", "Served by Title I-A", "children from low-income families", "1", "$160,000") == row[:5]
    assert ("S2: 1 pupil fewer, $160,000 less", "no school is just short of it") == row[6:]


def test_a_school_just_short_of_title_one_is_told_what_the_next_child_is_worth():
    """159 of 400 is short of 639 of 1,600; with one more both are 40 %, and 160 children of then 540 get $1,000 each."""
    [found] = title_one_line(title_one(200, 180, 159, 100), Scenario())
    assert [("2", 1, 160_000_00)] == [(each.school, each.pupils, each.jump) for each in found.near]


def test_no_line_is_told_where_schools_are_marked_or_a_count_is_unknown():
    assert () == title_one_line(title_one(200, 180, 160, 100, serving=Serving.AS_MARKED), Scenario())
    known = title_one(200, 180, 160, 100)
    blank = dataclasses.replace(known.schools[3], low_income=None)
    assert () == title_one_line(dataclasses.replace(known, schools=(*known.schools[:3], blank)), Scenario())
