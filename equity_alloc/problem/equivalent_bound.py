"""An upper bound on the equal level that is worth as much, checked in rationals without a solver.

Atkinson's equivalent lies below its tangent plane at any levels q: at most the sum of p (E / q)^e u over schools, E being
the equivalent of q, and all the more for any E above it. What is left is linear in dollars. Give each fund set a price of
zero or more per cent; a plan never overdraws a set, so paying back what the sets hold and charging what schools draw can
only raise the sum. With prices fixed every school can be judged alone, and its best point lies where its piecewise linear
worth bends. Filling itself names the prices: what a cent is worth at the level where a set was used up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.filling import Filled

#: The equivalent of the tangent point is rounded up by this share, so that rounding can only loosen the bound.
UPWARD = Fraction(1, 10**12)


def equivalent_bound(
    cuts: Cuts, weights: Sequence[Fraction], filled: Filled, aversion: Fraction, ceiling: Fraction | None = None
) -> Fraction:
    """Return what no plan's equivalent level can pass, in cents per unit of weight.

    Parameters
    ----------
    cuts : Cuts
        Of a problem without limits that couple schools.
    weights : sequence of Fraction
        Level weights in the order of the schools; zero leaves a school out.
    filled : Filled
        Where the tangent is drawn and the prices come from; the bound holds for any, and is tight at the best.
    aversion : Fraction
        Above zero.
    ceiling : Fraction or None
        Cents per unit of weight above which nothing counts.

    Returns
    -------
    Fraction

    Examples
    --------
    Two schools of one weight share 200 cents: nobody's equivalent passes 100, at any aversion.

    >>> import numpy as np
    >>> two, none = np.zeros((2, 2), int), np.array([0, 0])
    >>> cuts = Cuts((0, 1), (0, 200), two, np.array([[500, 500], [0, 0]]), none, none + 500, np.zeros((2, 0)), none)
    >>> filled = Filled(np.array([100.0, 100.0]), ((100.0, 1),), np.array([1, 1]))
    >>> round(float(equivalent_bound(cuts, (Fraction(1), Fraction(1)), filled, Fraction(2))), 6)
    100.0
    """
    total = sum(weights, Fraction(0))
    rows = [s for s, weight in enumerate(weights) if weight]
    levels = {s: (Fraction(filled.pooled[s]) + int(cuts.counted_local[s])) / weights[s] for s in rows}
    capped = {s: level if ceiling is None else min(level, ceiling) for s, level in levels.items()}
    worth = _equivalent([(weights[s] / total, capped[s]) for s in rows], aversion)
    slopes = {s: _power(worth / capped[s], aversion) / total for s in rows}
    prices = _prices(cuts, filled, worth, aversion, total, ceiling)
    bound = sum((price * cuts.budget[index] for index, price in prices.items()), Fraction(0))
    for s in range(len(weights)):
        low, high, local = (
            int(cuts.lowest[s]),
            max(int(cuts.highest[s]), int(cuts.lowest[s])),
            int(cuts.counted_local[s]),
        )
        draws = [(price, int(cuts.must_pay[i, s]), int(cuts.others_can[i, s])) for i, price in prices.items()]
        bends = {Fraction(low), Fraction(high)} | {Fraction(must + others) for _, must, others in draws}
        most = None if ceiling is None or not weights[s] else ceiling * weights[s]
        if most is not None:
            bends.add(most - local)
        slope = slopes.get(s, Fraction(0))
        bound += max(
            slope * (point + local if most is None else min(point + local, most))
            - sum((price * max(Fraction(must), point - others) for price, must, others in draws), Fraction(0))
            for point in bends
            if low <= point <= high
        )
    return bound


def _equivalent(levels: list[tuple[Fraction, Fraction]], aversion: Fraction) -> Fraction:
    """Return the equivalent of shares and levels above zero, rounded up."""
    base = max(level for _, level in levels)
    relative = [(float(share), float(level / base)) for share, level in levels]
    if aversion == 1:
        worth = math.exp(math.fsum(share * math.log(level) for share, level in relative))
        return base * Fraction(worth) * (1 + UPWARD)
    power = float(1 - aversion)
    worth = math.fsum(share * level**power for share, level in relative) ** (1 / power)
    # Near an aversion of one the last root multiplies what the digits of the sum are off by.
    return base * Fraction(worth) * (1 + UPWARD * (1 + math.ceil(1 / abs(power))))


def _power(base: Fraction, aversion: Fraction) -> Fraction:
    """Return a power, exact for whole aversions, otherwise rounded up."""
    if aversion.denominator == 1:
        return base ** int(aversion)
    return Fraction(float(base) ** float(aversion)) * (1 + UPWARD)


def _prices(
    cuts: Cuts, filled: Filled, worth: Fraction, aversion: Fraction, total: Fraction, ceiling: Fraction | None
) -> dict[int, Fraction]:
    """Return a price for the union of the fund sets used up so far, round after round: what a cent is worth, falling."""
    rounds = [
        (_power(worth / Fraction(level), aversion) / total, cuts.sets[index])
        for level, index in filled.rounds
        if index >= 0 and level > 0 and (ceiling is None or Fraction(level) < ceiling)
    ]
    prices: dict[int, Fraction] = {}
    members = 0
    for k, (value, used_up) in enumerate(rounds):
        members |= used_up
        after = rounds[k + 1][0] if k + 1 < len(rounds) else Fraction(0)
        if members in cuts.sets and value > after:
            prices[cuts.sets.index(members)] = value - after
    return prices
