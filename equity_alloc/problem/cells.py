"""The problem as arrays: one cell for each school and item, an item being a position or a line."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents, share_out
from equity_alloc.problem.problem import Problem
from equity_alloc.rules.base import Counted, Cut, Floors, Limit, Posts, WholeSum

Ints: TypeAlias = NDArray[np.int64]

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
    step, smallest : ndarray, shape (n_items,)
        1 for lines.
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
        return bool((self.least > self.most).any() or (self.floor > self.ceiling).any())


def build_cells(problem: Problem) -> Cells:
    """Return a problem as arrays.

    A cell that no fund may pay for is held at zero. Bounds are brought to the position's steps: a least goes up, a
    most goes down.
    """
    district = problem.district
    schools = tuple(school.code for school in district.schools)
    # Everything in order of codes, so that the order of rows in a file decides nothing.
    posts = sorted(district.positions, key=lambda position: position.code)
    funds = sorted(district.funds, key=lambda fund: fund.code)
    positions = tuple(position.code for position in posts)
    items = positions + district.lines
    shared = sorted(set(positions) & set(district.lines))
    if shared:
        raise InvalidValue(f"{shared[0]} is the code of a position and the name of a line. Give the line another name.")
    row = {code: i for i, code in enumerate(schools)}
    column = {code: i for i, code in enumerate(items)}
    shape = (len(schools), len(items))
    least, most = np.zeros(shape, np.int64), np.full(shape, NO_LIMIT, np.int64)
    floor, ceiling = np.zeros(len(schools), np.int64), np.full(len(schools), NO_LIMIT, np.int64)
    coupling = []
    for limit in problem.limits:
        coefficient, quantity = limit.terms[0] if len(limit.terms) == 1 else (0, None)
        if quantity is None or coefficient != 1 or isinstance(quantity, Cut):
            coupling.append(limit)
            continue
        s = row[quantity.school]
        if isinstance(quantity, Counted):
            low, high, at = floor, ceiling, (s,)
        else:
            item = quantity.position if isinstance(quantity, Posts) else quantity.line
            low, high, at = least, most, (s, column[item])  # type: ignore[assignment]
        if limit.least is not None:
            low[at] = max(low[at], limit.least)
        if limit.most is not None:
            high[at] = min(high[at], limit.most)
    pooled = tuple(f.code for f in funds if not f.shared_by)
    local = tuple(f.code for f in funds if f.shared_by)
    pooled_mask, local_mask = (_mask(problem, funds, row, column, shape, len(positions)) for funds in (pooled, local))
    shares = np.array([_shares(problem, fund, schools) for fund in local], np.int64).reshape(len(local), len(schools)).T
    budget = tuple(problem.caps.get(fund, NO_LIMIT) for fund in pooled)
    step = np.array([problem.steps.get(p, (1, 0))[0] for p in positions] + [1] * len(district.lines), np.int64)
    smallest = np.array([problem.steps.get(p, (1, 0))[1] for p in positions] + [0] * len(district.lines), np.int64)
    price = np.array([p.cost for p in posts] + [100] * len(district.lines), np.int64)
    affordable = np.minimum(sum(max(0, b) for b in budget) + shares.sum(1, keepdims=True), NO_LIMIT)
    ceiling_units = np.where(price > 0, affordable * 100 // np.maximum(price, 1), NO_LIMIT)
    most = np.minimum(most, np.where((pooled_mask | local_mask) > 0, ceiling_units, 0))
    least, most = _on_steps(least, most, step, smallest)
    return Cells(
        schools=schools,
        items=items,
        n_positions=len(positions),
        least=least,
        most=most,
        last_year=_last_year(problem, row, column, shape),
        step=step,
        smallest=smallest,
        price=price,
        pooled=pooled,
        budget=budget,
        pooled_mask=pooled_mask,
        local=local,
        local_mask=local_mask,
        shares=shares,
        local_counts=tuple(district.fund_of[fund].counts for fund in local),
        floor=floor,
        ceiling=ceiling,
        coupling=tuple(coupling),
        wholes=tuple(problem.wholes),
        floors=tuple(problem.floors),
    )


def _shares(problem: Problem, fund: str, schools: tuple[str, ...]) -> list[Cents]:
    """Return each school's share of a fund with a rule of its own; all smaller in proportion where a cap is lower."""
    shares = [problem.shares.get(fund, {}).get(code, 0) for code in schools]
    cap = max(0, problem.caps.get(fund, NO_LIMIT))
    if sum(shares) <= cap:
        return shares
    return list(share_out(cap, [Fraction(share) for share in shares], schools))


def _on_steps(least: Ints, most: Ints, step: Ints, smallest: Ints) -> tuple[Ints, Ints]:
    least = -(-least // step) * step
    least = np.where((least > 0) & (least < smallest), -(-smallest // step) * step, least)
    most = most // step * step
    return least, np.where(most < smallest, 0, most)


def _mask(
    problem: Problem,
    funds: tuple[str, ...],
    row: dict[str, int],
    column: dict[str, int],
    shape: tuple[int, int],
    n_positions: int,
) -> Ints:
    mask = np.zeros(shape, np.int64)
    for bit, fund in enumerate(funds):
        schools, positions, lines = problem.opened.get(fund, (frozenset(), frozenset(), frozenset()))
        closed_positions, closed_lines = problem.closed.get(fund, (frozenset(), frozenset()))
        positions, lines = positions - closed_positions, lines - closed_lines
        rows = np.array([code in schools for code in row], bool)
        columns = np.array([c in positions if i < n_positions else c in lines for i, c in enumerate(column)], bool)
        mask |= np.where(rows[:, None] & columns[None, :], 1 << bit, 0)
    return mask


def _last_year(problem: Problem, row: dict[str, int], column: dict[str, int], shape: tuple[int, int]) -> Ints:
    amounts = np.zeros(shape, np.int64)
    today = problem.district.today
    for (school, position), fte in today.fte:
        amounts[row[school], column[position]] = fte
    for (school, line), cents in today.by_school_line.items():
        amounts[row[school], column[line]] = cents
    return amounts
