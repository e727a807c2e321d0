"""The problem as arrays: one cell for each school and item, an item being a position or a line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from equity_alloc.domain.money import Cents
from equity_alloc.problem.arrays import Ints
from equity_alloc.rules.base import Floors, Limit, UsedFirst, WholeSum

#: Larger than any district's money in cents, small enough that sums stay in 64 bits.
NO_LIMIT = 10**15


@dataclass(frozen=True, eq=False)
class Cells:
    """Bounds, prices and eligibility of every cell; schools in order of their codes.

    Parameters
    ----------
    schools, items : tuple of str
        Items are positions first, then lines.
    n_positions : int
    least, most : ndarray, shape (n_schools, n_items), hundredths of FTE or cents
        On the position's steps.
    last_year : ndarray, shape (n_schools, n_items)
    step : ndarray, shape (n_items,), hundredths of FTE
        One cent for lines.
    smallest : ndarray, shape (n_schools, n_items), hundredths of FTE
        The smallest post that a school may have if it has one; zero for lines.
    price : ndarray, shape (n_items,), cents
        Of one full-time post; 100 for lines, so that price * amount / 100 is cents in both.
    pooled, local : tuple of str
        Fund codes: shared out by the plan, or by a rule of their own.
    budget : tuple of Cents
        Of the pooled funds.
    pooled_mask, local_mask : ndarray, shape (n_schools, n_items)
        Bit f is set where fund f may pay.
    shares : ndarray, shape (n_schools, n_local), cents
    local_counts : tuple of bool
    floor, ceiling : ndarray, shape (n_schools,), cents
        Of counted dollars.
    coupling : tuple of Limit
        Limits over more than one quantity, or over cuts.
    wholes : tuple of WholeSum
    floors : tuple of Floors
    leasts : tuple of (str, Cents)
        What funds pay at least.
    orders : tuple of UsedFirst
    cannot_spend : bool
        Whether some fund has, or may pay, less than it must.
    """

    schools: tuple[str, ...]
    items: tuple[str, ...]
    n_positions: int
    least: Ints
    most: Ints
    last_year: Ints
    step: Ints
    smallest: Ints
    price: Ints
    pooled: tuple[str, ...]
    budget: tuple[Cents, ...]
    pooled_mask: Ints
    local: tuple[str, ...]
    local_mask: Ints
    shares: Ints
    local_counts: tuple[bool, ...]
    floor: Ints
    ceiling: Ints
    coupling: tuple[Limit, ...]
    wholes: tuple[WholeSum, ...] = ()
    floors: tuple[Floors, ...] = ()
    leasts: tuple[tuple[str, Cents], ...] = ()
    orders: tuple[UsedFirst, ...] = ()
    cannot_spend: bool = False

    @cached_property
    def least_cents(self) -> Ints:
        """Least of every cell in cents."""
        return self.least * self.price // 100

    @cached_property
    def most_cents(self) -> Ints:
        """Most of every cell in cents."""
        return self.most * self.price // 100

    @cached_property
    def step_cents(self) -> Ints:
        """Cents of one step of every item."""
        return self.step * self.price // 100

    @property
    def is_coupled(self) -> bool:
        """Whether something holds several quantities together, so that bounds and fund sets do not say it all."""
        return bool(self.coupling or self.wholes or self.floors)

    @property
    def has_crossed_bounds(self) -> bool:
        """Whether some cell's or school's least is above its most."""
        return bool((self.least > self.most).any() or (self.floor > self.ceiling).any() or self.cannot_spend)
