"""What chance gives: published probabilities, exact enumeration, and identities that hold for every draw."""

from __future__ import annotations

import random
from fractions import Fraction
from math import comb

import numpy as np
import pytest

from equity_alloc.domain.errors import EmptyDistribution, InvalidValue
from equity_alloc.measures.disproportion.base import Counts
from equity_alloc.measures.disproportion.between_within import split_gap
from equity_alloc.measures.disproportion.false_discovery import stand_out
from equity_alloc.measures.disproportion.fisher import fisher_exact
from equity_alloc.measures.disproportion.shrinkage import Prior, chance_above, prior_of, shrunk_rate

#: Benjamini and Hochberg (1995), section 4: 15 comparisons of two treatments after myocardial infarction.
PUBLISHED = (
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
)  # fmt: skip


def test_fishers_twins_have_the_printed_probability():
    """Convictions of 13 identical and 17 other twins of criminals (Fisher 1962, as in the manual of R)."""
    assert 0.0005367 == pytest.approx(fisher_exact(Counts(10, 13, 2, 17)), abs=5e-8)


@pytest.mark.parametrize("seed", range(40))
def test_the_exact_probability_equals_the_sum_over_all_tables(seed):
    draw = random.Random(seed)
    pupils, others = draw.randint(1, 40), draw.randint(1, 60)
    counts = Counts(draw.randint(0, pupils), pupils, draw.randint(0, others), others)
    cases = counts.cases + counts.other_cases
    ways = [
        Fraction(comb(pupils, k) * comb(others, cases - k), comb(pupils + others, cases))
        for k in range(max(0, cases - others), min(cases, pupils) + 1)
    ]
    own = ways[counts.cases - max(0, cases - others)]
    assert float(sum(way for way in ways if way <= own)) == pytest.approx(fisher_exact(counts), rel=1e-9)


def test_four_of_fifteen_published_comparisons_stand_out():
    assert (True,) * 4 + (False,) * 11 == stand_out(PUBLISHED, 0.05)


def test_the_order_in_which_comparisons_are_listed_decides_nothing():
    shuffled = list(PUBLISHED)
    random.Random(1).shuffle(shuffled)
    assert set(PUBLISHED[:4]) == {p for p, out in zip(shuffled, stand_out(shuffled, 0.05), strict=True) if out}


@pytest.mark.parametrize("bad", [((0.5, 1.2), 0.1), ((0.5,), 0.0), ((0.5,), 1.0)])
def test_what_is_no_probability_is_refused(bad):
    with pytest.raises(InvalidValue):
        stand_out(*bad)


def test_where_nothing_differs_one_district_in_ten_at_most_sees_anything():
    """500 districts of 28 comparisons with one and the same risk; 10 % and three standard errors of the draw."""
    draw = np.random.default_rng(20)
    alarms = 0
    for _ in range(500):
        pupils = draw.integers(30, 400, 28)
        cases, others = draw.binomial(pupils, 0.08), draw.binomial(1200, 0.08, 28)
        chances = [
            fisher_exact(Counts(int(c), int(n), int(o), 1200)) for c, n, o in zip(cases, pupils, others, strict=True)
        ]
        alarms += any(stand_out(chances, 0.10))
    assert alarms <= 500 * 0.10 + 3 * (500 * 0.10 * 0.90) ** 0.5


@pytest.mark.parametrize("seed", range(30))
def test_what_lies_between_and_within_schools_adds_up_to_the_gap(seed):
    draw = np.random.default_rng(seed)
    pupils, others = draw.integers(0, 80, 12), draw.integers(0, 300, 12)
    cases, other_cases = draw.binomial(pupils, draw.random(12)), draw.binomial(others, draw.random(12))
    parts = split_gap(cases, pupils, other_cases, others)
    gap = cases.sum() / pupils.sum() - other_cases.sum() / others.sum()
    assert gap == pytest.approx(parts.gap, abs=1e-12)


def test_where_every_school_treats_all_alike_nothing_lies_within():
    parts = split_gap(np.array([5, 30]), np.array([50, 60]), np.array([20, 10]), np.array([200, 20]))
    assert 0 == pytest.approx(np.abs(parts.within).max(), abs=1e-15)


def test_impossible_counts_and_absent_groups_are_refused():
    one = np.array([1])
    with pytest.raises(InvalidValue, match="more cases than pupils"):
        split_gap(np.array([2]), one, one, one)
    with pytest.raises(EmptyDistribution):
        split_gap(np.array([0]), np.array([0]), one, one)
    with pytest.raises(EmptyDistribution):
        prior_of(np.array([0]), np.array([0]))
    with pytest.raises(InvalidValue, match="more cases than pupils"):
        prior_of(np.array([3]), np.array([2]))


@pytest.mark.parametrize(("cases", "pupils", "line"), [(3, 12, 0.2), (0, 30, 0.05), (25, 25, 0.9), (40, 400, 0.1)])
def test_the_chance_above_a_line_equals_the_sum_of_binomials(cases, pupils, line):
    """With a prior of one pupil with and one without a case, the posterior's tail is a sum of binomials."""
    a, n = cases + 1, pupils + 1
    expected = sum(comb(n, j) * line**j * (1 - line) ** (n - j) for j in range(a))
    assert expected == pytest.approx(chance_above(cases, pupils, Prior(0.5, 2.0), line), abs=2e-6)


def test_schools_that_differ_by_chance_alone_share_one_rate():
    prior = prior_of(np.array([10, 10, 10, 10]), np.array([100, 100, 100, 100]))
    assert Prior(0.1, float("inf")) == prior
    assert 0.1 == shrunk_rate(0, 12, prior)


def test_the_spread_between_schools_is_found_again():
    """2,000 schools whose rates follow a beta distribution that weighs as much as 40 pupils."""
    draw = np.random.default_rng(5)
    pupils = draw.integers(30, 500, 2000)
    cases = draw.binomial(pupils, draw.beta(8, 32, 2000))
    prior = prior_of(cases, pupils)
    assert 0.2 == pytest.approx(prior.mean, abs=0.01)
    assert 40 == pytest.approx(prior.pupils, rel=0.15)


def test_drawing_rates_together_comes_nearer_to_the_lasting_rates():
    draw = np.random.default_rng(6)
    lasting = draw.beta(8, 32, 400)
    pupils = draw.integers(10, 40, 400)
    cases = draw.binomial(pupils, lasting)
    prior = prior_of(cases, pupils)
    shrunk = np.array([shrunk_rate(int(c), int(n), prior) for c, n in zip(cases, pupils, strict=True)])
    assert ((shrunk - lasting) ** 2).sum() < 0.6 * ((cases / pupils - lasting) ** 2).sum()
