"""Which promises can be kept together: the sets found are those that trying every set finds."""

from __future__ import annotations

import itertools
import random

import pytest

from equity_alloc.planning import keepable
from equity_alloc.planning.keepable import FEW, find_keepable


def every_set(n):
    return [members for size in range(n + 1) for members in itertools.combinations(range(n), size)]


def by_trying(n, can_hold):
    """Return smallest sets that cannot be kept and largest that can, by the words of their definitions."""
    holds = {members: can_hold(members) for members in every_set(n)}
    conflicts = {m for m, kept in holds.items() if not kept and all(holds[m[:k] + m[k + 1 :]] for k in range(len(m)))}
    larger = {m: [tuple(sorted((*m, k))) for k in range(n) if k not in m] for m in holds}
    return conflicts, {m for m, kept in holds.items() if kept and not any(holds[more] for more in larger[m])}


def drawn(seed):
    """Return promises of which some sets, drawn at random, cannot be kept."""
    draw = random.Random(seed)
    n = draw.randint(1, 8)
    bad = [set(draw.sample(range(n), draw.randint(seed % 13 != 0, min(n, 4)))) for _ in range(draw.randint(0, 7))]
    return n, lambda members: not any(each <= set(members) for each in bad)


@pytest.mark.parametrize("few", [FEW, -1], ids=["every set decided", "sets proposed"])
def test_both_ways_of_searching_find_what_trying_every_set_finds(few, monkeypatch):
    monkeypatch.setattr(keepable, "FEW", few)
    for seed in range(200):
        n, can_hold = drawn(seed)
        found = find_keepable(n, can_hold)
        assert found.is_complete
        assert by_trying(n, can_hold) == (set(found.conflicts), set(found.keepable)), seed


def test_conflicts_are_the_smallest_sets_that_touch_whatever_must_be_dropped():
    """Every largest keepable set drops something of every conflict, and no smaller set does (Reiter 1987)."""
    for seed in range(60):
        n, can_hold = drawn(seed)
        found = find_keepable(n, can_hold)
        drops = [set(range(n)) - set(members) for members in found.keepable]
        touching = [set(m) for m in every_set(n) if all(set(m) & drop for drop in drops)]
        smallest = {tuple(sorted(m)) for m in touching if not any(other < m for other in touching)}
        assert smallest == set(found.conflicts), seed


def test_beyond_ten_promises_all_pairs_are_found():
    """Fourteen promises of which each two neighbors clash: by hand, 13 pairs; keepable are the maximal independent sets."""
    n = 14
    found = find_keepable(n, lambda members: all(b - a > 1 for a, b in itertools.pairwise(members)))
    assert [(k, k + 1) for k in range(n - 1)] == list(found.conflicts)
    # Maximal independent sets of a path are counted by a(n) = a(n - 2) + a(n - 3): 1, 2, 2, 3, 4, 5, 7, ... (Padovan).
    counts = [1, 2, 2]
    while len(counts) < n:
        counts.append(counts[-2] + counts[-3])
    assert counts[-1] == len(found.keepable)
    assert found.is_complete


def test_a_search_that_reaches_its_limit_says_that_more_may_exist():
    n = 14
    asked = []

    def can_hold(members):
        asked.append(members)
        return all(b - a > 1 for a, b in itertools.pairwise(members))

    found = find_keepable(n, can_hold, most_questions=40)
    assert not found.is_complete
    assert 40 == found.questions == len(asked)
    assert set(found.conflicts) < {(k, k + 1) for k in range(n - 1)}


def test_no_question_is_asked_twice_nor_one_that_an_answer_has_settled():
    asked = []
    find_keepable(6, lambda members: asked.append(members) or len(members) < 3)
    assert len(asked) == len(set(asked))
    # 1 without any, 6 alone, 15 pairs at most, 20 triples, and none of the 22 larger sets.
    assert max(len(members) for members in asked) == 3
