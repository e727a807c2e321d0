"""Measures of disproportion against printed values, their identities, and what they refuse."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from equity_alloc.catalogue import all_disproportions
from equity_alloc.domain.errors import EmptyDistribution, InvalidValue
from equity_alloc.measures.disproportion.base import Counts
from equity_alloc.measures.disproportion.composition_difference import (
    composition_difference,
    e_formula,
    relative_difference,
)
from equity_alloc.measures.disproportion.composition_index import composition_index
from equity_alloc.measures.disproportion.interval import katz, newcombe, wilson
from equity_alloc.measures.disproportion.risk_difference import risk_difference, split_risk_difference
from equity_alloc.measures.disproportion.risk_ratio import alternate_risk_ratio, risk_ratio, weighted_risk_ratio
from equity_alloc.measures.disproportion.selection_ratio import selection_ratio

FAMILY = all_disproportions()
SEEDS = range(60)

every_member = pytest.mark.parametrize("code", FAMILY)


def drawn(seed: int) -> Counts:
    draw = np.random.default_rng(seed)
    pupils, others = (int(n) for n in draw.integers(5, 900, 2))
    return Counts(int(draw.integers(1, pupils + 1)), pupils, int(draw.integers(1, others + 1)), others)


def test_the_family_has_the_ways_that_reports_name() -> None:
    known = {"composition-difference", "composition-index", "risk-difference", "risk-ratio", "selection-ratio"}
    assert known <= set(FAMILY)


@every_member
def test_equal_risks_give_the_neutral_value(code: str) -> None:
    for cases, pupils, times in ((3, 12, 7), (40, 200, 4), (1, 1, 5)):
        equal = Counts(cases, pupils, cases * times, pupils * times)
        assert FAMILY[code].neutral == pytest.approx(FAMILY[code].of_counts(equal), abs=1e-12)


@every_member
@pytest.mark.parametrize("seed", SEEDS)
def test_doubling_every_count_changes_nothing(code: str, seed: int) -> None:
    once = drawn(seed)
    twice = Counts(2 * once.cases, 2 * once.pupils, 2 * once.other_cases, 2 * once.other_pupils)
    assert FAMILY[code].of_counts(once) == pytest.approx(FAMILY[code].of_counts(twice), rel=1e-12, abs=1e-12)


@every_member
@pytest.mark.parametrize("seed", SEEDS)
def test_one_case_more_in_the_group_moves_every_way_up_unless_it_folds(code: str, seed: int) -> None:
    before = drawn(seed)
    if before.cases == before.pupils:
        before = Counts(before.cases - 1, before.pupils, before.other_cases, before.other_pupils)
    after = Counts(before.cases + 1, before.pupils, before.other_cases, before.other_pupils)
    gain = FAMILY[code].of_counts(after) - FAMILY[code].of_counts(before)
    # The selection ratio folds at equality: above it, more for the group is less even.
    folds = code == "selection-ratio" and before.risk > before.other_risk
    assert gain < 0 if folds else gain > 0 or code == "selection-ratio"


@every_member
def test_impossible_counts_are_refused(code: str) -> None:
    for cases, pupils in ((-1, 10), (11, 10)):
        with pytest.raises(InvalidValue):
            FAMILY[code].of_counts(Counts(cases, pupils, 5, 10))
        with pytest.raises(InvalidValue):
            FAMILY[code].of_counts(Counts(5, 10, cases, pupils))
    for empty in ((0, 0, 5, 10), (5, 10, 0, 0)):
        with pytest.raises(EmptyDistribution):
            Counts(*empty)


@every_member
def test_a_member_says_what_it_is_in_plain_words(code: str) -> None:
    member = FAMILY[code]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", member.code)
    for sentence in (member.definition, member.misleads):
        assert re.fullmatch(r"[A-Z][^.]*\.", sentence), sentence
    assert member.source.locator and "\n" not in member.formula


def test_forty_of_two_hundred_against_sixty_of_eight_hundred() -> None:
    """By hand: 0.2 / 0.075 = 8 / 3; the logarithm's error is sqrt(1/40 - 1/200 + 1/60 - 1/800) = 0.1882."""
    counts = Counts(40, 200, 60, 800)
    assert 8 / 3 == pytest.approx(risk_ratio(counts))
    assert 0.125 == pytest.approx(risk_difference(counts))
    assert 0.375 == pytest.approx(selection_ratio(counts))
    assert selection_ratio(counts) < 0.8  # 29 CFR 1607.4(D): less than four fifths
    low, high = katz(counts)
    assert (1.844, 3.856) == pytest.approx((low, high), abs=5e-4)
    assert 0.1882 == pytest.approx((math.log(high) - math.log(low)) / (2 * 1.959964), abs=5e-5)
    assert (0.1505, 0.2609) == pytest.approx(wilson(40, 200), abs=5e-5)
    assert (0.0889, 0.5323) == pytest.approx(wilson(3, 12), abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "printed"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((10, 10, 0, 10), (0.6075, 1.0000)),
    ],
)
def test_the_printed_intervals_of_differences(counts: tuple[int, ...], printed: tuple[float, float]) -> None:
    """Newcombe (1998), table II, method 10, at 95 %."""
    assert printed == pytest.approx(newcombe(Counts(*counts)), abs=5e-5)


