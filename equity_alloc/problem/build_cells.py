"""Fills the arrays of a problem with what the rules asked for, everything in order of codes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents, share_out
from equity_alloc.problem.arrays import Ints
from equity_alloc.problem.cells import NO_LIMIT, Cells
from equity_alloc.problem.leasts import with_leasts
from equity_alloc.problem.problem import Problem
from equity_alloc.rules.base import Counted, Cut, Limit, Posts


@dataclass(frozen=True, eq=False)
class _Places:
    """Where schools, positions and lines stand; everything in order of codes, so that the order of rows decides nothing."""

    row: dict[str, int]
    column: dict[str, int]
    positions: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.row), len(self.column)

    @property
    def n_lines(self) -> int:
        return len(self.column) - len(self.positions)


@dataclass(frozen=True, eq=False)
class _Bounds:
    """What limits on one quantity ask for, in the quantity's own unit, and the limits on several.

    `least` and `most` are of shape (n_schools, n_items), `floor` and `ceiling` of shape (n_schools,).
    """

    least: Ints
    most: Ints
    floor: Ints
    ceiling: Ints
    coupling: tuple[Limit, ...]


def build_cells(problem: Problem) -> Cells:
    """Return a problem as arrays.

    A cell that no fund may pay for is held at zero. Bounds are brought to the position's steps: a least goes up, a
    most goes down.

    Parameters
    ----------
    problem : Problem

    Returns
    -------
    Cells

    Raises
    ------
    InvalidValue
        If a position's code is the name of a line.
    """
    district = problem.district
    places = _places(district)
    bounds = _bounds(problem, places)
    funds = sorted(district.funds, key=lambda fund: fund.code)
    pooled = tuple(fund.code for fund in funds if not fund.shared_by)
    local = tuple(fund.code for fund in funds if fund.shared_by)
    pooled_mask, local_mask = (_mask(problem, chosen, places) for chosen in (pooled, local))
    shares = np.array([_shares(problem, fund, tuple(places.row)) for fund in local], np.int64)
    shares = shares.reshape(len(local), len(places.row)).T
    budget = tuple(problem.caps.get(fund, NO_LIMIT) for fund in pooled)
    step = np.array([problem.steps.get(p, (1, 0))[0] for p in places.positions] + [1] * places.n_lines, np.int64)
    smallest = _smallest(problem, places, step)
    cost = {position.code: position.cost for position in district.positions}
    price = np.array([cost[p] for p in places.positions] + [100] * places.n_lines, np.int64)
    affordable = np.minimum(sum(max(0, cents) for cents in budget) + shares.sum(1, keepdims=True), NO_LIMIT)
    ceiling_units = np.where(price > 0, affordable * 100 // np.maximum(price, 1), NO_LIMIT)
    most = np.minimum(bounds.most, np.where((pooled_mask | local_mask) > 0, ceiling_units, 0))
    least, most = _on_steps(bounds.least, most, step, smallest)
    cells = Cells(
        schools=tuple(places.row),
        items=tuple(places.column),
        n_positions=len(places.positions),
        least=least,
        most=most,
        last_year=_last_year(problem, places),
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
        floor=bounds.floor,
        ceiling=bounds.ceiling,
        coupling=bounds.coupling,
        wholes=tuple(problem.wholes),
        floors=tuple(problem.floors),
        leasts=tuple(sorted((fund, cents) for fund, cents in problem.leasts.items() if cents > 0)),
        orders=tuple(problem.orders),
    )
    return with_leasts(cells, problem.caps, district.counted_funds) if cells.leasts else cells


def _places(district: District) -> _Places:
    schools = [school.code for school in district.schools]
    positions = tuple(sorted(position.code for position in district.positions))
    both = sorted(set(positions) & set(district.lines))
    if both:
        raise InvalidValue(f"{both[0]} is the code of a position and the name of a line. Give the line another name.")
    row = {code: place for place, code in enumerate(schools)}
    column = {code: place for place, code in enumerate((*positions, *district.lines))}
    return _Places(row, column, positions)


def _bounds(problem: Problem, places: _Places) -> _Bounds:
    n_schools = len(places.row)
    least, most = np.zeros(places.shape, np.int64), np.full(places.shape, NO_LIMIT, np.int64)
    floor, ceiling = np.zeros(n_schools, np.int64), np.full(n_schools, NO_LIMIT, np.int64)
    coupling = []
    for limit in problem.limits:
        coefficient, quantity = limit.terms[0] if len(limit.terms) == 1 else (0, None)
        if quantity is None or coefficient != 1 or isinstance(quantity, Cut):
            coupling.append(limit)
            continue
        s = places.row[quantity.school]
        low: Ints
        high: Ints
        at: tuple[int, ...]
        if isinstance(quantity, Counted):
            low, high, at = floor, ceiling, (s,)
        else:
            item = quantity.position if isinstance(quantity, Posts) else quantity.line
            low, high, at = least, most, (s, places.column[item])
        if limit.least is not None:
            low[at] = max(low[at], limit.least)
        if limit.most is not None:
            high[at] = min(high[at], limit.most)
    return _Bounds(least, most, floor, ceiling, tuple(coupling))


def _smallest(problem: Problem, places: _Places, step: Ints) -> Ints:
    """Return the smallest post of each cell, on its steps; zero for lines.

    With steps of 0.10 FTE a smallest post of 0.25 is one of 0.30: posts counted from 0.25 in steps would never be none.
    """
    usual = np.array([problem.steps.get(p, (1, 0))[1] for p in places.positions] + [0] * places.n_lines, np.int64)
    smallest = np.tile(usual, (len(places.row), 1))
    for (school, position), least_post in problem.smallest_at.items():
        own = places.row[school], places.column[position]
        smallest[own] = max(smallest[own], least_post)
    return -(-smallest // step) * step


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


def _mask(problem: Problem, funds: tuple[str, ...], places: _Places) -> Ints:
    """Return for each cell which funds may pay for it, a bit for each fund."""
    n_positions = len(places.positions)
    mask = np.zeros(places.shape, np.int64)
    for bit, fund in enumerate(funds):
        schools, positions, lines = problem.opened.get(fund, (frozenset(), frozenset(), frozenset()))
        closed_positions, closed_lines = problem.closed.get(fund, (frozenset(), frozenset()))
        positions, lines = positions - closed_positions, lines - closed_lines
        rows = np.array([code in schools for code in places.row], bool)
        columns = np.array([c in positions if i < n_positions else c in lines for c, i in places.column.items()], bool)
        mask |= np.where(rows[:, None] & columns[None, :], 1 << bit, 0)
    return mask


def _last_year(problem: Problem, places: _Places) -> Ints:
    row, column = places.row, places.column
    amounts = np.zeros(places.shape, np.int64)
    today = problem.district.today
    for (school, position), fte in today.fte:
        amounts[row[school], column[position]] = fte
    for (school, line), cents in today.by_school_line.items():
        amounts[row[school], column[line]] = cents
    return amounts
