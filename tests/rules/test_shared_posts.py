"""Posts that a cluster of schools shares come out whole in the plan, without the rest of the plan paying for it."""

from __future__ import annotations

import itertools
from decimal import Decimal

import numpy as np
import pytest

from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.planning.settle import settle_wholes
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.shared_posts import SharedPosts
from equity_alloc.scenario import Scenario
from tests.districts import plain_scenario, random_district


def scenario(*rules: SharedPosts) -> Scenario:
    plain = plain_scenario()
    return Scenario(need_weights=plain.need_weights, rules=(*plain.rules, *rules))


def test_clusters_cost_the_lowest_school_nothing_and_their_posts_are_whole():
    proven = 0
    for seed in range(4):
        district = random_district(seed, 30)
        codes = [school.code for school in district.schools]
        rules = [SharedPosts("counselor", tuple(codes[k : k + 3])) for k in (0, 9, 20)]
        free, shared = plan(district, scenario()), plan(district, scenario(*rules))
        assert isinstance(free, Plan) and isinstance(shared, Plan)
        assert free.stages[0].value == pytest.approx(shared.stages[0].value)
        assert not any(stage.title.startswith("keep last year") for stage in shared.stages)
        for rule in rules:
            total = sum(shared.allocation.fte_of.get((code, "counselor"), 0) for code in rule.schools)
            assert 0 == total % 100
        proven += shared.outcome is OutcomeKind.PROVEN
    assert proven >= 3


@pytest.mark.parametrize("seed", range(6))
def test_the_settled_posts_are_the_nearest_that_come_out_whole(seed):
    district = random_district(seed, 4)
    codes = tuple(school.code for school in district.schools)[:3]
    cells = build_cells(build_problem(scenario(SharedPosts("counselor", codes, Decimal("0.5"))).view(district)))
    draw = np.random.default_rng(seed)
    amounts = np.clip(cells.last_year + draw.uniform(-30, 30, cells.last_year.shape), cells.least, cells.most)
    settled = settle_wholes(cells, amounts)
    assert settled is not None
    i = cells.items.index("counselor")
    ranges = [range(int(cells.least[s, i]), int(cells.most[s, i]) + 1, 20) for s in range(3)]
    whole = [posts for posts in itertools.product(*ranges) if sum(posts) % 50 == 0]
    nearest = min(sum(abs(post - amounts[s, i]) for s, post in enumerate(posts)) for posts in whole)
    chosen = [int(settled.least[s, i]) for s in range(3)]
    assert chosen == [int(settled.most[s, i]) for s in range(3)]
    assert 0 == sum(chosen) % 50
    assert nearest == pytest.approx(sum(abs(post - amounts[s, i]) for s, post in enumerate(chosen)))
