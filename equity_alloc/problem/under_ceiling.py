"""Levels that count up to a ceiling and keep a priced sum: what more of each is worth, and what their worth cannot pass.

With a ceiling the best levels rise in proportion to what the dial asks until they meet it. Where they end is found in
floats, and only suggests what more of each level is worth there; how much of that a priced sum allows is then worked out
exactly: the best buys first, each up to the ceiling.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from equity_alloc.objectives.base import RaiseEquivalent

ZERO = Fraction(0)
#: A level of nothing is looked at as this share of the ceiling.
NEXT_TO_NOTHING = 1e-18
#: Halvings after which a float no longer changes.
HALVINGS = 200
#: Powers of e beyond this a float cannot hold.
MOST_POWER = 600.0


def under_ceiling(
    stage: RaiseEquivalent, masses: Sequence[Fraction], priced: Sequence[Fraction], summed: Fraction
) -> tuple[list[Fraction], Fraction]:
    """Return what more of each level is worth at the best levels, above zero, and what the sum so priced cannot pass.

    Parameters
    ----------
    stage : RaiseEquivalent
        With a ceiling, of finite aversion.
    masses, priced : sequence of Fraction
    summed : Fraction
        Less than all levels at the ceiling would cost.

    Examples
    --------
    Two levels that may cost 8 in all, the second four times as dear, each up to 5: in total the first is filled up.

    >>> from tests.coupled import dial
    >>> half, stage = Fraction(1, 2), dial(["a", "b"], Fraction(0), ceiling=5)
    >>> under_ceiling(stage, [half, half], [Fraction(1), Fraction(4)], Fraction(8))[1]
    Fraction(23, 8)
    """
    ceiling = stage.ceiling or ZERO
    worths = [
        mass * Fraction(_slope(stage, level))
        for mass, level in zip(masses, _levels(stage, masses, priced, summed), strict=True)
    ]
    pairs = list(zip(worths, priced, strict=True))
    most = sum((worth * ceiling for worth, price in pairs if not price), ZERO)
    left = summed
    for worth, price in sorted(((w, p) for w, p in pairs if p), key=lambda pair: pair[1] / pair[0]):
        bought = min(ceiling, left / price)
        most += worth * bought
        left -= price * bought
    return worths, most


def _levels(
    stage: RaiseEquivalent, masses: Sequence[Fraction], priced: Sequence[Fraction], summed: Fraction
) -> list[float]:
    """Return the best levels in floats: each as the dial asks of its price, up to the ceiling."""
    ceiling, aversion = float(stage.ceiling or 0), float(stage.aversion or 0)
    if not aversion:
        return [ceiling] * len(masses)
    rows = [
        (float(price), math.log(mass / price) if price else 0.0) for mass, price in zip(masses, priced, strict=True)
    ]

    def levels(height: float) -> list[float]:
        if stage.reference is not None:
            step = float(stage.reference) / aversion
            free = [height + log * step for _, log in rows]
        else:
            free = [math.exp(min(MOST_POWER, height + log / aversion)) for _, log in rows]
        return [
            ceiling if not price else min(ceiling, max(0.0, own)) for (price, _), own in zip(rows, free, strict=True)
        ]

    widest = (abs(math.log(ceiling)) + ceiling + 1) * (1 + max(abs(log) for _, log in rows) * (1 + 1 / aversion))
    if stage.reference is not None:
        widest *= 1 + float(stage.reference)
    low, high = -widest, widest
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if sum(price * level for (price, _), level in zip(rows, levels(middle), strict=True)) <= summed:
            low = middle
        else:
            high = middle
    return levels(low)


def _slope(stage: RaiseEquivalent, level: float) -> float:
    """Return what more of a level is worth at it, one at the ceiling."""
    ceiling, aversion = float(stage.ceiling or 0), float(stage.aversion or 0)
    if stage.reference is not None:
        return math.exp(min(MOST_POWER, (ceiling - level) * aversion / float(stage.reference)))
    return float((ceiling / max(level, ceiling * NEXT_TO_NOTHING)) ** aversion)
