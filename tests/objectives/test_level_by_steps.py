"""Stepping to a level, and one reading of very many schools, give what sorting gives."""

from __future__ import annotations

import numpy as np
import pytest

from equity_alloc.problem import filling
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.filling import fill
from equity_alloc.problem.level_of_many import ASKED, Columns, level_of_many


def one_fund(seed: int, count: int) -> tuple[Cuts, np.ndarray]:
    """Return schools under floors and ceilings that share one fund, some floors and some ceilings binding."""
    draw = np.random.default_rng(seed)
    weights = draw.uniform(100, 900, count)
    low = (weights * draw.uniform(300_000, 600_000, count)).astype(np.int64)
    high = low + (weights * draw.uniform(0, 200_000, count)).astype(np.int64)
    none = np.zeros(count, np.int64)
    budget = int(low.sum() + draw.uniform(0, 1) * (high - low).sum())
    cuts = Cuts(
        (0, 1), (0, budget), np.array([none, none]), np.array([high, none]), low, high, np.zeros((count, 0)), none
    )
    return cuts, weights


@pytest.mark.parametrize("count", [1, 2, 7, 60, 1000])
@pytest.mark.parametrize("seed", range(12))
def test_steps_and_sorting_agree(monkeypatch: pytest.MonkeyPatch, seed: int, count: int) -> None:
    cuts, weights = one_fund(seed, count)
    sorted_ = fill(cuts, weights).pooled
    monkeypatch.setattr(filling, "MANY", 0)
    assert fill(cuts, weights).pooled == pytest.approx(sorted_, rel=1e-12)


def odd_columns(seed: int, count: int) -> Columns:
    """Return schools with shares of their own, money that others can pay, and some that never rise."""
    draw = np.random.default_rng(seed)
    weights = draw.uniform(1, 900, count)
    local = (weights * draw.uniform(0, 3_000, count) * draw.integers(0, 2, count)).astype(np.int64)
    low = np.floor(weights * draw.uniform(0, 6_000, count))
    high = low + np.floor(weights * draw.uniform(0, 2_000, count) * draw.integers(0, 2, count))
    must = (weights * draw.uniform(0, 4_000, count) * draw.integers(0, 2, count)).astype(np.int64)
    others = (weights * draw.uniform(0, 3_000, count)).astype(np.int64) * draw.integers(0, 2, count)
    return Columns(weights, low, high, local, must, others)


def needed(columns: Columns, level: float) -> float:
    """Return what all schools draw from the set at a level, by the definition of a need."""
    pooled = np.clip(columns.weights * level - columns.local, columns.low, columns.high)
    return float(np.maximum(columns.must, pooled - columns.others).sum())


@pytest.mark.parametrize("count", [1, 3, 40, 30_000])
@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.97])
@pytest.mark.parametrize("seed", range(6))
def test_at_the_level_of_many_needs_are_the_budget_and_beyond_it_more(seed: int, part: float, count: int) -> None:
    columns = odd_columns(seed, count)
    least, most = needed(columns, -1e9), needed(columns, 1e9)
    budget = least + part * (most - least)
    level = level_of_many(columns, budget)
    if most <= budget:
        assert np.inf == level
    else:
        assert budget == pytest.approx(needed(columns, level), rel=1e-9, abs=1e-3)
        assert needed(columns, level + 1 + 0.001 * abs(level)) >= budget


def test_money_for_everybody_leaves_no_level() -> None:
    columns = odd_columns(3, 30_000)
    assert np.inf == level_of_many(columns, needed(columns, 1e9) + 1)


@pytest.mark.parametrize("tall", [0.2, 5.0])
def test_schools_asked_first_that_are_unlike_all_others_only_take_longer(tall: float) -> None:
    columns = odd_columns(5, 40_000)
    asked = np.zeros(40_000, bool)
    asked[:: max(1, 40_000 // ASKED) | 1] = True
    unlike = np.where(asked, tall, 1.0)
    scaled = {n: np.floor(getattr(columns, n) * unlike) for n in ("low", "high")}
    whole = {n: np.floor(getattr(columns, n) * unlike).astype(np.int64) for n in ("local", "must", "others")}
    columns = Columns(weights=columns.weights, **scaled, **whole)
    least, most = needed(columns, -1e9), needed(columns, 1e9)
    budget = least + 0.4 * (most - least)
    assert budget == pytest.approx(needed(columns, level_of_many(columns, budget)), rel=1e-9)


def test_many_schools_use_up_the_fund_to_the_cent() -> None:
    cuts, weights = one_fund(1, 50_000)
    filled = fill(cuts, weights)
    assert cuts.budget[1] == pytest.approx(filled.pooled.sum(), abs=0.5)
    level = filled.rounds[0][0]
    assert filled.pooled == pytest.approx(np.clip(weights * level, cuts.lowest, cuts.highest), abs=1e-3)
