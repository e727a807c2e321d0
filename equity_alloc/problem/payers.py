"""Keeps last year's payers where money allows: the same posts, the same fund totals, as little re-booking as possible."""

from __future__ import annotations

from collections.abc import Mapping

from equity_alloc.domain.money import Cents
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.network import Network
from equity_alloc.problem.new_payers import Split, without_new_payers
from equity_alloc.problem.orders import in_order

__all__ = ["Split", "keep_payers"]


def keep_payers(cells: Cells, split: Split, before: Mapping[tuple[str, str, str], Cents]) -> Split:
    """Return a split near last year's that draws on every fund, and on every share of a school, as much as a given one.

    Each fund first pays again what it paid in each cell last year, as far as the cell costs as much and the fund has it;
    what is then unpaid goes to funds with money left, over the shortest exchanges; then no fund begins to pay for a post or
    line where who paid before can go on.

    Parameters
    ----------
    cells : Cells
    split : dict of (school row, item column, fund) to Cents
        Any split of the amounts.
    before : mapping of (school, item, fund) to Cents
        Last year's, at this year's prices.

    Returns
    -------
    dict of (school row, item column, fund) to Cents
        The same sums by cell, by pooled fund, and by school and fund with a rule of its own; after that funds that are to
        be used first take over from others.
    """
    cost: dict[tuple[int, int], Cents] = {}
    drawn: dict[tuple[int, str], Cents] = {}
    for (s, i, fund), cents in split.items():
        cost[s, i] = cost.get((s, i), 0) + cents
        purse = (s if fund in cells.local else -1, fund)
        drawn[purse] = drawn.get(purse, 0) + cents
    number = {purse: n for n, purse in enumerate(drawn)}
    first_cell = len(drawn)
    source, sink = first_cell + len(cost), first_cell + len(cost) + 1
    network = Network(sink + 1)
    purses = {purse: network.arc(source, number[purse], cents) for purse, cents in drawn.items()}
    pays: list[tuple[int, int, str, int]] = []
    local_mask, pooled_mask = cells.local_mask.tolist(), cells.pooled_mask.tolist()
    for c, ((s, i), cents) in enumerate(cost.items()):
        cell = network.arc(first_cell + c, sink, cents)
        funds = [fund for f, fund in enumerate(cells.local) if local_mask[s][i] >> f & 1]
        funds += [fund for f, fund in enumerate(cells.pooled) if pooled_mask[s][i] >> f & 1]
        for fund in funds:
            purse = (s if fund in cells.local else -1, fund)
            if purse not in number:
                continue
            kept = before.get((cells.schools[s], cells.items[i], fund), 0)
            if kept > 0:
                again = network.arc(number[purse], first_cell + c, kept)
                network.send((purses[purse], again, cell))
                pays.append((s, i, fund, again))
            if cents > kept:
                pays.append((s, i, fund, network.arc(number[purse], first_cell + c, cents - kept)))
    network.push(source, sink)
    found: Split = {}
    for s, i, fund, arc in pays:
        if cents := network.flow_on(arc):
            found[s, i, fund] = found.get((s, i, fund), 0) + cents
    nearest: Split = min(found, split, key=lambda each: _anew(cells, each, before))
    return in_order(cells, without_new_payers(cells, nearest, before))


def _anew(cells: Cells, split: Split, before: Mapping[tuple[str, str, str], Cents]) -> Cents:
    """Return the cents that funds pay beyond what they paid in the same cell."""
    return sum(
        max(0, cents - before.get((cells.schools[s], cells.items[i], fund), 0)) for (s, i, fund), cents in split.items()
    )
