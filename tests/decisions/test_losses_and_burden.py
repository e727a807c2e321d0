"""Who gains, who gives up and who carries it: every number by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_alloc.decisions.burden import Kind, burdens_of
from equity_alloc.decisions.losses import Losses, concentration, losses
from equity_alloc.decisions.repeat import one_for_each_year, read_changes, repeat_losers
from equity_alloc.decisions.staff import StaffChange, staff_changes
from equity_alloc.domain.district import District, GroupUse, School, StudentGroup
from equity_alloc.domain.earlier import YearChange
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.terms import Vacancy


def district(counts: list[tuple[int, int]], use: GroupUse = GroupUse.NEED) -> District:
    """Return schools with (enrollment, members of the one group)."""
    schools = tuple(
        School(f"{n:02d}", f"School {n}", "school", pupils, groups=(("poor", members),))
        for n, (pupils, members) in enumerate(counts)
    )
    return District("Hand", "2026-27", schools, (StudentGroup("poor", "Poor", use),))


def ratio_of(found, code):
    [bearing] = [each for each in found if each.code == code]
    return bearing.ratio


def test_the_burden_ratio_of_a_hand_worked_district():
    # 100 pupils, 80 of them poor, lose $600; 300 pupils, 20 of them poor, lose $200. The poor bear 480 + 13.33 of 800, which
    # is 0.616667; they are 100 of 400 pupils, a quarter; the ratio is 2.466667.
    found = burdens_of(district([(100, 80), (300, 20)]), {"00": -60000, "01": -20000})
    assert Fraction(37, 15) == ratio_of(found, "poor")


@given(st.lists(st.tuples(st.integers(30, 900), st.integers(0, 30)), min_size=4, max_size=12), st.integers(1, 500))
def test_a_cut_that_is_equal_per_pupil_gives_every_group_a_ratio_of_one(counts, cents):
    found = burdens_of(district(counts), {f"{n:02d}": -cents * pupils for n, (pupils, _) in enumerate(counts)})
    assert {Fraction(1)} == {each.ratio for each in found if each.ratio is not None}
    assert 4 == sum(1 for each in found if each.kind is Kind.QUARTER)


def test_a_group_below_the_smallest_number_has_no_ratio():
    found = burdens_of(district([(100, 10), (300, 19)]), {"00": -60000, "01": 0})
    [poor] = [each for each in found if each.code == "poor"]
    assert poor.too_few and poor.ratio is None


def test_an_unknown_count_is_not_taken_for_zero():
    plain = district([(100, 80), (300, 20)])
    schools = (plain.schools[0], School("01", "School 1", "school", 300, groups=(("poor", None),)))
    unknown = District("Hand", "2026-27", schools, plain.groups)
    [poor] = [each for each in burdens_of(unknown, {"00": -1, "01": -1}) if each.code == "poor"]
    assert (None, None, None) == (poor.pupils, poor.lost, poor.ratio)


def test_without_a_loss_there_is_no_ratio():
    assert {None} == {each.ratio for each in burdens_of(district([(100, 80), (300, 40)]), {"00": 500, "01": 0})}


def test_gains_less_losses_are_the_change_of_core_money_to_the_cent(sample_plan):
    found = losses(sample_plan)
    before = sum(
        sample_plan.district.counted_dollars(sample_plan.district.today, school.code)
        for school in sample_plan.district.schools
    )
    after = sum(
        sample_plan.district.counted_dollars(sample_plan.allocation, school.code)
        for school in sample_plan.district.schools
    )
    assert after - before == found.gained - found.lost == found.new_money


def test_half_of_the_loss_is_carried_by_the_fewest_schools_that_can(sample_plan):
    found = losses(sample_plan)
    amounts = sorted((-row.counted_change for row in found.losers), reverse=True)
    assert 2 * sum(amounts[: found.carry_half]) >= found.lost > 2 * sum(amounts[: found.carry_half - 1])
    assert Fraction(1) == concentration([5]) and Fraction(1, 4) == concentration([7, 7, 7, 7])
    assert 0 == Losses(()).carry_half


def test_posts_given_up_are_vacant_moved_or_without_a_post():
    change = StaffChange("T", "Teacher", had=1000, has=700, given_up=500, added=200, vacant=100)
    assert (400, 200, 200) == (change.held, change.can_move, change.without_post)


def test_vacancies_of_a_position_that_the_data_do_not_mention_are_unknown_and_not_zero(sample_plan):
    district = sample_plan.district
    given_up = [each.code for each in staff_changes(sample_plan) if each.given_up]
    first, other = given_up[:2]
    known = (Vacancy(district.schools[0].code, first, 0),)
    found = {e.code: e for e in staff_changes(replace(sample_plan, district=replace(district, vacancies=known)))}
    assert 0 == found[first].vacant
    assert found[other].vacant is None and found[other].held == found[other].given_up


def test_posts_of_the_sample_add_up(sample_plan):
    for each in staff_changes(sample_plan):
        assert each.has - each.had == each.added - each.given_up


def test_a_repeat_loser_lost_in_two_of_the_last_three_years():
    earlier = (
        YearChange("2025-26", "A", -500),
        YearChange("2023-24", "B", -500),  # Four years back: out of sight.
        YearChange("2024-25", "C", -500),
        YearChange("2025-26", "D", 500),
    )
    found = repeat_losers("2026-27", {"A": -1, "B": -1, "C": -1, "D": -1, "E": 5}, earlier)
    assert ["A", "C"] == [each.code for each in found]
    assert (("2024-25", -500), ("2026-27", -1)) == found[1].years


def test_one_year_told_three_times_is_one_loss_with_its_source():
    kept = (YearChange("2025-26", "A", -500, "decision record"),)
    sheet = (YearChange("2025-26", "A", -500, "Audit"), YearChange("2024-25", "A", -300, "Audit"))
    changes, doubts = one_for_each_year(kept, sheet, read_changes("2025-26, A, -6"))
    assert ["School A, 2025-26: -$5.00 by decision record, -$6.00 by typed on Hard choices. The first counts."] == list(
        doubts
    )
    [again] = repeat_losers("2026-27", {"A": -1}, changes)
    assert (("2024-25", -300), ("2025-26", -500), ("2026-27", -1)) == again.years
    assert again.words.endswith("Earlier years from: Audit; decision record.")


def test_a_gain_in_an_earlier_year_or_nothing_known_makes_no_repeat_loser():
    assert () == repeat_losers("2026-27", {"A": -1}, (YearChange("2025-26", "A", 0), YearChange("2024-25", "B", -5)))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2025-26 0101 -5", "Line 1"),
        ("2025-26, 0101, five", "Line 1: 'five'"),
        ("last, 0101, -5", "'last' is not a year"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line, says):
    with pytest.raises(InvalidValue, match=says):
        read_changes(line)
