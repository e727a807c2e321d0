"""What one more post at one school costs and takes from whom: amounts worked out by hand, and money that has to add up."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.cli_one_more import amount_of
from equity_alloc.domain.district import District, Fund, Position, School, Spending, Staffing
from equity_alloc.domain.errors import EquityAllocError, InvalidValue, UnknownCode
from equity_alloc.planning.certify import certify
from equity_alloc.planning.one_more import Way, one_more
from equity_alloc.planning.one_more_words import (
    answer_sentences,
    cost_sentences,
    emptied_words,
    left_words,
    payer_words,
)
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.line_band import LineBand
from equity_alloc.rules.school_least import SchoolLeast
from equity_alloc.rules.staffing_most import StaffingMost
from equity_alloc.scenario import Scenario
from tests.districts import plain_scenario, random_district


def two_schools(**changes) -> District:
    """Two schools of 100 pupils with a counselor of $100,000 and supplies of $900,000 each; $2,000,000 are there."""
    given = {
        "positions": (Position("counselor", "Counselor", 10_000_000, step=50, smallest=50),),
        "funds": (Fund("general", "General", 200_000_000),),
        "staffing": tuple(Staffing(code, "counselor", "general", 100) for code in "ab"),
        "spending": tuple(Spending(code, "Supplies", "general", 90_000_000) for code in "ab"),
    }
    schools = tuple(School(code, code.upper(), "any", 100, 100) for code in "ab")
    return District("Two", "2026-27", schools, **(given | changes))


def planned(district: District, *rules) -> Plan:
    made = plan(district, Scenario(rules=rules))
    assert isinstance(made, Plan)
    return made


def test_on_top_the_other_school_pays_what_the_post_costs_and_the_lowest_level_falls_by_it():
    """$2,000,000 for 200 pupils are $10,000 each. With $1,100,000 at A there are $900,000 for B: $9,000 a pupil."""
    found = one_more(planned(two_schools()), "a", "counselor", 100)
    [on_top] = [answer for answer in found.answers if answer.way is Way.ON_TOP]
    assert [("b", -10_000_000), ("a", 10_000_000)] == [(each.school, each.cents) for each in on_top.taken]
    assert (10_000.0, 9_000.0) == on_top.taken[0].level
    assert -100_000 == pytest.approx(float(on_top.best_change or 0), abs=1)
    first, second, *_ = answer_sentences(found, on_top)
    assert "1 other school gives up $100,000 of core money: B $100,000." == first
    assert "The lowest school falls from $10,000.00 to $9,000.00" in second
    assert "best lowest level would fall by $1,000.00" in second


def test_in_its_place_the_school_buys_it_with_its_own_supplies_and_nobody_else_changes():
    """A second counselor for $100,000 out of A's own $1,000,000 leaves supplies of $800,000."""
    found = one_more(planned(two_schools()), "a", "counselor", 100)
    [in_place] = [answer for answer in found.answers if answer.way is Way.IN_PLACE]
    [own] = in_place.taken
    assert ("a", 0) == (own.school, own.cents)
    assert (("Counselor", True, 100), ("Supplies", False, -10_000_000)) == own.items
    assert "At the school itself this gives way: $100,000 Supplies." in answer_sentences(found, in_place)


