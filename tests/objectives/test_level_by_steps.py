"""Stepping to a level gives what sorting gives, for few schools and for many."""

from __future__ import annotations

import numpy as np
import pytest

from equity_alloc.problem import filling
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.filling import fill


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


def test_many_schools_use_up_the_fund_to_the_cent() -> None:
    cuts, weights = one_fund(1, 50_000)
    filled = fill(cuts, weights)
    assert cuts.budget[1] == pytest.approx(filled.pooled.sum(), abs=0.5)
    level = filled.rounds[0][0]
    assert filled.pooled == pytest.approx(np.clip(weights * level, cuts.lowest, cuts.highest), abs=1e-3)
