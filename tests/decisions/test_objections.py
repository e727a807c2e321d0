"""Objections: every answer is a fact of the plan at hand."""

from __future__ import annotations

import dataclasses
import random
from decimal import Decimal

import pytest

from equity_alloc.catalogue import rule_classes
from equity_alloc.decisions.book import Book
from equity_alloc.decisions.case import Case, Pace, Told, usual_pace
from equity_alloc.decisions.drivers import dealt_anew, is_blind
from equity_alloc.decisions.replies import all_objections, replies
from equity_alloc.decisions.status_quo import PROTECTS_LAST_YEAR, status_quo
from equity_alloc.decisions.weight_trial import WeightTrial
from equity_alloc.domain.district import GroupUse
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.rules.gain_cap import GainCap
from tests.decisions.conftest import AT, assessment_of


@pytest.fixture(scope="module")
def answers(sample_plan):
    return {objection.number: answer for objection, answer in replies(Case(sample_plan))}


@pytest.fixture(scope="module")
def other_plan(sample_plan):
    """The same district with a gain cap of 2 %."""
    rules = tuple(
        dataclasses.replace(rule, gain=Decimal("0.02")) if isinstance(rule, GainCap) else rule
        for rule in sample_plan.scenario.rules
    )
    made = make_plan(sample_plan.district, dataclasses.replace(sample_plan.scenario, rules=rules))
    assert isinstance(made, Plan)
    return made


def test_there_are_fourteen_and_each_says_what_nobody_can_answer(answers):
    assert list(range(1, 15)) == [each.number for each in all_objections()]
    assert {11} == set(range(1, 15)) - set(answers)  # No group of the sample is too small.
    for answer in answers.values():
        assert answer.fact and answer.reply and answer.unknown


def test_facts_are_those_of_the_plan(sample_plan, answers):
    changes = [
        sample_plan.district.counted_dollars(sample_plan.allocation, school.code)
        - sample_plan.district.counted_dollars(sample_plan.district.today, school.code)
        for school in sample_plan.district.schools
    ]
    lost = -sum(change for change in changes if change < 0)
    assert (
        f"{sum(1 for c in changes if c < 0)} schools of {len(changes)} give up {print_dollars(lost)}" in answers[1].fact
    )
    assert print_dollars(max(-change for change in changes)) in answers[1].fact


def test_facts_are_worked_out_anew_when_the_plan_changes(answers, other_plan):
    there = {objection.number: answer for objection, answer in replies(Case(other_plan))}
    for number in (1, 3, 4, 6, 8):
        assert answers[number].fact != there[number].fact, number


def test_a_faster_pace_gets_there_sooner(sample_plan):
    slow, fast = (Case(sample_plan, pace=Pace(Decimal(share))) for share in ("0.01", "0.05"))
    assert slow.way.last > fast.way.last == 1
    # The largest loss is 3.0 %, and three years at 1 % leave 0.99 x 0.99 x 0.99 = 97.03 %.
    assert "At 1.0 % a year, the last school has the plan's amount in year 4" in replies(slow)[0][1].reply


def test_the_effect_of_money_is_scaled_by_hand(sample_plan, answers):
    # $3,420,158 over 8,078 pupils is $423.39 a pupil; times .0316 per $1,000 that is .0134.
    assert "$423 a pupil" in answers[3].fact
    assert "0.0134 standard deviations" in answers[3].reply
    assert "-0.0017 and 0.0284" in answers[3].reply


def test_examples_from_elsewhere_name_their_source_and_that_it_is_unverified(answers):
    assert "Raseley v. Portland Public Schools" in answers[8].unknown and "unverified default" in answers[8].unknown
    assert "the gains fell when the stipends ended (NBER working paper 31051)" in answers[13].reply