def test_what_would_leave_a_school_without_any_is_said_before_anybody_agrees():
    """Supplies stay as they are and B keeps what it has, so a second counselor at A can only be bought with A's one nurse."""
    positions = tuple(
        Position(code, title, 10_000_000, 50, 50) for code, title in (("counselor", "Counselor"), ("nurse", "Nurse"))
    )
    posts = tuple(
        Staffing(school, code, "general", 100)
        for school, code in (("a", "counselor"), ("b", "counselor"), ("a", "nurse"))
    )
    spending = tuple(
        Spending(school, "Supplies", "general", cents) for school, cents in (("a", 80_000_000), ("b", 90_000_000))
    )
    district = two_schools(positions=positions, staffing=posts, spending=spending)
    rules = LineBand(least=Decimal(1), most=Decimal(1)), HoldHarmless(share=Decimal(1))
    found = one_more(planned(district, *rules), "a", "counselor", 100)
    [in_place] = [answer for answer in found.answers if answer.way is Way.IN_PLACE]
    assert "At the school itself this gives way: 1.00 FTE Nurse (its only one)." in answer_sentences(found, in_place)
    assert "Before anybody agrees to this: A would have no Nurse left." == emptied_words(found, in_place)
    half = one_more(planned(district, *rules), "a", "counselor", 50)
    [in_place] = [answer for answer in half.answers if answer.way is Way.IN_PLACE]
    assert "At the school itself this gives way: 0.50 FTE Nurse." in answer_sentences(half, in_place)
    assert "" == emptied_words(half, in_place)


def test_money_that_no_school_gets_pays_without_taking_from_anybody():
    """Supplies stay as they were and each school has its one counselor, so $100,000 of $2,100,000 are left: one post."""
    district = two_schools(funds=(Fund("general", "General", 210_000_000),))
    [_, supplies] = rules = StaffingMost("counselor", most_fte=Decimal(1)), LineBand(least=Decimal(1), most=Decimal(1))
    before = planned(district, *rules)
    assert 10_000_000 == sum(fund.unallocated for fund in before.certificate.funds)
    found = one_more(certified_under(before, supplies), "a", "counselor", 100)
    [payer] = found.payers
    assert payer.may_pay and "$100,000" == left_words(payer)
    for answer in found.answers:
        assert [("a", 10_000_000)] == [(each.school, each.cents) for each in answer.taken]
        assert "nobody gives up core money" in answer_sentences(found, answer)[0].lower()


def certified_under(before: Plan, *rules) -> Plan:
    """Return a plan's allocation under fewer rules: what a board adopted, when a cap is lifted afterwards."""
    scenario = Scenario(rules=rules)
    return dataclasses.replace(
        before, scenario=scenario, certificate=certify(before.district, scenario, before.allocation)
    )


def test_where_nobody_may_fall_it_cannot_be_on_top_and_the_money_that_lacks_is_what_it_costs():
    found = one_more(planned(two_schools(), HoldHarmless(Decimal(1))), "a", "counselor", 100)
    on_top, in_place = found.answers
    assert on_top.plan is None and in_place.plan is not None
    assert {"general": 10_000_000} == on_top.keeping.missing
    why, none, ways = answer_sentences(found, on_top)
    assert "stand against it" in why and "No school falls below a share of last year" in why
    assert "the school's other posts and lines, held as the plan has them" in why
    assert "Not even one step more can be had" in none and "find $100,000 more for General" in ways


def test_a_cap_is_named_as_what_hinders_it_with_how_much_can_be_had():
    """At most 1.5 counselors a school: a whole one more cannot be, half of one can."""
    cap = StaffingMost("counselor", most_fte=Decimal("1.5"))
    found = one_more(planned(two_schools(), cap), "a", "counselor", 100)
    assert cap == found.before.scenario.rules[found.against[0] - 1]
    why, ways = answer_sentences(found, found.answers[1])
    assert cap.title in why
    assert "ask for less: 0.50 FTE more can be had, 1.50 FTE in all" in ways
    assert "to 2 FTE (now 1.5 FTE)" in ways


def test_what_it_costs_on_average_and_in_fact():
    """$120,000 a full-time post at the school by its own 1.0 FTE, $100,000 at the district's average."""
    rows = (
        Staffing("a", "counselor", "general", 100, actual=12_000_000),
        Staffing("b", "counselor", "general", 100, actual=8_000_000),
    )
    district = two_schools(staffing=rows)
    cost, fact, stands = cost_sentences(one_more(planned(district), "a", "counselor", 50))
    assert "0.50 FTE more of Counselor at A (code a) costs $50,000 in 2026-27" in cost
    assert "the school's own 1.00 FTE of it cost $120,000 a full-time post" in fact
    assert "1.00 FTE last year and has 1.00 FTE in the proposal" in stands and "makes 1.50 FTE" in stands
    unknown = cost_sentences(one_more(planned(two_schools()), "a", "counselor", 50))[1]
    assert "in fact is not known" in unknown


