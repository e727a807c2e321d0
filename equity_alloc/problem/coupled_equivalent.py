"""An upper bound on the equal level that is worth as much, at finite aversion, rebuilt from the rules without a solver.

Price each unit's level. The sum of priced levels has a bound that is rebuilt from the scenario (problem/coupled_bound.py),
and among all levels whose priced sum keeps that bound the best equal level is known in closed form: levels then fall with
their prices as the dial asks. So prices of levels, funds and limits prove a bound, whatever they are; the slopes of a
search's last tangents only suggest good ones. Powers and logarithms are the only numbers that are not exact fractions,
and they are rounded up by more than their digits can be off.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.coupled_bound import Prices, charged_bound
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.rounded_bound import rounded_up
from equity_alloc.problem.under_ceiling import under_ceiling

ZERO = Fraction(0)
#: Powers and logarithms are rounded up by this share.
UPWARD = Fraction(1, 10**12)


def coupled_equivalent_bound(cells: Cells, cuts: Cuts, stage: RaiseEquivalent, prices: Prices) -> Fraction | None:
    """Return what no plan's equal level can pass, in the stage's unit; None where these prices prove nothing.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
        Rebuilt from the scenario.
    stage : RaiseEquivalent
        At infinity the lowest level is what is bounded.
    prices : Prices
        Those of levels by the units' names.

    Examples
    --------
    Two schools of one weight share 100 cents: nobody's equal level passes 50, at any aversion.

    >>> from tests.coupled import coupled, dial
    >>> cells, cuts = coupled(["a", "b"], [({"a": 1, "b": 1}, 0.0001)])
    >>> price = Fraction(1, 1_000_000)
    >>> prices = Prices((("a", Fraction(1)), ("b", Fraction(1))), (), ((0, price),))
    >>> round(float(coupled_equivalent_bound(cells, cuts, dial(["a", "b"], Fraction(2)), prices) * 1_000_000), 6)
    50.0
    """
    whole = sum((unit.mass for unit in stage.units), ZERO)
    masses = [unit.mass / whole for unit in stage.units]
    named = dict(prices.schools)
    priced = [max(ZERO, named.get(unit.name, ZERO)) for unit in stage.units]
    if stage.aversion == 0 and stage.ceiling is None:
        # The mean prices every unit by its pupils; there is nothing to suggest.
        priced = masses
    found = best_equal_level(stage, masses, priced, charged_bound(cells, cuts, _worth(cells, stage, priced), prices))
    return None if found is None else rounded_up(found)


def best_equal_level(
    stage: RaiseEquivalent, masses: Sequence[Fraction], priced: Sequence[Fraction], summed: Fraction
) -> Fraction | None:
    """Return the highest equal level of levels with a priced sum, rounded up; None where prices tell none.

    Parameters
    ----------
    stage : RaiseEquivalent
    masses : sequence of Fraction
        Of the stage's units, one in all.
    priced : sequence of Fraction
        What a unit's level counts in the sum, zero or more.
    summed : Fraction
        What the priced sum cannot pass, levels counting as they are, or up to the ceiling; zero or more.
    """
    try:
        if stage.ceiling is None:
            return _best_of_sum(stage, masses, priced, summed) if _tells(stage, priced) else None
        if summed >= stage.ceiling * sum(priced, ZERO):
            return stage.ceiling
        if stage.aversion is not None:
            priced, summed = under_ceiling(stage, masses, priced, summed)
        return min(stage.ceiling, _best_of_sum(stage, masses, priced, summed))
    except (OverflowError, ValueError, ZeroDivisionError):
        # Prices so far apart that a float cannot hold them suggest nothing.
        return None if stage.ceiling is None else stage.ceiling


def _tells(stage: RaiseEquivalent, priced: Sequence[Fraction]) -> bool:
    """Whether prices bound the equal level at all: at finite aversion a unit without a price might have any level."""
    return any(priced) if stage.aversion is None else all(priced)


def _best_of_sum(
    stage: RaiseEquivalent, masses: Sequence[Fraction], priced: Sequence[Fraction], summed: Fraction
) -> Fraction:
    """Return the highest equal level of levels with a priced sum, in closed form."""
    aversion = stage.aversion
    if aversion is None:
        return summed / sum(priced, ZERO)
    if aversion == 0:
        return summed * max(mass / price for mass, price in zip(masses, priced, strict=True))
    if stage.reference is not None:
        return _kolm_pollak(masses, priced, summed, aversion / stage.reference)
    return summed * _most_per_priced_sum(masses, priced, aversion)


def _worth(cells: Cells, stage: RaiseEquivalent, priced: Sequence[Fraction]) -> Mapping[int, Fraction]:
    """Return what a counted cent is worth, by the school's place."""
    row = {code: s for s, code in enumerate(cells.schools)}
    worth: dict[int, Fraction] = {}
    for unit, price in zip(stage.units, priced, strict=True):
        for code, part in unit.parts:
            worth[row[code]] = worth.get(row[code], ZERO) + price * part
    return worth


def _most_per_priced_sum(masses: Sequence[Fraction], priced: Sequence[Fraction], aversion: Fraction) -> Fraction:
    """Return the highest Atkinson equal level of levels whose priced sum is one, rounded up.

    With e the aversion, the best levels are in proportion to (mass / price)^(1 / e), which by Hölder's inequality gives
    (sum of mass (mass / price)^((1 - e) / e))^(e / (1 - e)), and at an aversion of one the product of (mass / price)^mass.
    """
    logs = [math.log(mass / price) for mass, price in zip(masses, priced, strict=True)]
    weights = [float(mass) for mass in masses]
    if aversion == 1:
        found = math.fsum(mass * log for mass, log in zip(weights, logs, strict=True))
        return _exp_up(found, 1 + max(abs(log) for log in logs))
    power = float((1 - aversion) / aversion)
    top = max(power * log for log in logs)
    inside = math.fsum(mass * math.exp(power * log - top) for mass, log in zip(weights, logs, strict=True))
    # Near an aversion of one the last root multiplies what the digits of the sum are off by.
    digits = 1 + max(abs(log) for log in logs) + (1 + abs(math.log(inside))) / abs(power)
    return _exp_up((top + math.log(inside)) / power, digits)


def _kolm_pollak(masses: Sequence[Fraction], priced: Sequence[Fraction], summed: Fraction, kappa: Fraction) -> Fraction:
    """Return the highest Kolm-Pollak equal level of levels with a priced sum: the mean by price plus their divergence."""
    whole = sum(priced, ZERO)
    terms = [float(price / whole) * math.log(price / whole / mass) for mass, price in zip(masses, priced, strict=True)]
    digits = Fraction(1 + math.fsum(abs(term) for term in terms)) * UPWARD
    return summed / whole + (Fraction(math.fsum(terms)) + digits) / kappa


def _exp_up(power: float, digits: float) -> Fraction:
    """Return an exponential, rounded up by so many times the share that one rounding may be off by."""
    return Fraction(math.exp(power)) * (1 + UPWARD * math.ceil(digits))
