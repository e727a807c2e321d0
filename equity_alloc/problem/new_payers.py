"""Lets no fund begin to pay for a post or line where, by an exchange within the school, who paid before can go on."""

from __future__ import annotations

from collections.abc import Mapping

from equity_alloc.domain.money import Cents
from equity_alloc.problem.cells import Cells

#: Who pays what: cents by school row, item column and fund.
Split = dict[tuple[int, int, str], Cents]


def without_new_payers(cells: Cells, split: Split, before: Mapping[tuple[str, str, str], Cents]) -> Split:
    """Return a split with fewer payers that are new to what they pay for; every sum stays.

    Where a fund would begin to pay for a post, such as $8 of one because its share grew by $8, it takes over that much of
    something that it pays at the school anyway from another payer of the post, who pays the post instead. A new fund that
    would pay less than one step of a post takes over a part of a line, where it may pay one.

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
    schools: dict[int, dict[tuple[int, str], Cents]] = {}
    for s, i, fund in sorted(split):
        schools.setdefault(s, {})[i, fund] = split[s, i, fund]
    for s, own in schools.items():
        purses = _School(cells, s, before, own)
        for _, (item, fund) in sorted((cents, pair) for pair, cents in own.items() if not purses.paid_before(*pair)):
            purses.relieve(item, fund)
        found.update({(s, i, f): cents for (i, f), cents in purses.own.items()})
    return {key: cents for key, cents in found.items() if cents}


class _School:
    """Who pays what at one school, and the exchanges between its payers."""

    def __init__(
        self, cells: Cells, s: int, before: Mapping[tuple[str, str, str], Cents], own: Mapping[tuple[int, str], Cents]
    ) -> None:
        self.cells, self.s, self.before = cells, s, before
        self.own = dict(own)

    def paid_before(self, item: int, fund: str) -> Cents:
        """Return what a fund paid for an item last year, also where it pays nothing for it now."""
        return self.before.get((self.cells.schools[self.s], self.cells.items[item], fund), 0)

    def relieve(self, item: int, fund: str) -> None:
        """Let a fund no longer pay for an item, unless that would re-book more."""
        tried = dict(self.own)
        for other, instead in self._exchanges(item, fund):
            cents = min(tried[item, fund], tried[instead, other])
            tried[item, fund] -= cents
            tried[instead, other] -= cents
            tried[instead, fund] = tried.get((instead, fund), 0) + cents
            tried[item, other] += cents
        if not tried[item, fund] and self._anew(tried) <= self._anew(self.own):
            self.own = tried

    def _exchanges(self, item: int, fund: str) -> list[tuple[str, int]]:
        """Return another payer of the item, and what it pays that the fund may take over.

        What the fund pays anyway comes first, and of that where the other payer has most.
        """
        crumb = item < self.cells.n_positions and self.own[item, fund] < int(self.cells.step_cents[item])
        others = {f for (i, f), cents in self.own.items() if i == item and f != fund and cents}
        both = []
        for (i, other), cents in self.own.items():
            if other in others and i != item and cents:
                pays = self.own.get((i, fund), 0) > 0
                if pays or (crumb and i >= self.cells.n_positions and self._may_pay(i, fund)):
                    both.append((not pays, -cents, other, i))
        return [(other, i) for _, _, other, i in sorted(both)]

    def _may_pay(self, item: int, fund: str) -> bool:
        cells = self.cells
        local = fund in cells.local
        mask, funds = (cells.local_mask, cells.local) if local else (cells.pooled_mask, cells.pooled)
        return bool(int(mask[self.s, item]) >> funds.index(fund) & 1)

    def _anew(self, own: Mapping[tuple[int, str], Cents]) -> Cents:
        return sum(max(0, cents - self.paid_before(*pair)) for pair, cents in own.items())
