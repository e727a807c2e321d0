"""Measures against numbers that were printed elsewhere, or computed by other means and checked pupil by pupil."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from equity_alloc.catalogue import all_measures
from equity_alloc.measures.adequacy_index import MEASURE as ADEQUACY
from equity_alloc.measures.adequacy_index import adequacy_index
from equity_alloc.measures.atkinson import MEASURE as ATKINSON
from equity_alloc.measures.atkinson import atkinson
from equity_alloc.measures.atkinson_half import MEASURE as ATKINSON_HALF
from equity_alloc.measures.atkinson_half import atkinson_half
from equity_alloc.measures.atkinson_two import MEASURE as ATKINSON_TWO
from equity_alloc.measures.base import Measure
from equity_alloc.measures.coefficient_of_variation import MEASURE as COEFFICIENT_OF_VARIATION
from equity_alloc.measures.coefficient_of_variation import coefficient_of_variation
from equity_alloc.measures.equivalent import equivalent_level
from equity_alloc.measures.federal_range_ratio import MEASURE as FEDERAL_RANGE_RATIO
from equity_alloc.measures.federal_range_ratio import federal_range_ratio
from equity_alloc.measures.full_range import MEASURE as RANGE
from equity_alloc.measures.gini import MEASURE as GINI
from equity_alloc.measures.gini import gini
from equity_alloc.measures.hoover import MEASURE as HOOVER
from equity_alloc.measures.hoover import hoover
from equity_alloc.measures.jain import MEASURE as JAIN
from equity_alloc.measures.jain import jain
from equity_alloc.measures.mcloone import MEASURE as MCLOONE
from equity_alloc.measures.mean_per_pupil import MEASURE as MEAN
from equity_alloc.measures.mean_per_pupil import mean_per_pupil
from equity_alloc.measures.need_correlation import MEASURE as NEED_CORRELATION
from equity_alloc.measures.need_elasticity import MEASURE as NEED_ELASTICITY
from equity_alloc.measures.need_gap import MEASURE as NEED_GAP
from equity_alloc.measures.need_slope import MEASURE as NEED_SLOPE
from equity_alloc.measures.need_slope import need_slope
from equity_alloc.measures.poor_to_non_poor_ratio import MEASURE as POOR_RATIO
from equity_alloc.measures.quantile import weighted_quantile
from equity_alloc.measures.restricted_range import MEASURE as RESTRICTED_RANGE
from equity_alloc.measures.share_at_target import share_at_target
from equity_alloc.measures.shortfall import shortfall
from equity_alloc.measures.theil_l import MEASURE as THEIL_L
from equity_alloc.measures.theil_l import theil_l
from equity_alloc.measures.theil_t import MEASURE as THEIL_T
from equity_alloc.measures.theil_t import theil_t
from equity_alloc.measures.verstegen import MEASURE as VERSTEGEN
from equity_alloc.measures.wealth_correlation import wealth_correlation
from equity_alloc.measures.wealth_elasticity import wealth_elasticity
from equity_alloc.measures.wealth_slope import wealth_slope

# Six schools, expected values computed apart from this package and checked by writing out every pupil.
PUPILS = np.array([400, 450, 500, 300, 350, 500])
DOLLARS = np.array([8000, 7000, 6000, 5000, 9000, 10000])
POOR = np.array([0.30, 0.40, 0.70, 0.80, 0.20, 0.55])

# The vector of the help pages of the R packages ineq, DescTools and acid.
R_VECTOR = np.array([541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261])


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (MEAN, 7600),
        (RANGE, 5000),
        (RESTRICTED_RANGE, 5000),
        (FEDERAL_RANGE_RATIO, 1.0),
        (COEFFICIENT_OF_VARIATION, 0.2217408),
        (MCLOONE, 0.8742857),
        (VERSTEGEN, 1.2184874),
        (GINI, 0.126000),
        (THEIL_T, 0.0248753),
        (THEIL_L, 0.0255609),
        (HOOVER, 0.0973684),
        (POOR_RATIO, 0.9025935),
        (ATKINSON_HALF, 0.0125435),
        (ATKINSON, 0.0252370),
        (ATKINSON_TWO, 0.0506787),
        (JAIN, 0.9531353),
        (NEED_CORRELATION, -0.5763150),
        (NEED_ELASTICITY, -0.3153954),
    ],
    ids=lambda item: item.code if isinstance(item, Measure) else "",
)
def test_six_schools_weighted_by_pupils_give_the_worked_values(measure: Measure, expected: float) -> None:
    assert expected == pytest.approx(measure.value(DOLLARS, PUPILS, POOR), rel=0, abs=1e-7)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (MEAN, 7500),
        (COEFFICIENT_OF_VARIATION, 0.2277100),
        (MCLOONE, 0.8571429),
        (GINI, 0.1296296),
        (THEIL_T, 0.0263308),
        (HOOVER, 0.1),
        (JAIN, 0.9507042),
    ],
    ids=lambda item: item.code if isinstance(item, Measure) else "",
)
def test_the_same_schools_counted_once_each_give_other_values(measure: Measure, expected: float) -> None:
    assert expected == pytest.approx(measure.value(DOLLARS, np.ones(6)), rel=0, abs=1e-7)


def test_dollars_per_weighted_pupil_show_more_inequality_where_poverty_has_a_need_weight() -> None:
    weighted_pupils = PUPILS * (1 + 0.4 * POOR)
    per_weighted_pupil = DOLLARS * PUPILS / weighted_pupils
    expected = {MEAN: 6346.025, COEFFICIENT_OF_VARIATION: 0.2618811, THEIL_T: 0.0355168, GINI: 0.1469852}
    assert 2994 == pytest.approx(weighted_pupils.sum())
    for measure, number in {**expected, MCLOONE: 0.8136805}.items():
        digits = 5e-4 if measure is MEAN else 1e-7
        assert number == pytest.approx(measure.value(per_weighted_pupil, weighted_pupils), rel=0, abs=digits), (
            measure.code
        )


def test_poorer_schools_of_the_six_receive_less() -> None:
    assert -4852.236 == pytest.approx(NEED_SLOPE.value(DOLLARS, PUPILS, POOR), rel=0, abs=5e-4)
    assert 7206.478 == pytest.approx(mean_per_pupil(DOLLARS, PUPILS * POOR), rel=0, abs=5e-4)
    assert 7984.190 == pytest.approx(mean_per_pupil(DOLLARS, PUPILS * (1 - POOR)), rel=0, abs=5e-4)


def test_wealth_neutrality_is_the_same_line_with_wealth_in_the_place_of_need() -> None:
    """Slope, correlation and elasticity of the six schools (domain notes 3.1), a poor share read as $1,000,000 of wealth."""
    wealth = POOR * 1_000_000
    assert -4.852236 == pytest.approx(wealth_slope(DOLLARS, PUPILS, wealth), rel=0, abs=5e-7)
    assert -0.5763150 == pytest.approx(wealth_correlation(DOLLARS, PUPILS, wealth), rel=0, abs=1e-7)
    assert -0.3153954 == pytest.approx(wealth_elasticity(DOLLARS, PUPILS, wealth), rel=0, abs=1e-7)


def test_the_gap_between_poor_and_non_poor_is_the_slope_times_the_spread_of_need() -> None:
    mean_need = mean_per_pupil(POOR, PUPILS)
    spread = mean_per_pupil((POOR - mean_need) ** 2, PUPILS)
    gap = need_slope(DOLLARS, PUPILS, POOR) * spread / (mean_need * (1 - mean_need))
    assert -777.712 == pytest.approx(gap, rel=0, abs=5e-4)
    assert gap == pytest.approx(NEED_GAP.value(DOLLARS, PUPILS, POOR))


def test_the_same_schools_against_a_target_of_7000() -> None:
    shares = DOLLARS / 7000
    assert 0.9371429 == pytest.approx(ADEQUACY.value(shares, PUPILS), rel=0, abs=1e-7)
    assert 0.9285714 == pytest.approx(adequacy_index(shares, np.ones(6)), rel=0, abs=1e-7)
    assert 0.68 == pytest.approx(share_at_target(shares, PUPILS))
    assert 1_100_000 == pytest.approx(shortfall(shares, 7000 * PUPILS))


def test_the_help_pages_of_r_packages_agree() -> None:
    """ineq, DescTools and acid: Gini, Atkinson with parameter 1, Theil, mean log deviation and the like."""
    once = np.ones(10)
    assert 0.4620911303 == pytest.approx(gini(R_VECTOR, once), abs=1e-9)
    assert 0.3623412423 == pytest.approx(theil_t(R_VECTOR, once), abs=1e-9)
    assert 0.4335946495 == pytest.approx(theil_l(R_VECTOR, once), abs=1e-9)
    assert 0.3518250597 == pytest.approx(atkinson(R_VECTOR, once), abs=1e-9)
    assert 0.1796590980 == pytest.approx(atkinson_half(R_VECTOR, once), abs=1e-9)
    assert 0.9169581829 == pytest.approx(coefficient_of_variation(R_VECTOR, once), abs=1e-9)
    assert 0.3378067462 == pytest.approx(hoover(R_VECTOR, once), abs=1e-9)


def test_what_the_reat_package_prints_as_theil_is_theil_l_and_not_theil_t() -> None:
    values, once = np.array([10, 10, 10, 20, 50]), np.ones(5)
    assert 0.2326302 == pytest.approx(theil_l(values, once), abs=5e-8)
    assert 0.2502012 == pytest.approx(theil_t(values, once), abs=5e-8)
    assert 0.36 == pytest.approx(gini(values, once))


def test_the_pysal_examples_agree() -> None:
    """PySAL inequality: Atkinson with parameter 1 of 10, 20 ... 50, its equivalent 26.0517108, and Theil of halves."""
    tens = np.array([10, 20, 30, 40, 50])
    assert 0.1316096 == pytest.approx(atkinson(tens, np.ones(5)), abs=5e-8)
    assert 26.0517108 == pytest.approx(30 * (1 - atkinson(tens, np.ones(5))), abs=5e-8)
    assert 0.06315 == pytest.approx(atkinson_half(tens, np.ones(5)), abs=5e-6)
    assert 28.1053982 == pytest.approx(equivalent_level(tens, np.ones(5), 0.5), abs=5e-8)
    assert 26.0517108 == pytest.approx(equivalent_level(tens, np.ones(5), 1), abs=5e-8)
    assert np.log(2) == pytest.approx(theil_t(np.array([0, 0, 0, 10, 10, 10]), np.ones(6)))


@pytest.mark.parametrize(("count", "holders", "expected"), [(10, 1, 0.10), (100, 20, 0.20), (7, 7, 1.0)])
def test_the_fairness_index_of_jain_follows_from_the_coefficient_of_variation(
    count: int, holders: int, expected: float
) -> None:
    """Jain, Chiu and Hawe (1984), DEC-TR-301: if a share k of users get all, equally, the index is k."""
    values = np.array([1.0] * holders + [0.0] * (count - holders))
    assert expected == pytest.approx(1 / (1 + coefficient_of_variation(values, np.ones(count)) ** 2))
    assert expected == pytest.approx(jain(values, np.ones(count)))


def test_the_federal_example_of_state_x_has_a_disparity_of_22_percent() -> None:
    """34 CFR part 222, appendix to subpart K, paragraph 1: $820 at the 5th percentile, $1,000 at the 95th."""
    values, pupils = np.array([700, 820, 900, 1000, 1400]), np.array([40, 20, 880, 20, 40])
    assert 820 == weighted_quantile(values, pupils, 0.05)
    assert 1000 == weighted_quantile(values, pupils, 0.95)
    assert 180 / 820 == federal_range_ratio(values, pupils)


def test_the_other_measures_of_adequacy_and_need_of_the_six_schools_worked_by_hand() -> None:
    """At a target of 7,000 two schools lack 1/7 (500 pupils) and 2/7 (300); fifths of the 2,500 pupils are 500."""
    shares, measures = DOLLARS / 7000, all_measures()
    severity = (500 * (1 / 7) ** 2 + 300 * (2 / 7) ** 2) / 2500
    assert severity == pytest.approx(measures["shortfall-severity"].value(shares, PUPILS))
    assert 5 / 7 == pytest.approx(measures["lowest-funded-share"].value(shares, PUPILS))
    assert 5 / 7 == pytest.approx(measures["funded-share-gap"].value(shares, PUPILS))
    # Least need: 350 pupils at 9,000 and 150 at 8,000; most need: 300 at 5,000 and 200 at 6,000.
    fifths = (300 * 5000 + 200 * 6000) / (350 * 9000 + 150 * 8000)
    assert fifths == pytest.approx(measures["quintile-ratio"].value(DOLLARS, PUPILS, POOR))


def test_equal_levels_of_the_six_schools_follow_from_their_definitions() -> None:
    """Harmonic mean at an aversion of two; by Kolm and Pollak at a strength of two over the mean, pupil by pupil."""
    measures = all_measures()
    harmonic = 2500 / sum(n / x for n, x in zip(PUPILS, DOLLARS, strict=True))
    assert harmonic == pytest.approx(measures["equivalent-level"].value(DOLLARS, PUPILS))
    assert 7600 * (1 - 0.0506787) == pytest.approx(harmonic, abs=5e-4)
    mean = sum(n * exp(-2 * x / 7600) for n, x in zip(PUPILS, DOLLARS, strict=True)) / 2500
    assert 7600 + log(mean) * 3800 == pytest.approx(measures["kolm-pollak-loss"].value(DOLLARS, PUPILS))


def test_a_measure_is_told_with_the_same_decimals_wherever_it_stands() -> None:
    """Those near zero with four or five, so that 0.0022 and 0.0006 are not 0.002 and 0.001; dollars with none."""
    told = {code: measure.printed(0.00225) for code, measure in all_measures().items()}
    assert ("0.00225", "0.0022", "0.002", "$0") == tuple(
        told[code] for code in ("theil-t", "atkinson", "gini", "need-gap")
    )
    assert "not defined" == all_measures()["gini"].printed(None)
    assert "-$1,234" == all_measures()["need-gap"].printed(-1234.4)
    assert "$0" == all_measures()["need-gap"].printed(-0.2)
