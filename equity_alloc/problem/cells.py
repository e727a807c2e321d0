"""The problem as arrays: one cell for each school and item, an item being a position or a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.finding import Unit
from equity_alloc.domain.money import Cents, share_out
from equity_alloc.problem.problem import Problem
from equity_alloc.rules.base import Counted, Cut, Dollars, Floors, Limit, Posts, Quantity, UsedFirst, WholeSum

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
    step : ndarray, shape (n_items,)
    smallest : ndarray, shape (n_schools, n_items)
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
        low: Ints
        high: Ints
        at: tuple[int, ...]
        if isinstance(quantity, Counted):
            low, high, at = floor, ceiling, (s,)
        else:
            item = quantity.position if isinstance(quantity, Posts) else quantity.line
            low, high, at = least, most, (s, column[item])
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
    smallest = np.tile(smallest, (len(schools), 1))
    for (school, position), least_post in problem.smallest_at.items():
        own = row[school], column[position]
        smallest[own] = max(smallest[own], least_post)
    price = np.array([p.cost for p in posts] + [100] * len(district.lines), np.int64)
    affordable = np.minimum(sum(max(0, b) for b in budget) + shares.sum(1, keepdims=True), NO_LIMIT)
    ceiling_units = np.where(price > 0, affordable * 100 // np.maximum(price, 1), NO_LIMIT)
    most = np.minimum(most, np.where((pooled_mask | local_mask) > 0, ceiling_units, 0))
    least, most = _on_steps(least, most, step, smallest)
    cells = Cells(
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
        leasts=tuple(sorted((fund, least) for fund, least in problem.leasts.items() if least > 0)),
        orders=tuple(problem.orders),
    )
    return with_leasts(cells, problem.caps, district.counted_funds) if cells.leasts else cells


def with_leasts(cells: Cells, caps: Mapping[str, Cents], counted: Sequence[str]) -> Cells:
    """Return cells held to what funds must pay at least.

    A fund can pay no more than what the cells cost that it may pay for; of several funds the same holds together. A fund
    with a rule of its own is used as far as cells can take it in any case, so there it is only asked whether they can.

    Parameters
    ----------
    cells : Cells
    caps : mapping of str to Cents
    counted : sequence of str
        Codes of the funds that count.
    """
    limits, short = [], False
    for fund, least in cells.leasts:
        if fund in cells.local:
            f = cells.local.index(fund)
            most = np.where(cells.local_mask >> f & 1, cells.most_cents, 0).sum(1)
            short |= int(np.minimum(cells.shares[:, f], most).sum()) < least
        short |= caps.get(fund, NO_LIMIT) < least
    pooled = [(cells.pooled.index(fund), fund, least) for fund, least in cells.leasts if fund in cells.pooled]
    for members in range(1, 1 << len(pooled)):
        chosen = [each for place, each in enumerate(pooled) if members >> place & 1]
        open_: NDArray[np.bool_] = (cells.pooled_mask & sum(1 << f for f, _, _ in chosen)) > 0
        least = sum(each[2] for each in chosen)
        short |= int(np.where(open_, cells.most_cents, 0).sum()) < least
        # What own shares may take of these cells does not count: `problem.leasts` says how much that is, exactly.
        shared = np.array([cells.shares[s][_touched(cells, s, open_)].sum() for s in range(len(cells.schools))])
        if int(np.where(open_, cells.least_cents, 0).sum()) - int(shared.sum()) < least:
            subject = ", ".join(fund for _, fund, _ in chosen)
            limits.append(Limit("", subject, _cost_of(cells, open_), least * 100, None, Unit.CENTS, per=100))
        served = [s for s in range(len(cells.schools)) if open_[s].any()]
        if all(fund in counted for _, fund, _ in chosen) and int(cells.floor[served].sum()) < least:
            terms = tuple((1, Counted(cells.schools[s])) for s in served)
            limits.append(Limit("", "", terms, least, None, Unit.CENTS))
    return replace(cells, coupling=(*limits, *cells.coupling), cannot_spend=short)


def _touched(cells: Cells, s: int, which: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the funds with a rule of their own that may pay for some of a school's cells."""
    bits = int(np.bitwise_or.reduce(cells.local_mask[s][which[s]], initial=0))
    return np.array([bool(bits >> f & 1) for f in range(len(cells.local))], bool)


def _cost_of(cells: Cells, which: NDArray[np.bool_]) -> tuple[tuple[int, Quantity], ...]:
    """Return what some cells cost, in hundredths of a cent."""
    found: list[tuple[int, Quantity]] = []
    for s, i in np.argwhere(which).tolist():
        item, school = cells.items[i], cells.schools[s]
        quantity: Quantity = Posts(school, item) if i < cells.n_positions else Dollars(school, item)
        found.append((int(cells.price[i]), quantity))
    return tuple(found)


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
