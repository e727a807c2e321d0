"""Funds with a rule of their own, many of them: what few sets, unions and flows say is what all 2^n sets say."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from equity_alloc.problem import coupled_bound, own_sets
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.coupled_bound import Prices, charged_bound
from equity_alloc.problem.cuts import build_cuts, build_loose_cuts
from equity_alloc.problem.flow import takeable_shares
from equity_alloc.problem.funding import Funding
from equity_alloc.problem.own_sets import OwnSets
from equity_alloc.rules.base import Limit, Posts


def drawn(seed: int, n_local: int) -> Cells:
    """Cells of three schools, with shares that often are too large or too small for them, and some that are nothing."""
    draw = random.Random(seed)
    n_items, n_pooled, schools = draw.randint(1, 6), draw.randint(1, 3), ("a", "b", "c")
    shape = (len(schools), n_items)
    one = np.array([draw.randrange(1 << n_local) for _ in range(n_items)])
    if draw.random() < 0.4:
        one = np.array([draw.choice((0, 1 << draw.randrange(n_local))) for _ in range(n_items)])
    alike = draw.random() < 0.5
    local = [one if alike else np.array([draw.randrange(1 << n_local) for _ in range(n_items)]) for _ in schools]
    pooled = [[draw.choice((0, 1, 1, (1 << n_pooled) - 1)) for _ in range(n_items)] for _ in schools]
    least = np.array([draw.choice((0, 0, draw.randint(0, 400))) for _ in range(len(schools) * n_items)]).reshape(shape)
    more = np.array([draw.randint(0, 600) for _ in range(len(schools) * n_items)]).reshape(shape)
    shares = np.array([draw.choice((0, draw.randint(0, 900))) for _ in range(len(schools) * n_local)])
    none = np.zeros(len(schools), np.int64)
    asked = (("p0", 150),) if draw.random() < 0.5 else ()
    terms = tuple((draw.choice((1, 2)), Posts(school, "i0")) for school in schools)
    return Cells(
        schools,
        tuple(f"i{i}" for i in range(n_items)),
        n_items,
        least,
        least + more,
        least,
        np.ones(n_items, np.int64),
        np.zeros(shape, np.int64),
        np.array([draw.choice((100, 300)) for _ in range(n_items)]),
        tuple(f"p{f}" for f in range(n_pooled)),
        (900,) * n_pooled,
        np.array(pooled),
        tuple(f"l{f}" for f in range(n_local)),
        np.array(local),
        shares.reshape(len(schools), n_local),
        tuple(draw.random() < 0.5 for _ in range(n_local)),
        none,
        none + 5_000,
        (Limit("limit", "all", terms, None, 700, None),),
        leasts=asked,
    )  # fmt: skip


def every_set(cells: Cells):
    """Yield each set of own funds with what it holds at every school, and which cells only it and a set of others may pay."""
    for own in range(1 << len(cells.local)):
        yield own, (lambda held, own=own: sum((held[:, f] for f in range(held.shape[1]) if own >> f & 1), np.zeros(len(held), np.int64)))  # fmt: skip


def all_sets_say(cells: Cells, used, *, loose: bool = False):
    """The cut numbers by their definition, as they were worked out before: over every set of own funds, one by one."""
    counts = np.array(cells.local_counts, bool)
    sets = build_cuts(cells).sets
    must, others, lowest = [], [], np.zeros(len(cells.schools), np.int64)
    for members in sets:
        asked, can = [], []
        for own, held in every_set(cells):
            inside = ((cells.pooled_mask & ~members) == 0) & ((cells.local_mask & ~own) == 0)
            asked.append(np.where(inside, cells.least_cents, 0).sum(1) - held(used))
            rest = np.where(~inside, cells.most_cents, 0).sum(1)
            can.append(rest + held(np.where(counts, used, 0)) if loose else rest + held(used) - used.sum(1))
        must.append(np.maximum(np.max(asked, 0), 0))
        others.append(np.min(can, 0))
    for own, held in every_set(cells):
        untouched = np.where((cells.local_mask & own) == 0, cells.least_cents, 0).sum(1)
        left = np.where(counts, 0, used) if loose else used
        lowest = np.maximum(lowest, untouched - left.sum(1) + held(left))
    return must, others, lowest


@pytest.fixture(params=["sets", "flows"])
def way(request, monkeypatch):
    """Both ways: unions of sets, and flows wherever two funds meet."""
    if request.param == "flows":
        monkeypatch.setattr(own_sets, "MOST_UNIONS", 1)
        monkeypatch.setattr(own_sets.few_unions, "__defaults__", (1,))
        monkeypatch.setattr(coupled_bound, "MOST_SEEN", 1)
    return request.param


CASES = [(seed, 1 + seed % 5) for seed in range(36)]


def test_cuts_are_those_of_all_sets_of_own_funds(way):
    narrowed = 0
    for seed, n_local in CASES:
        cells = drawn(seed, n_local)
        narrowed += bool((takeable_shares(cells) < cells.shares).any())
        cuts, loose = build_cuts(cells), build_loose_cuts(cells)
        for found, is_loose in ((cuts, False), (loose, True)):
            must, others, lowest = all_sets_say(cells, found.used, loose=is_loose)
            assert np.array_equal(found.must_pay, must), (seed, is_loose)
            assert np.array_equal(found.others_can, others), (seed, is_loose)
            floor = cells.floor if is_loose else cells.floor - found.counted_local
            assert np.array_equal(found.lowest, np.maximum(np.maximum(lowest, floor), 0)), (seed, is_loose)
    assert 6 < narrowed < len(CASES)


def test_shares_are_cut_back_where_some_set_of_them_finds_too_few_cells(way):
    for seed, n_local in CASES:
        cells = drawn(seed, n_local)
        used = takeable_shares(cells)
        for s in range(len(cells.schools)):
            over = [
                int(held(cells.shares)[s]) > np.where(cells.local_mask[s] & own, cells.most_cents[s], 0).sum()
                for own, held in every_set(cells)
            ]
            assert any(over) == bool((used[s] < cells.shares[s]).any()), seed
        for own, held in every_set(cells):
            touching = np.where(cells.local_mask & own, cells.most_cents, 0).sum(1)
            assert (held(used) <= touching).all()


def test_needs_of_amounts_are_those_of_all_sets_of_own_funds(way):
    for seed, n_local in CASES:
        cells = drawn(seed, n_local)
        cuts = build_cuts(cells)
        draw = np.random.default_rng(seed)
        cost = draw.integers(cells.least_cents[:, None], cells.most_cents[:, None] + 1, (3, 4, len(cells.items)))
        funding, schools = Funding(cells, cuts), np.arange(3)
        needs, unused, gives = (
            funding.needs(schools, cost),
            funding.unused(schools, cost),
            funding.spendable(schools, cost),
        )
        of_sets = list(every_set(cells))
        for s, n in np.ndindex(3, 4):
            pays = cost[s, n]
            held = {own: int(held(cuts.used)[s]) for own, held in of_sets}
            local, pooled = cells.local_mask[s], cells.pooled_mask[s]
            for i, members in enumerate(cuts.sets):
                asked = [pays[((local & ~own) == 0) & ((pooled & ~members) == 0)].sum() - held[own] for own in held]
                assert needs[s, n, i] == max(0, *asked), seed
            left = max(held[own] - pays[(local & own) > 0].sum() for own in held)
            assert unused[s, n] == left, seed
            if cells.leasts:
                either = [pays[((local & own) > 0) | ((pooled & 1) > 0)].sum() - held[own] for own in held]
                assert gives[s, n, 0] == min(either) + left, seed


def test_bounds_under_coupling_are_the_least_over_all_ways_to_see_own_shares(way):
    """Prices of funds and of the limit are drawn: any give a bound, and the same one whichever way it is worked out."""
    for seed, n_local in CASES:
        cells, draw = drawn(seed, n_local), random.Random(seed)
        prices = Prices(
            (),
            ((("p0",), Fraction(draw.randint(0, 9), 10)), (cells.pooled, Fraction(draw.randint(0, 9), 10))),
            ((0, Fraction(draw.randint(0, 5), 7)),),
        )
        worth = {s: Fraction(draw.randint(0, 12), 10) for s in range(3)}
        for cuts in (build_cuts(cells), build_loose_cuts(cells)):
            paid = {cuts.sets.index(1): prices.funds[0][1]} if 1 in cuts.sets else {}
            every = (1 << len(cells.pooled)) - 1
            if every in cuts.sets and prices.funds[1][1]:
                paid[cuts.sets.index(every)] = prices.funds[1][1]
            put = coupled_bound._put_in(cells, {c: s for s, c in enumerate(cells.schools)}, dict(prices.limits))
            bound = sum(price * cuts.budget[i] for i, price in paid.items())
            bound += prices.limits[0][1] * 700
            for s in range(3):
                least, most = coupled_bound._ends(cells, cuts, s)
                own = coupled_bound._Own(cells, cuts, s, worth[s] - put.counted.get(s, 0), paid, put)
                bound += min(own.seen(members, least, most) for members in range(1 << n_local))
            assert charged_bound(cells, cuts, worth, prices) == bound, seed


@pytest.mark.parametrize("n_local", [12, 30])
def test_forty_cells_and_many_funds_take_no_longer_than_their_flows(n_local):
    """Thirty funds that meet in a chain have more unions than could be listed; flows say the same as sorting by hand.

    Fund f alone may pay cell 2f, and shares cell 2f + 1 with the next fund: the most over all sets is found from left to right.
    """
    draw = np.random.default_rng(n_local)
    masks = [mask for f in range(n_local) for mask in (1 << f, 1 << f | 1 << (f + 1) % n_local)][:-1]
    amounts = draw.integers(0, 500, (5, len(masks)))
    held = draw.integers(0, 700, (5, n_local))
    found = OwnSets(masks, n_local, np.ones((1, len(masks)), bool), np.int64).asked(amounts, held)[:, 0]
    for row in range(5):
        # The best with fund f out, and with it in.
        out, has = 0, int(amounts[row, 0] - held[row, 0])
        for f in range(1, n_local):
            alone, shared = int(amounts[row, 2 * f] - held[row, f]), int(amounts[row, 2 * f - 1])
            out, has = max(out, has), max(out + alone, has + alone + shared)
        assert found[row] == max(out, has)
