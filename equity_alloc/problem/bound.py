"""A lower bound on the sum of distances from targets, checked in rationals without a solver.

Give each fund set a price of zero or more per cent (any prices will do; the solver only suggests good ones). A plan that
keeps the rules never overdraws a set, so charging for what it draws and paying back what the set holds can only lower
its cost. With prices fixed, every school can be judged alone, and its cheapest point lies where its piecewise linear cost
bends. The sum of these cheapest costs is below what any plan can reach (weak duality).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from equity_alloc.objectives.base import LowerDistance
from equity_alloc.problem.cuts import Cuts


def distance_bound(
    cuts: Cuts, schools: tuple[str, ...], stage: LowerDistance, prices: Mapping[int, Fraction]
) -> Fraction:
    """Return cents that no plan's sum of distances can go below, exact.

    Parameters
    ----------
    cuts : Cuts
    schools : tuple of str
        Codes in the order of the cuts.
    stage : LowerDistance
    prices : mapping of int to Fraction
        Price by index of the fund set; zero or more, others are taken as zero.

    Returns
    -------
    Fraction, cents

    Examples
    --------
    One school with at most 80 cents from one fund and a target of 100 cents falls short by 20:

    >>> import numpy as np
    >>> one = np.array([[0]])
    >>> cuts = Cuts((1,), (80,), one, one, np.array([0]), np.array([500]), np.zeros((1, 0)), np.array([0]))
    >>> stage = LowerDistance("", (("a", Fraction(100)),), 1, 0)
    >>> float(distance_bound(cuts, ("a",), stage, {0: Fraction(1)}))
    20.0
    """
    used = {index: max(Fraction(0), price) for index, price in prices.items() if price > 0}
    targets = dict(stage.targets)
    total = -sum((price * cuts.budget[index] for index, price in used.items()), Fraction(0))
    for s, code in enumerate(schools):
        low, high, local = int(cuts.lowest[s]), int(cuts.highest[s]), int(cuts.counted_local[s])
        draws = [(price, int(cuts.must_pay[i, s]), int(cuts.others_can[i, s])) for i, price in used.items()]
        bends = {Fraction(low), Fraction(high)} | {Fraction(must + others) for _, must, others in draws}
        target = targets.get(code)
        if target is not None:
            bends.add(target - local)
        points = [bend for bend in bends if low <= bend <= high]
        total += min(_cost(stage, target, point + local) + _charge(draws, point) for point in points)
    return max(Fraction(0), total)


def _cost(stage: LowerDistance, target: Fraction | None, counted: Fraction) -> Fraction:
    if target is None:
        return Fraction(0)
    return stage.below * max(Fraction(0), target - counted) + stage.above * max(Fraction(0), counted - target)


def _charge(draws: list[tuple[Fraction, int, int]], pooled: Fraction) -> Fraction:
    return sum((price * max(Fraction(must), pooled - others) for price, must, others in draws), Fraction(0))