@pytest.mark.parametrize("seed", SEEDS)
def test_composition_and_risk_say_the_same_in_other_words(seed: int) -> None:
    """With k the group's share of the pupils: index = RR / (1 + k (RR - 1)); relative difference = index - 1."""
    counts = drawn(seed)
    ratio = risk_ratio(counts)
    share = counts.pupils / (counts.pupils + counts.other_pupils)
    index = composition_index(counts)
    assert ratio / (1 + share * (ratio - 1)) == pytest.approx(index)
    assert index - 1 == pytest.approx(relative_difference(counts), abs=1e-12)
    assert share * (index - 1) == pytest.approx(composition_difference(counts), abs=1e-12)


def test_the_e_formula_is_one_standard_error_above_the_share() -> None:
    """In percent: 20 + sqrt(20 x 80 / 100) = 24."""
    assert 0.24 == pytest.approx(e_formula(0.20, 100))
    assert 0.5 + 0.5 / 20 == pytest.approx(e_formula(0.5, 400))
    for share, cases in ((-0.1, 5), (1.1, 5), (0.2, 0)):
        with pytest.raises(InvalidValue):
            e_formula(share, cases)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_weighted_ratio_with_the_districts_own_composition_is_the_plain_one(seed: int) -> None:
    draw = np.random.default_rng(seed)
    pupils = draw.integers(20, 900, 4)
    cases = draw.integers(1, 20, 4)
    names = ["a", "b", "c", "d"]
    risks = dict(zip(names, (cases / pupils).tolist(), strict=True))
    shares = dict(zip(names, (pupils / pupils.sum()).tolist(), strict=True))
    plain = Counts(int(cases[0]), int(pupils[0]), int(cases[1:].sum()), int(pupils[1:].sum()))
    assert risk_ratio(plain) == pytest.approx(weighted_risk_ratio("a", risks, shares))


def test_ratios_to_nothing_are_refused_and_the_state_stands_in() -> None:
    with pytest.raises(EmptyDistribution, match="Nobody outside"):
        risk_ratio(Counts(4, 20, 0, 12))
    assert 2.0 == alternate_risk_ratio(4, 20, 1_000, 10_000)
    with pytest.raises(EmptyDistribution):
        weighted_risk_ratio("a", {"a": 0.2, "b": 0.0}, {"a": 0.5, "b": 0.5})
    with pytest.raises(InvalidValue, match="different groups"):
        weighted_risk_ratio("a", {"a": 0.2}, {"b": 1.0})
    with pytest.raises(InvalidValue, match="add up to"):
        weighted_risk_ratio("a", {"a": 0.2, "b": 0.1}, {"a": 0.5, "b": 0.6})
    for way in (composition_index, composition_difference, selection_ratio):
        with pytest.raises(EmptyDistribution):
            way(Counts(0, 10, 0, 20))


@pytest.mark.parametrize("seed", SEEDS)
def test_between_and_within_schools_add_up_to_the_risk_difference(seed: int) -> None:
    draw = np.random.default_rng(seed)
    pupils, others = draw.integers(0, 300, 8), draw.integers(0, 300, 8)
    pupils[0] = others[0] = 20
    cases, other_cases = draw.integers(0, pupils + 1), draw.integers(0, others + 1)
    parts = split_risk_difference(cases, pupils, other_cases, others)
    whole = Counts(int(cases.sum()), int(pupils.sum()), int(other_cases.sum()), int(others.sum()))
    assert risk_difference(whole) == pytest.approx(parts.total, abs=1e-12)


def test_where_each_school_treats_both_alike_nothing_lies_within() -> None:
    parts = split_risk_difference(*np.array([[30.0, 1], [60, 10], [10, 8], [20, 80]]))
    assert 0 == pytest.approx(parts.within, abs=1e-12)
    assert 31 / 70 - 18 / 100 == pytest.approx(parts.between)


def test_where_both_attend_the_same_schools_alike_nothing_lies_between() -> None:
    parts = split_risk_difference(*np.array([[30.0, 6], [60, 30], [10, 1], [20, 10]]))
    assert 0 == pytest.approx(parts.between, abs=1e-12)
    assert 36 / 90 - 11 / 30 == pytest.approx(parts.within)
