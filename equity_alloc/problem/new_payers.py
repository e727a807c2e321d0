"""Lets no fund begin to pay for a post or line where, by an exchange within the school, who paid before can go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from equity_alloc.domain.money import Cents
from equity_alloc.problem.cells import Cells

#: Who pays what: cents by school row, item column and fund.
Split = dict[tuple[int, int, str], Cents]


def without_new_payers(cells: Cells, split: Split, before: Mapping[tuple[str, str, str], Cents]) -> Split:
    """Return a split with fewer payers that are new to what they pay for; every sum stays.

    Where a fund would begin to pay for a post, such as $8 of one because its share grew by $8, it takes over that much of
    something that it pays at the school anyway from another payer of the post, who pays the post instead.

    Parameters
    ----------
    cells : Cells
    split : dict of (school row, item column, fund) to Cents
    before : mapping of (school, item, fund) to Cents
        Last year's.

    Returns
    -------
    dict of (school row, item column, fund) to Cents
        The same sums by cell, and by school and fund; no more is booked anew than before.
    """
    found = dict(split)
    schools: dict[int, list[tuple[int, str]]] = {}
    for s, i, fund in sorted(split):
        schools.setdefault(s, []).append((i, fund))
    for s, pairs in schools.items():
        known = {(i, f): before.get((cells.schools[s], cells.items[i], f), 0) for i, f in pairs}
        own = {pair: found[s, *pair] for pair in pairs}
        new = sorted((cents, pair) for pair, cents in own.items() if not known[pair])
        for _, (item, fund) in new:
            tried = _taken_over(own, known, item, fund)
            if tried is not None:
                own = tried
        for (i, f), cents in own.items():
            found[s, i, f] = cents
    return {key: cents for key, cents in found.items() if cents}


def _taken_over(
    own: dict[tuple[int, str], Cents], known: Mapping[tuple[int, str], Cents], item: int, fund: str
) -> dict[tuple[int, str], Cents] | None:
    """Return a school's split in which a fund no longer pays for an item; None where that would re-book more."""
    tried = dict(own)
    for other, instead in _exchanges(own, item, fund):
        cents = min(tried[item, fund], tried[instead, other])
        tried[item, fund] -= cents
        tried[instead, other] -= cents
        tried[instead, fund] += cents
        tried[item, other] += cents
    if tried[item, fund] or _anew(tried, known) > _anew(own, known):
        return None
    return tried


def _exchanges(own: Mapping[tuple[int, str], Cents], item: int, fund: str) -> Iterator[tuple[str, int]]:
    """Yield another payer of the item, and an item that both pay; the one where that payer has most comes first."""
    others = [f for (i, f), cents in own.items() if i == item and f != fund and cents]
    both = [(own[i, other], other, i) for other in others for (i, f), cents in own.items()
            if f == fund and i != item and cents and own.get((i, other), 0)]  # fmt: skip
    for _, other, instead in sorted(both, key=lambda each: (-each[0], each[1], each[2])):
        yield other, instead


def _anew(own: Mapping[tuple[int, str], Cents], known: Mapping[tuple[int, str], Cents]) -> Cents:
    return sum(max(0, cents - known[pair]) for pair, cents in own.items())
