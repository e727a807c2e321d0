"""What rounding tries at a school comes in the stated order, and lines share out amounts to the cent."""

from __future__ import annotations

import random

import numpy as np
import pytest

from equity_alloc.planning.further_steps import NEAR, further_steps
from equity_alloc.planning.school_lines import spread
from equity_alloc.planning.tries import TRIES, Tries
from equity_alloc.planning.wanted import Wanted
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.scenario import Scenario
from tests.draws import odd_district


def by_hand(cells: Cells, tries: Tries, wanted: Wanted, s: int, goal: int, lowest: int, ceiling: int) -> list[tuple]:
    """Return what one school may try, in order, from every combination taken one by one."""
    n, found = cells.n_positions, []
    lines = [(int(cells.least[s, i]), int(cells.most[s, i])) for i in range(n, len(cells.items))]
    for place, steps in enumerate(further_steps(n, NEAR).steps.tolist()):
        posts = [int(tries.start[s, i]) + k * int(cells.step[i]) for i, k in enumerate(steps)]
        if any(
            not cells.least[s, i] <= post <= cells.most[s, i] or 0 < post < cells.smallest[s, i]
            for i, post in enumerate(posts)
        ):
            continue
        staff = sum(int(tries.start[s, i]) * int(cells.price[i]) // 100 for i in range(n))
        staff += sum(k * int(cells.step_cents[i]) for i, k in enumerate(steps))
        total = min(staff + sum(most for _, most in lines), max(goal, lowest))
        total = max(total, staff + sum(least for least, _ in lines))
        if lowest <= total <= ceiling:
            moved = sum(abs(post - int(wanted.base[s, i])) for i, post in enumerate(posts))
            off = abs(total - goal)
            missed = 0 if off <= wanted.tolerance[s] else off
            found.append((missed, moved, off, place, posts, total - staff))
    return [(posts, left) for *_, posts, left in sorted(found)[:TRIES]]


@pytest.mark.parametrize("seed", [*range(9), 10, 11, 12])
def test_combinations_come_with_least_missed_then_fewest_moves_then_nearest(seed):
    draw = random.Random(seed)
    view = Scenario(rules=(HoldHarmless(), GainCap())).view(odd_district(seed))
    cells = build_cells(build_problem(view))
    cuts = build_cuts(cells)
    some = np.array([draw.uniform(0.9, 1.1) for _ in range(cells.least.size)]).reshape(cells.least.shape)
    pooled = np.array([draw.uniform(0.9, 1.1) for _ in cells.schools]) * (cells.last_year * cells.price / 100).sum(1)
    size = np.array([draw.choice((0.0, 100.0, 1e7)) for _ in cells.schools])
    wanted = Wanted(cells.last_year * some, pooled, size, cells.last_year, pooled)
    tries = Tries(cells, cuts, wanted)
    for s in range(len(cells.schools)):
        goals = tries.goals(s, float(pooled[s]), more=draw.choice((0, 10**6)))
        found = [
            (posts, int(left))
            for tried in tries.ordered(s, goals)
            for posts, left in zip(tried.posts.tolist(), tried.line_totals, strict=True)
        ]
        assert found == by_hand(cells, tries, wanted, s, *goals)


def test_lines_share_an_amount_in_proportion_to_their_room_also_beyond_64_bits():
    draw = random.Random(5)
    for size in (10, 10**6, 10**14):
        room = [[draw.randrange(size) for _ in range(4)] for _ in range(50)]
        amounts = [draw.randrange(sum(row) + 1) for row in room]
        shares = spread(np.array(amounts), np.array(room)).tolist()
        for amount, row, found in zip(amounts, room, shares, strict=True):
            assert sum(found) == amount
            for share, most in zip(found, row, strict=True):
                assert share <= most
                assert share >= amount * most // max(1, sum(row))
