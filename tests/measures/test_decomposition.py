"""Inequality between and within groups of schools: the parts are what they say, and add up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.measures.decomposition import Split, split_theil_l, split_theil_t
from equity_alloc.measures.theil_l import theil_l
from equity_alloc.measures.theil_t import theil_t

SEEDS = range(60)
BOTH = [(split_theil_t, theil_t), (split_theil_l, theil_l)]
both = pytest.mark.parametrize(("split", "measure"), BOTH, ids=["T", "L"])


@both
@pytest.mark.parametrize("seed", SEEDS)
def test_the_parts_add_up_to_the_measure(split: Callable[..., Split], measure: Callable[..., float], seed: int) -> None:
    draw = np.random.default_rng(seed)
    values, weights = draw.uniform(3000, 20000, 12), draw.integers(0, 900, 12).astype(float)
    weights[:2] += 1
    groups = draw.choice(["elementary", "middle", "high"], 12).tolist()
    parts = split(values, weights, groups)
    assert measure(values, weights) == pytest.approx(parts.total, rel=1e-9, abs=1e-12)
    assert parts.between >= 0 and parts.within >= 0


@both
def test_one_group_or_equal_means_leave_nothing_between(split: Callable[..., Split], measure: object) -> None:
    assert 0 == split(np.array([4000.0, 9000]), np.ones(2), ["a", "a"]).between
    parts = split(np.array([4000.0, 8000, 6000]), np.ones(3), ["a", "a", "b"])
    assert 0 == pytest.approx(parts.between, abs=1e-15)


@both
def test_schools_alike_within_their_group_leave_nothing_within(split: Callable[..., Split], measure: object) -> None:
    assert 0 == split(np.array([4000.0, 4000, 8000]), np.array([10.0, 20, 5]), ["a", "a", "b"]).within


def test_halves_that_differ_inside_as_much_as_outside() -> None:
    """By hand, 1, 3 | 2, 6: means 2 and 4 of 3; between T = (2/6) ln(2/3) + (4/6) ln(4/3)."""
    parts = split_theil_t(np.array([1.0, 3, 2, 6]), np.ones(4), ["a", "a", "b", "b"])
    assert np.log(2 / 3) / 3 + 2 * np.log(4 / 3) / 3 == pytest.approx(parts.between)
    inside = np.log(0.5) / 4 + 3 * np.log(1.5) / 4
    assert inside == pytest.approx(parts.within)


def test_a_group_with_nothing_is_counted_between() -> None:
    """Half the pupils in a group that has nothing: Theil T is ln 2, all of it between."""
    parts = split_theil_t(np.array([0.0, 0, 10, 10]), np.ones(4), ["a", "a", "b", "b"])
    assert (np.log(2), 0) == pytest.approx((parts.between, parts.within))


def test_every_school_needs_one_label() -> None:
    with pytest.raises(InvalidValue, match="2 schools but 1"):
        split_theil_t(np.array([1.0, 2]), np.ones(2), ["a"])
