"""Each school against the district's average for its mix: a fixture worked elsewhere, and what must hold for any district."""

from __future__ import annotations

import numpy as np
import pytest

from equity_alloc.domain.errors import EmptyDistribution
from equity_alloc.measures.mix_index import expected_for_mix, mix_index
from equity_alloc.planning.mix import mix_rows
from equity_alloc.planning.search import plan
from tests.districts import plain_scenario, random_district

PUPILS = np.array([400, 450, 500, 300, 350, 500], float)
DOLLARS = np.array([8000, 7000, 6000, 5000, 9000, 10000], float)
POOR = np.array([0.30, 0.40, 0.70, 0.80, 0.20, 0.55])


def test_six_schools_whose_averages_are_known():
    """Poor pupils have 7,206.478 and the others 7,984.190: three of ten poor make 7,750.876, and 8,000 are 1.03214 of it."""
    expected = expected_for_mix(DOLLARS, PUPILS, POOR)
    assert 0.30 * 7206.478 + 0.70 * 7984.190 == pytest.approx(expected[0], abs=0.001)
    assert 0.80 * 7206.478 + 0.20 * 7984.190 == pytest.approx(expected[3], abs=0.001)
    assert 8000 / 7750.876 == pytest.approx(mix_index(DOLLARS, PUPILS, POOR)[0], abs=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_all_schools_together_are_expected_to_have_what_they_have(seed):
    draw = np.random.default_rng(seed)
    pupils, dollars, need = draw.integers(1, 900, 9), draw.uniform(0, 20_000, 9), draw.uniform(0, 1, 9)
    assert pupils @ dollars == pytest.approx(pupils @ expected_for_mix(dollars, pupils, need))
    spread = draw.permutation(9)
    one, other = mix_index(dollars, pupils, need), mix_index(dollars[spread], pupils[spread], need[spread])
    assert one[spread] == pytest.approx(other)
    assert one == pytest.approx(mix_index(dollars * 7, pupils, need))


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_pupils_are_of_one_kind_the_average_is_the_districts(share):
    expected = expected_for_mix(DOLLARS, PUPILS, np.full(6, share))
    assert [7600.0] * 6 == pytest.approx(expected.tolist())


def test_no_dollars_anywhere_are_no_average():
    with pytest.raises(EmptyDistribution, match="no dollars anywhere"):
        mix_index(np.zeros(6), PUPILS, POOR)


def test_rows_are_the_lowest_first_and_tie_with_the_plan():
    found = plan(random_district(4, 6), plain_scenario())
    rows, unknown = mix_rows(found)
    assert () == unknown
    assert [row.plan for row in rows] == sorted(row.plan for row in rows)
    size = {school.code: school.enrollment for school in found.district.schools}
    counted = sum(found.view.district.counted_dollars(found.allocation, row.code) for row in rows) / 100
    assert counted == pytest.approx(sum(row.expected * size[row.code] for row in rows))
    assert all(row.plan == pytest.approx(row.has / row.expected) for row in rows)
