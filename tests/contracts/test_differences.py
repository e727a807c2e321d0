"""The parts of a difference between two schools add up to it exactly, and each is what a reader can work out by hand."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest

from equity_alloc.domain.district import District, Fund, School, Spending, StudentGroup
from equity_alloc.domain.errors import EquityAllocError, InvalidValue, UnknownCode
from equity_alloc.domain.need import NeedWeight
from equity_alloc.planning.difference import Why, best_levels, difference
from equity_alloc.planning.difference_words import difference_sentences, part_words
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.scenario import LevelBasis, Scenario
from tests.districts import plain_scenario, random_district
from tests.draws import odd_district, odd_scenario
from tests.planning.test_frontier import two_schools as two_of_teachers


def planned(district: District, scenario: Scenario) -> Plan | None:
    try:
        result = plan(district, scenario)
    except EquityAllocError:
        return None  # Refused with its reason, which other contracts test.
    return result if isinstance(result, Plan) else None


def two_schools(rules: tuple = ()) -> Plan:
    """One fund of $30,000 and two schools: 100 pupils, and 100 pupils of whom 50 are poor, who count twice."""
    schools = (
        School("a", "Ash", "school", 100, groups=(("poor", 0),)),
        School("b", "Birch", "school", 100, groups=(("poor", 50),)),
    )
    district = District(
        "Two",
        "2026-27",
        schools,
        (StudentGroup("poor", "Poor"),),
        funds=(Fund("g", "General", 3_000_000),),
        spending=(Spending("a", "Supplies", "g", 1_500_000), Spending("b", "Supplies", "g", 1_500_000)),
    )
    found = planned(district, Scenario(need_weights=(NeedWeight("poor", Decimal(1)),), rules=rules, tolerance=0))
    assert found is not None
    return found


def test_without_rules_need_alone_makes_the_difference() -> None:
    # 100 and 150 weighted pupils share $30,000: $120 each, so $12,000 and $18,000; 50 poor pupils at $120 are $6,000.
    found = difference(two_schools(), "b", "a")
    assert Fraction(600_000) == found.total
    assert [(Why.NEED, "poor", Fraction(600_000))] == [(part.why, part.group, part.cents) for part in found.parts]
    assert () == found.stops


def test_a_cap_takes_its_part_and_is_named() -> None:
    # Birch may gain 10 %: $16,500 (level $110), and Ash keeps $13,500 (level $135). Difference $3,000 =
    # need 50 x mean level $122.50 = $6,125, less $25 of level x mean weight 125 = $3,125.
    result = two_schools((GainCap(Decimal("0.1")),))
    found = difference(result, "b", "a", best=best_levels(result))
    parts = {part.why: part.cents for part in found.parts}
    assert Fraction(300_000) == found.total
    assert Fraction(612_500) == parts[Why.NEED]
    assert float(parts[Why.BEST]) == pytest.approx(-312_500)
    assert abs(parts.get(Why.STEPS, Fraction(0))) < 1
    higher, lower = found.stops
    assert ("a", -1) == (higher.school, higher.way)
    assert ("b", 1, 0) == (lower.school, lower.way, lower.room)
    cap = next(n for n, rule in enumerate(result.scenario.rules, 1) if isinstance(rule, GainCap))
    assert cap == lower.rule
    assert f"Birch (code b) cannot have more: rule {cap} (" in " ".join(difference_sentences(result, found))


def test_a_floor_of_the_higher_school_is_named() -> None:
    # Ash keeps 95 %: $14,250 (level $142.50), Birch $15,750 (level $105).
    result = two_schools((HoldHarmless(Decimal("0.95")),))
    higher, lower = difference(result, "a", "b").stops
    assert isinstance(result.scenario.rules[(higher.rule or 0) - 1], HoldHarmless)
    assert 0 == higher.room
    assert lower.room > 0


@pytest.mark.parametrize("seed", range(24))
def test_parts_add_up_exactly_on_odd_districts_and_turn_sign_with_the_question(seed: int) -> None:
    district = odd_district(seed)
    result = planned(district, odd_scenario(seed, district))
    if result is None:
        return
    best = best_levels(result)
    for a, b in combinations([school.code for school in district.schools], 2):
        for levels in (None, best):
            found = difference(result, a, b, best=levels)
            counted = [result.view.district.counted_dollars(result.allocation, code) for code in (a, b)]
            assert counted[0] - counted[1] == found.total == sum(part.cents for part in found.parts)
            other = difference(result, b, a, best=levels)
            assert {(p.why, p.group): p.cents for p in found.parts} == {(p.why, p.group): -p.cents for p in other.parts}
            assert all(part_words(result, found, part) for part in found.parts)


@pytest.mark.parametrize("basis", list(LevelBasis))
@pytest.mark.parametrize("seed", range(4))
def test_parts_per_pupil_add_up_exactly(seed: int, basis: LevelBasis) -> None:
    district = random_district(seed)
    result = planned(district, plain_scenario(basis=basis))
    assert result is not None
    best = best_levels(result)
    for a, b in combinations([school.code for school in district.schools], 2):
        found = difference(result, a, b, best=best, per_pupil=True)
        per_pupil = [
            Fraction(result.view.district.counted_dollars(result.allocation, code), district.school_of[code].enrollment)
            for code in (a, b)
        ]
        assert per_pupil[0] - per_pupil[1] == found.total == sum(part.cents for part in found.parts)
        if basis is LevelBasis.WEIGHTED_PUPIL:
            # One pupil is one pupil at both: only needs and levels can differ.
            assert Why.PUPILS not in {part.why for part in found.parts}


def test_a_question_that_makes_no_sense_is_refused_with_a_sentence() -> None:
    result = two_schools()
    with pytest.raises(InvalidValue, match="not from itself"):
        difference(result, "a", "a")
    with pytest.raises(UnknownCode, match="no school with code z"):
        difference(result, "a", "z")


def test_a_school_without_pupils_keeps_money_that_is_not_by_pupils() -> None:
    result = two_schools()
    empty = dataclasses.replace(result.district.schools[0], enrollment=0)
    district = dataclasses.replace(result.district, schools=(empty, result.district.schools[1]))
    changed = planned(district, dataclasses.replace(result.scenario, rules=(HoldHarmless(Decimal("0.5")),)))
    assert changed is not None
    found = difference(changed, "a", "b")
    held = changed.view.district.counted_dollars(changed.allocation, "a")
    assert held == next(part.cents for part in found.parts if part.why is Why.NO_WEIGHT)
    with pytest.raises(InvalidValue, match="no pupils"):
        difference(changed, "a", "b", per_pupil=True)


def test_levels_that_differ_by_less_than_whole_posts_leave_open_are_not_laid_to_rules() -> None:
    # $650,000 buy 6.5 posts for 200 pupils alike: 3.5 and 3, where 3.25 each ($3,250) is the best.
    result = planned(two_of_teachers(65_000_000), Scenario(tolerance=0))
    assert result is not None
    found = difference(result, "A", "B", best=best_levels(result))
    first, second = found.levels
    assert first is not None and second is not None
    # Each stands $250 of level from its best, and they differ by $500: more than either gap, so it is told.
    assert (Fraction(25_000), Fraction(50_000)) == (found.open_by, abs(first - second))
    assert len(found.stops) == 2
    apart = dataclasses.replace(found, stops=(), open_by=Fraction(50_000))
    said = " ".join(difference_sentences(result, apart))
    assert "Their levels differ by $500.00, within the $500.00" in said and "What keeps them apart" not in said
    # Without best levels the plan's own gap is what is open: none, for of 6.5 posts in halves the fewer are 3 at most.
    assert 0 == difference(result, "A", "B").open_by


@pytest.mark.parametrize("seed", range(12))
def test_what_keeps_levels_apart_is_told_only_where_they_differ_by_more_than_both_gaps(seed: int) -> None:
    district = odd_district(seed)
    result = planned(district, odd_scenario(seed, district))
    best = None if result is None else best_levels(result)
    if result is None or best is None:
        return
    for a, b in combinations([school.code for school in district.schools], 2):
        found = difference(result, a, b, best=best)
        first, second = found.levels
        if first is None or second is None:
            continue
        exceeds = all(abs(first - second) > abs(best[code] - level) for code, level in ((a, first), (b, second)))
        assert not found.stops or exceeds