def test_weights_under_which_no_plan_exists_are_not_told_as_unchanged(sample_plan):
    low, high = Decimal("0.5"), Decimal("1.5")
    for failed, says in (((low, high), "nobody can say"), ((high,), "would not change")):
        case = Case(sample_plan)
        case.__dict__["weights"] = WeightTrial(low, high, 3, 3, 2, 2, failed)
        told = {objection.number: answer for objection, answer in replies(case)}[4]
        assert says in told.reply
        assert (
            f"At {high * 100:.0f} % no plan" in told.fact
            or f"and again at {high * 100:.0f} % of what it is, no plan" in told.fact
        )


def test_the_pace_that_nobody_has_chosen_is_a_dated_default_with_a_source():
    assert usual_pace().value == Pace().most_loss == Decimal("0.02")
    assert usual_pace().from_date and not usual_pace().is_verified and "unverified default" in usual_pace().cited


def test_protected_counts_dealt_out_anew_leave_the_plan_bit_for_bit(sample_plan, answers):
    assert is_blind(sample_plan) is True
    assert "the same to the cent and to the post" in answers[5].fact
    other = dealt_anew(sample_plan.district)
    assert other != sample_plan.district
    audit = [group.code for group in other.groups if group.use is GroupUse.AUDIT]
    for code in audit:
        counts = [sorted(school.group(code) for school in each.schools) for each in (other, sample_plan.district)]
        assert counts[0] == counts[1]


def test_a_plan_that_protected_counts_did_drive_would_be_told(sample_plan):
    """A plan whose allocation is not the one that its district gives stands for one that something else drove."""
    fte = dict(sample_plan.allocation.fte)
    place = next(iter(fte))
    moved = dataclasses.replace(sample_plan.allocation, fte=tuple(sorted({**fte, place: fte[place] + 100}.items())))
    assert is_blind(dataclasses.replace(sample_plan, allocation=moved)) is False


def test_a_group_that_may_not_be_named_is_in_no_answer(sample_plan):
    case = Case(sample_plan, told=Told(levels=False, groups=frozenset({"economically-disadvantaged"})))
    told = {objection.number: answer for objection, answer in replies(case)}
    assert "English learners" not in told[6].fact
    assert not any(each.title in ("Homeless", "Black") for each in case.bearings)


def test_small_groups_are_agreed_to_say_nothing(sample_plan):
    dice = random.Random(3)
    schools = tuple(
        dataclasses.replace(
            school, groups=tuple((c, dice.randint(0, 1) if c == "homeless" else n) for c, n in school.groups)
        )
        for school in sample_plan.district.schools
    )
    few = make_plan(dataclasses.replace(sample_plan.district, schools=schools), sample_plan.scenario)
    told = {objection.number: answer for objection, answer in replies(Case(few))}
    assert "1 student group has fewer than 30 pupils" in told[11].fact
    assert "Agreed" in told[11].reply


def test_already_decided_is_answered_by_the_order_of_the_records(sample_plan, decided):
    before = Case(sample_plan, Book(sample_plan.district.name).with_record(assessment_of(sample_plan), AT), options=3)
    told = {objection.number: answer for objection, answer in replies(before)}
    assert "complete on 2026-11-20 at 15:00 UTC, by Ann Lee (CFO)" in told[14].fact
    assert "The cap moved." in told[14].reply
    after = {o.number: a for o, a in replies(Case(sample_plan, decided, options=3))}
    assert "the assessment before it" in after[14].fact


def test_every_rule_that_protects_last_year_has_its_price(sample_plan):
    assert set(rule_classes()) >= PROTECTS_LAST_YEAR
    found = {each.number: each for each in status_quo(sample_plan).protections}
    assert "-$248.04" == found[6].share and "+$179.95" == found[6].without
    assert "-$68.10" == found[5].share and "$0.00" == found[5].without


def test_what_is_not_known_is_not_told_as_none(answers):
    """Two small schools of the sample both give up; of most positions that fall nobody said whether a post is vacant."""
    assert "of them are known to be vacant, and of 5 of 6 positions nothing is known" in answers[7].fact
    assert "Both of them give up core money." == answers[9].reply
    assert "Each school has at least the posts its pupils call for" in answers[9].offer
