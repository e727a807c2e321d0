"""Shrunk risk ratios and how likely they pass a line, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from equity_alloc.measures.disproportion.base import Counts
from equity_alloc.measures.disproportion.shrinkage import Prior, prior_of
from equity_alloc.measures.disproportion.shrunk_ratio import shrunk_ratio


def test_how_far_groups_differ_around_a_known_rate_is_fitted_by_hand():
    """Rates .1, .2, .3 of 100 pupils each around .2: squares 2, over .16 that is 12.5; rho = (12.5 - 3)/(300 - 3)."""
    prior = prior_of(np.array([10, 20, 30]), np.array([100, 100, 100]), 0.2)
    assert 0.2 == prior.mean
    assert 297 / 9.5 - 1 == pytest.approx(prior.pupils)


@pytest.mark.parametrize(("line", "beyond"), [(2.0, 1 / 8), (0.8, 0.32), (4.0, 1 / 32)])
def test_the_probability_is_the_integral_that_can_be_done_on_paper(line, beyond):
    """One of one on both sides and an even prior of two pupils: both are Beta(2, 1), with P(p < x) = x^2 and density 2q.

    Above 2: the integral to 1/2 of (1 - 4 q^2) 2q = 1/4 - 1/8. Under .8: the integral of .64 q^2 2q = .32.
    Above 4: the integral to 1/4 of (1 - 16 q^2) 2q = 1/16 - 1/32.
    """
    found = shrunk_ratio(Counts(1, 1, 1, 1), Prior(0.5, 2.0), line)
    assert 1.0 == found.ratio
    assert beyond == pytest.approx(found.beyond, abs=2e-4)


def test_the_probability_is_that_of_a_million_draws():
    """The test vector 40/200 against 60/800 with a prior of 50 pupils around .1."""
    rng = np.random.default_rng(5)
    own, others = rng.beta(45, 205, 1_000_000), rng.beta(65, 785, 1_000_000)
    found = shrunk_ratio(Counts(40, 200, 60, 800), Prior(0.1, 50.0), 2.0)
    assert (45 / 250) / (65 / 850) == pytest.approx(found.ratio)
    assert (own > 2 * others).mean() == pytest.approx(found.beyond, abs=0.002)


def test_few_pupils_are_drawn_further_than_many_of_the_same_rate():
    prior = Prior(0.1, 60.0)
    few = shrunk_ratio(Counts(12, 40, 60, 600), prior, 2.0)
    many = shrunk_ratio(Counts(120, 400, 60, 600), prior, 2.0)
    assert 1 < few.ratio < many.ratio < 3
    assert few.beyond < many.beyond


def test_where_the_prior_weighs_nothing_and_nobody_has_a_case_nothing_is_said():
    assert shrunk_ratio(Counts(0, 40, 60, 600), Prior(0.1, 0.0), 0.8) is None
