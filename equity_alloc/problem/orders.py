"""Lets the fund that is to be used first pay in the place of the other, where it has money left and may pay."""

from __future__ import annotations

from collections.abc import Mapping

from equity_alloc.domain.money import Cents
from equity_alloc.problem.cells import Cells
from equity_alloc.rules.base import UsedFirst

#: Rounds after which money no longer changes hands; a scenario has no orders in a circle, so that far fewer are enough.
MOST_ROUNDS = 100


def in_order(cells: Cells, split: Mapping[tuple[int, int, str], Cents]) -> dict[tuple[int, int, str], Cents]:
    """Return who pays, with each fund that comes first used before the other.

    Parameters
    ----------
    cells : Cells
    split : mapping of (school row, item column, fund) to Cents
        A whole split of amounts.

    Returns
    -------
    dict of (school row, item column, fund) to Cents
        The same sums by cell. What a school has from counted funds stays as it is: money is only moved between two funds
        that both count, or both do not.
    """
    found = dict(split)
    for _ in range(MOST_ROUNDS):
        moved = [_move(cells, found, order) for order in _shared_out(cells)]
        if not any(moved):
            break
    return {key: cents for key, cents in found.items() if cents}


def _shared_out(cells: Cells) -> list[UsedFirst]:
    """Return the orders between funds which the plan shares out."""
    return [order for order in cells.orders if order.first in cells.pooled and order.then in cells.pooled]


def _move(cells: Cells, split: dict[tuple[int, int, str], Cents], order: UsedFirst) -> bool:
    """Let one fund take over from another what the order is about, as far as it may and can; return whether anything moved."""
    first, then, items = order.first, order.then, order.positions | order.lines
    bit = cells.pooled.index(first)
    left = cells.budget[bit] - sum(cents for (_, _, fund), cents in split.items() if fund == first)
    moved = False
    for s, i in sorted((s, i) for (s, i, fund), cents in split.items() if fund == then and cents):
        if left <= 0:
            break
        if cells.pooled_mask[s, i] >> bit & 1 and cells.items[i] in items:
            cents = min(left, split[s, i, then])
            split[s, i, then] -= cents
            split[s, i, first] = split.get((s, i, first), 0) + cents
            left, moved = left - cents, True
    return moved