def test_every_fund_says_whether_it_may_pay_and_why_not():
    funds = (
        Fund("general", "General", 200_000_000),
        Fund("elsewhere", "Elsewhere", 0, schools=("b",)),
        Fund("books", "Books", 0, positions=(), lines=("Supplies",)),
    )
    found = one_more(planned(two_schools(funds=funds)), "a", "counselor", 100)
    assert ["yes", "no: it does not serve this school", "no: it may not pay for Counselor"] == [
        payer_words(found, payer) for payer in found.payers
    ]
    assert ["nothing: the proposal spends all of it", "", ""] == [left_words(payer) for payer in found.payers]


def test_more_of_a_line_is_asked_for_in_dollars():
    """$50,000 more supplies at A: B is left with $950,000."""
    found = one_more(planned(two_schools()), "a", "Supplies", 5_000_000)
    assert SchoolLeast("a", "Supplies", least_dollars=Decimal(950_000)) == found.rule
    assert ("b", -5_000_000) == (found.answers[0].taken[0].school, found.answers[0].taken[0].cents)


@pytest.mark.parametrize("seed", range(3))
def test_what_some_get_is_what_others_give_and_funds_had_left(seed):
    """Over all schools the change is what funds leave less: money is neither made nor lost, to the cent."""
    before = plan(random_district(seed), plain_scenario())
    assert isinstance(before, Plan)
    found = one_more(before, before.district.schools[0].code, "counselor", 20)
    for answer in found.answers:
        if answer.plan is not None:
            left = [sum(fund.unallocated for fund in each.certificate.funds) for each in (before, answer.plan)]
            assert left[0] - left[1] == sum(each.cents + each.other for each in answer.taken)
            assert answer.plan.certificate.is_kept


@pytest.mark.parametrize(
    ("school", "item", "by", "kind", "words"),
    [
        ("z", "counselor", 100, UnknownCode, "no school with code z"),
        ("a", "nurse", 100, UnknownCode, "Positions: counselor \\(Counselor\\). Lines: Supplies"),
        ("a", "counselor", 30, InvalidValue, "steps of 0.50 FTE"),
        ("a", "counselor", 0, InvalidValue, "more than zero"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_can(school, item, by, kind, words):
    with pytest.raises(kind, match=words):
        one_more(planned(two_schools()), school, item, by)


def test_what_is_told_to_ask_for_instead_of_too_little_can_be_asked_for():
    """In steps of 0.20 FTE the first post of at least 0.50 is 0.60; 0.50 itself would be refused in its turn."""
    position = Position("nurse", "Nurse", 10_000_000, step=20, smallest=50)
    made = planned(two_schools(positions=(*two_schools().positions, position)))
    assert 0 == made.allocation.fte_of.get(("a", "nurse"), 0)
    with pytest.raises(InvalidValue, match=r"at least 0\.60 more"):
        one_more(made, "a", "nurse", 20)
    assert one_more(made, "a", "nurse", 60).ask.by == 60


def test_an_amount_is_read_as_people_type_it():
    made = planned(two_schools())
    assert [50, 150, 1_000_050] == [
        amount_of(made, "counselor", ""),
        amount_of(made, "counselor", "1.5"),
        amount_of(made, "Supplies", "$10,000.50"),
    ]
    for item, typed in (("counselor", "many"), ("Supplies", ""), ("desk", "1")):
        with pytest.raises(EquityAllocError):
            amount_of(made, item, typed)
