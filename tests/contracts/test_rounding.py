"""Rounding to steps and cents: what it takes for pooled and counted is what the split among funds then pays."""

from __future__ import annotations

import random
from decimal import Decimal

import numpy as np
import pytest

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning import search
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.problem.flow import split_funds
from equity_alloc.problem.funding import Funding
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.scenario import Scenario
from tests.draws import odd_district


def with_shares(seeds: range) -> list[int]:
    """Return the seeds of districts in which a fund is shared out by a rule of its own."""
    return [seed for seed in seeds if any(fund.shared_by for fund in odd_district(seed).funds)]


def arrays(seed: int) -> tuple[Cells, Cuts] | None:
    view = Scenario(rules=(HoldHarmless(), GainCap())).view(odd_district(seed))
    try:
        cells = build_cells(build_problem(view))
    except EquityAllocError:
        return None
    cuts = build_cuts(cells)
    return None if cells.has_crossed_bounds or not cuts.is_feasible else (cells, cuts)


def test_counted_and_pooled_cents_of_any_posts_are_those_of_the_split():
    checked = 0
    for seed in with_shares(range(150)):
        case = arrays(seed)
        if case is None:
            continue
        cells, cuts = case
        draw, n = random.Random(seed), cells.n_positions
        for _ in range(6):
            some = np.array([draw.random() for _ in range(cells.least.size)]).reshape(cells.least.shape)
            amounts = cells.least + ((np.minimum(cells.most, 10**9) - cells.least) * some * 0.3).astype(np.int64)
            amounts[:, :n] = amounts[:, :n] // cells.step[:n] * cells.step[:n]
            funding = Funding(cells, cuts)
            split, unpaid = split_funds(cells, amounts, cuts.used, funding.counted_first(amounts))
            if unpaid:
                continue
            own = dict(zip(cells.local, cells.local_counts, strict=True))
            for s in range(len(cells.schools)):
                _, pooled, counted = funding.paid(np.array([s]), (amounts * cells.price // 100)[None, s : s + 1])
                paid = {key: cents for key, cents in split.items() if key[0] == s}
                assert sum(cents for (_, _, fund), cents in paid.items() if fund not in own) == pooled[0, 0]
                assert sum(cents for (_, _, fund), cents in paid.items() if own.get(fund, True)) == counted[0, 0]
                checked += bool(cuts.used[s].any())
    assert checked > 100


@pytest.mark.parametrize("seed", range(0, 400, 4))
def test_last_year_stands_in_for_no_plan_that_the_search_has_found(seed):
    """A plan that the auditor would stop, or none in steps where one exists, leaves last year or nothing."""
    try:
        answer = plan(odd_district(seed), Scenario(rules=(HoldHarmless(), GainCap()), tolerance=0))
    except EquityAllocError:
        return
    assert answer.outcome is not OutcomeKind.STOPPED
    if isinstance(answer, Plan):
        assert not answer.stages[-1].title.startswith("keep last year")


def test_branch_and_bound_only_ever_makes_a_rounded_plan_better(monkeypatch):
    """With it switched off a plan may stay outside its tolerance; with it none is worse, and some come within."""
    better = 0
    for seed in range(160):
        district, scenario = odd_district(seed), Scenario(rules=(HoldHarmless(Decimal("0.8")),))
        try:
            improved = plan(district, scenario)
        except EquityAllocError:
            continue
        with monkeypatch.context() as without:
            without.setattr(search, "improve", lambda *_: None)
            rounded = plan(district, scenario)
        if isinstance(improved, Plan) and isinstance(rounded, Plan):
            ranks = [
                (made.outcome is OutcomeKind.PROVEN, scenario.objective.score(made.view, made.allocation))
                for made in (improved, rounded)
            ]
            assert ranks[0] >= ranks[1]
            better += ranks[0] > ranks[1]
            assert plan(district, scenario) == improved
    assert better >= 1
