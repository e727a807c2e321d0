"""The audit of small districts that can be checked on paper, and of the sample."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.domain.district import District, Fund, Position, School, Staffing, StudentGroup
from equity_alloc.domain.need import NeedWeight
from equity_alloc.domain.outcome import ALL_PUPILS, Area, Better, Indicator, OutcomeCount
from equity_alloc.figures.group_gaps import gap_columns
from equity_alloc.inequity import group_gap
from equity_alloc.inequity.audit import audit
from equity_alloc.inequity.gap_words import gap_words
from equity_alloc.inequity.group_gap import Certainty
from equity_alloc.inequity.outcome_gaps import outcome_gaps
from equity_alloc.inequity.ranking import Key, ordered, worth_a_look
from equity_alloc.inequity.resource_gaps import resource_gaps
from equity_alloc.inequity.school_rates import school_rates
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_district, sample_reading

SUSPENDED = Indicator("Suspended", Area.OUTCOME, Better.FEWER)
ALGEBRA = Indicator("In algebra", Area.ACCESS, Better.MORE)


def district(*rows: tuple[str, str, int | None, int | None], indicator: Indicator = SUSPENDED) -> District:
    """Two schools of 500 pupils, 150 and 50 of them poor; outcomes by school, group, cases and pupils."""
    schools = tuple(School(code, code, "elementary", 500, groups=(("poor", n),)) for code, n in (("1", 150), ("2", 50)))
    counts = tuple(OutcomeCount(indicator.title, *row) for row in rows)
    return District(
        "Paper", "2026-27", schools, groups=(StudentGroup("poor", "Poor"),), indicators=(indicator,), outcomes=counts
    )


def the_vector(poor: tuple[int, int], everybody: tuple[int, int]) -> District:
    """40 of 200 against 60 of 800, as in the test vector of the measures: risk ratio 2.667."""
    return district(
        ("1", "poor", poor[0], 150), ("2", "poor", poor[1], 50),
        ("1", ALL_PUPILS, everybody[0], 500), ("2", ALL_PUPILS, everybody[1], 500),
    )  # fmt: skip


def test_a_gap_has_the_ratio_and_intervals_of_the_test_vector():
    [gap] = outcome_gaps(the_vector((30, 10), (70, 30)))
    assert (0.2, 0.075) == (gap.value, gap.other)
    assert 2.667 == round(gap.ratio, 3)
    assert (1.844, 3.856) == tuple(round(end, 3) for end in gap.ratio_interval)
    assert Certainty.STANDS_OUT is gap.certainty
    assert gap.is_adverse
    assert 25 == round(gap.touched)


def test_a_gap_that_stands_out_alone_and_not_among_twenty_shows_both():
    """40 of 200 against 108 of 800: .065 apart, 2.1 standard errors, so about 3 in 100 by chance. Of twenty comparisons at a
    rate of one in ten the surest must be below 1 in 200."""
    one = the_vector((30, 10), (108, 40))
    [gap] = outcome_gaps(one)
    assert gap.stands_out_alone and Certainty.STANDS_OUT is gap.certainty
    equal = [Indicator(f"Nothing {n}", Area.OUTCOME, Better.FEWER) for n in range(19)]
    rows = [
        OutcomeCount(each.title, count.school, count.group, count.pupils // 10, count.pupils)
        for each in equal
        for count in one.outcomes
    ]
    many = dataclasses.replace(one, indicators=(SUSPENDED, *equal), outcomes=(*one.outcomes, *rows))
    first, *others = outcome_gaps(many)
    assert first.stands_out_alone and Certainty.MAY_BE_CHANCE is first.certainty
    assert "Looked at alone it would pass for more than chance" in gap_words(first)
    assert {False} == {each.stands_out_alone for each in others}
    assert not any("Looked at alone" in gap_words(each) for each in (gap, *others))
    shown = {column.title: column.cells for column in gap_columns([first, *others])}
    assert ("may be chance", "more than chance") == (shown["How sure"][0], shown["Looked at alone"][0])


def test_a_gap_splits_by_hand():
    """Rates: school 1 70/500 = .14, school 2 30/500 = .06. Poor: 3/4 at school 1; others: 350 and 450 of 800.

    Between: (.75 - .4375)(.14 - .10) + (.25 - .5625)(.06 - .10) = .025; the gap is .125, so .100 lies within.
    """
    [gap] = outcome_gaps(the_vector((30, 10), (70, 30)))
    assert 0.025 == pytest.approx(gap.between)
    assert 0.100 == pytest.approx(gap.within)
    assert 0.2 == pytest.approx(gap.movable)
    assert gap.difference == pytest.approx(sum(between + within for _, between, within in gap.places))


def test_nine_cases_are_too_few_to_say_and_ten_are_not():
    [nine] = outcome_gaps(the_vector((8, 1), (40, 30)))
    [ten] = outcome_gaps(the_vector((8, 2), (40, 30)))
    assert Certainty.TOO_FEW is nine.certainty
    assert (None, None, None) == (nine.ratio, nine.ratio_interval, nine.interval)
    assert "too few" in gap_words(nine).lower() and "%" not in gap_words(nine)
    assert Certainty.TOO_FEW is not ten.certainty


def test_a_group_that_is_shut_out_altogether_is_seen():
    rows = [("1", "poor", 0, 40), ("1", ALL_PUPILS, 300, 640)]
    [gap] = outcome_gaps(district(*rows, indicator=ALGEBRA))
    assert Certainty.STANDS_OUT is gap.certainty
    assert gap.is_adverse and gap.ratio is None
    assert 0.5 == gap.other


def test_a_blank_count_leaves_its_school_out_and_is_never_zero():
    rows = [("1", "poor", 30, 150), ("2", "poor", None, 50), ("1", ALL_PUPILS, 70, 500), ("2", ALL_PUPILS, 30, 500)]
    [gap] = outcome_gaps(district(*rows))
    assert (0.2, 40 / 350) == (gap.value, gap.other)
    assert ("2",) == gap.left_out


def test_without_a_row_of_all_pupils_nothing_is_compared():
    assert () == outcome_gaps(district(("1", "poor", 30, 150), ("2", "poor", 10, 50)))


def with_posts(fund: Fund, *, position: str = "COACH") -> District:
    """One coach at school 2, none at school 1."""
    return dataclasses.replace(
        district(),
        positions=(Position(position, "Coach", 100_000_00),),
        funds=(fund,),
        staffing=(Staffing("2", position, fund.code, 100),),
    )


def plain(**choices) -> Scenario:
    return Scenario("Paper", **choices)


def test_posts_are_compared_by_where_pupils_go():
    """School 2 has 100 hundredths for 500 pupils, .2 a hundred; a quarter of the poor and .5625 of the others go there."""
    found = with_posts(Fund("gen", "General", 100_000_00))
    coach = next(g for g in resource_gaps(found, plain(), found.today, source="x") if g.title == "Coach")
    assert (0.05, 0.1125) == (pytest.approx(coach.value), pytest.approx(coach.other))
    assert coach.is_adverse and 1.0 == coach.movable
    assert Certainty.COUNTED is coach.certainty


def test_more_need_makes_the_same_posts_less():
    """A weight of one: school 2 counts 550 pupils, so its coach is 100/550 a hundred weighted pupils."""
    found = with_posts(Fund("gen", "General", 100_000_00))
    weighted = plain(need_weights=(NeedWeight("poor", Decimal(1), "x"),))
    coach = next(g for g in resource_gaps(found, weighted, found.today, source="x") if g.title == "Coach")
    assert 0.25 * 100 / 550 == pytest.approx(coach.value)


def test_posts_of_money_with_a_rule_of_its_own_are_not_compared():
    found = with_posts(Fund("t1", "Title I", 100_000_00, counts=False, shared_by="poor"))
    assert () == resource_gaps(found, plain(), found.today, source="x")


def test_posts_that_serve_one_group_are_named_and_not_compared():
    found = with_posts(Fund("gen", "General", 100_000_00))
    tied = plain(rules=(StaffingLeast(position="COACH", pupils_per_fte=Decimal(40), counted="poor"),))
    made = audit(found, tied)
    assert ("Coach",) == made.tied
    assert "Coach" not in [gap.title for gap in made.gaps]


def test_schools_of_one_kind_are_compared_with_each_other():
    """Where the coach comes with the kind of school, like for like there is no gap."""
    found = with_posts(Fund("gen", "General", 100_000_00))
    high = dataclasses.replace(found.school_of["2"], kind="high")
    found = dataclasses.replace(found, schools=(found.school_of["1"], high))
    coach = next(g for g in resource_gaps(found, plain(), found.today, source="x") if g.title == "Coach")
    assert coach.difference < 0
    assert 0 == coach.like_for_like
    assert not coach.is_adverse


@pytest.fixture(scope="module")
def sample():
    reading = sample_reading()
    return audit(sample_district(), reading.scenario)


def test_the_sample_shows_the_gaps_that_were_put_into_it(sample):
    seen = {(gap.title, gap.group) for gap in worth_a_look(sample.gaps)}
    assert ("Suspended at least one day", "Students with disabilities") in seen
    assert ("Chronically absent", "Homeless") in seen
    assert ("Takes an advanced course", "Students with disabilities") in seen


def test_every_order_holds_the_same_gaps(sample):
    gaps = worth_a_look(sample.gaps)
    for key in Key:
        assert set(gaps) == set(ordered(gaps, key))


@pytest.mark.parametrize("key", [Key.SIZE, Key.MOVABLE])
def test_the_place_in_a_list_does_not_tell_the_size_that_too_few_pupils_stand_behind(sample, key):
    few = [gap.certainty is Certainty.TOO_FEW for gap in ordered(sample.gaps, key)]
    assert any(few)
    assert sorted(few) == few


def test_an_area_without_counts_is_said_and_not_taken_for_equal():
    bare = dataclasses.replace(sample_district(), indicators=(), outcomes=())
    assert (group_gap.Area.ACCESS, group_gap.Area.OUTCOMES) == audit(bare, sample_reading().scenario).unseen


def test_a_small_school_is_drawn_toward_the_district():
    rates = {rate.school: rate for rate in school_rates(sample_district(), "Chronically absent")}
    small = rates["0112"]
    total = sum(rate.cases for rate in rates.values()) / sum(rate.pupils for rate in rates.values())
    low, high = sorted((small.cases / small.pupils, total))
    assert low <= small.estimate <= high
    assert all(0 <= rate.above <= 1 for rate in rates.values())


def of_three_groups(*rates: int) -> District:
    """One school of 900 pupils, 100 of each of three groups; cases of each, and 90 of all pupils."""
    codes = ("a", "b", "c")
    school = School("1", "1", "elementary", 900, groups=tuple((code, 100) for code in codes))
    rows = (*((code, n, 100) for code, n in zip(codes, rates, strict=False)), (ALL_PUPILS, 90, 900))
    return District(
        "Paper",
        "2026-27",
        (school,),
        groups=tuple(StudentGroup(code, code.upper()) for code in codes),
        indicators=(SUSPENDED,),
        outcomes=tuple(OutcomeCount("Suspended", "1", *row) for row in rows),
    )


def test_ratios_are_shrunk_as_far_as_the_groups_of_the_district_differ():
    """Rates .3, .1, .1 around .1: squares 100 x .04 = 4, over .09 that is 400/9; rho = (400/9 - 3)/(300 - 3)."""
    weight = 297 / (400 / 9 - 3) - 1
    gap = outcome_gaps(of_three_groups(30, 10, 10))[0]
    own, others = (30 + 0.1 * weight) / (100 + weight), (60 + 0.1 * weight) / (800 + weight)
    assert own / others == pytest.approx(gap.shrunk.ratio)
    assert 2.0 == gap.shrunk.line
    assert "Allowing for chance, about 3." in gap_words(gap) and "really more than 2 times" in gap_words(gap)


def test_groups_that_differ_no_more_than_by_chance_leave_no_ratio_but_one():
    assert {1.0} == {gap.shrunk.ratio for gap in outcome_gaps(of_three_groups(11, 10, 10))}


def test_of_too_few_cases_or_too_few_groups_no_ratio_is_shrunk():
    assert [False, True, True] == [gap.shrunk is not None for gap in outcome_gaps(of_three_groups(9, 30, 10))]
    assert [None, None] == [gap.shrunk for gap in outcome_gaps(of_three_groups(30, 10))]
