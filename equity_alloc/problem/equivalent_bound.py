"""An upper bound on the equal level that is worth as much where nothing couples schools, without a solver.

Price each school's level, at what more of it is worth where filling ends. Give each fund set a price per cent as well: a
plan never overdraws a set, so paying back what the sets hold and charging what schools draw can only raise the priced sum
of levels. With prices fixed every school can be judged alone, and its best point lies where its piecewise linear worth
bends. Among all levels whose priced sum keeps that bound the best equal level is known in closed form
(problem/coupled_equivalent.py). Filling itself names the prices: what a cent is worth at the level where a set was used up.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.problem.coupled_equivalent import best_equal_level
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.filling import Filled

ZERO = Fraction(0)
#: Where Atkinson's dial finds a level of nothing, its worth is read off at this share of the highest level.
NEXT_TO_NOTHING = 1e-18


def equivalent_bound(cuts: Cuts, schools: Sequence[str], stage: RaiseEquivalent, filled: Filled) -> Fraction | None:
    """Return what no plan's equal level can pass, in the stage's unit; None at infinity.

    Parameters
    ----------
    cuts : Cuts
        Without limits that couple schools, or leaving them out: the bound holds all the more with them.
    schools : sequence of str
        Codes in the order of the cuts.
    stage : RaiseEquivalent
        Whose units are schools, each at most once.
    filled : Filled
        Where prices are read off; the bound holds for any, and is tight at the best.

    Examples
    --------
    Two schools of one weight share 200 cents: nobody's equal level passes 100, at any aversion.

    >>> import numpy as np
    >>> from tests.coupled import dial
    >>> from equity_alloc.objectives.base import Unit
    >>> two, none = np.zeros((2, 2), int), np.array([0, 0])
    >>> cuts = Cuts((0, 1), (0, 200), two, np.array([[500, 500], [0, 0]]), none, none + 500, np.zeros((2, 0)), none)
    >>> filled = Filled(np.array([100.0, 100.0]), ((100.0, 1),))
    >>> stage = dial([Unit(code, Fraction(1), ((code, Fraction(1)),)) for code in "ab"], Fraction(2))
    >>> round(float(equivalent_bound(cuts, "ab", stage, filled)), 6)
    100.0
    """
    if stage.aversion is None:
        return None
    row = {code: s for s, code in enumerate(schools)}
    at = [row[unit.parts[0][0]] for unit in stage.units]
    parts = [unit.parts[0][1] for unit in stage.units]
    whole = sum((unit.mass for unit in stage.units), ZERO)
    most = math.inf if stage.ceiling is None else float(stage.ceiling)
    levels = [
        min(float(part) * (float(filled.pooled[s]) + float(cuts.counted_local[s])), most)
        for s, part in zip(at, parts, strict=True)
    ]
    worth = _worth(stage, levels)
    masses = [unit.mass / whole for unit in stage.units]
    priced = [mass * Fraction(worth(level)) for mass, level in zip(masses, levels, strict=True)]
    # What a cent is worth is the same at every school that a set stopped, where schools weigh as their levels do.
    per_cent = max((m * p for m, p in zip(masses, parts, strict=True)), default=ZERO)
    prices = _prices(cuts, filled, lambda level: per_cent * Fraction(worth(level)), most)
    each = {s: (price * part, part) for s, price, part in zip(at, priced, parts, strict=True)}
    return best_equal_level(stage, masses, priced, _priced_sum(cuts, each, stage.ceiling, prices))


def _worth(stage: RaiseEquivalent, levels: Sequence[float]) -> Callable[[float], float]:
    """Return what more of a level is worth at a level, one where it is the middle one."""
    aversion = float(stage.aversion or 0)
    middle = sorted(levels)[len(levels) // 2]
    if stage.reference is not None:
        kappa = aversion / float(stage.reference)
        return lambda level: math.exp(min(500.0, max(-500.0, kappa * (middle - level))))
    least = max(levels) * NEXT_TO_NOTHING
    base = max(middle, least)
    return lambda level: (base / max(level, least)) ** aversion if base else 1.0


def _priced_sum(
    cuts: Cuts, each: dict[int, tuple[Fraction, Fraction]], ceiling: Fraction | None, prices: dict[int, Fraction]
) -> Fraction:
    """Return what no plan's priced sum of levels can pass, levels counting up to the ceiling; exact."""
    bound = sum((price * cuts.budget[index] for index, price in prices.items()), ZERO)
    for s in range(len(cuts.lowest)):
        low, local = int(cuts.lowest[s]), int(cuts.counted_local[s])
        high = max(int(cuts.highest[s]), low)
        draws = [(price, int(cuts.must_pay[i, s]), int(cuts.others_can[i, s])) for i, price in prices.items()]
        bends = {Fraction(low), Fraction(high)} | {Fraction(must + others) for _, must, others in draws}
        slope, part = each.get(s, (ZERO, ZERO))
        most = None if ceiling is None or not part else ceiling / part
        if most is not None:
            bends.add(most - local)
        bound += max(
            slope * (point + local if most is None else min(point + local, most))
            - sum((price * max(Fraction(must), point - others) for price, must, others in draws), ZERO)
            for point in bends
            if low <= point <= high
        )
    return bound


def _prices(cuts: Cuts, filled: Filled, cent: Callable[[float], Fraction], most: float) -> dict[int, Fraction]:
    """Return a price for the union of the fund sets used up so far, round after round: what a cent is worth, falling.

    Rounds tell levels in cents per unit of weight; at the ceiling and above a cent is worth nothing.
    """
    rounds = [(level, cuts.sets[index]) for level, index in filled.rounds if index >= 0]
    worths = [cent(level) if level < most else ZERO for level, _ in rounds]
    prices: dict[int, Fraction] = {}
    members = 0
    for k, (_, used_up) in enumerate(rounds):
        members |= used_up
        after = worths[k + 1] if k + 1 < len(rounds) else ZERO
        if members in cuts.sets and worths[k] > after:
            prices[cuts.sets.index(members)] = worths[k] - after
    return prices
