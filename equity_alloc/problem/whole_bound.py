"""What the lowest level cannot pass because posts come in whole steps: exact, in integers, without a solver.

Where no line takes up what posts leave, a school's dollars are a sum of whole steps. All sums that its posts can make are
the bits of one large integer, to which each position adds its steps by shifts. To lift the lowest level to a number, every
school needs at least its next sum; where these needs together pass what a set of funds holds, or a school has no sum so
high below its ceiling, no plan in whole steps reaches that number.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from equity_alloc.domain.money import Cents
from equity_alloc.problem.arrays import Ints
from equity_alloc.problem.cells import NO_LIMIT, Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.own_sets import few_unions

#: Bits of one school's sums beyond which nothing is listed: thirty times a large school in steps of fifty dollars.
MOST_BITS = 5_000_000
#: So many of the largest steps above a school's highest dollars the next sum is looked for.
ABOVE = 4
#: How far below the bound sums are listed at first, as a share of it, and how many times as far every further time.
FIRST, FURTHER = Fraction(1, 5_000), 8


@dataclass(frozen=True, slots=True)
class WholeBound:
    """A bound on the lowest level in whole steps.

    Parameters
    ----------
    bound : Fraction, cents per unit of weight
    index : int or None
        The fund set that cannot pay for more; None where a school has no sum that is higher.
    row : int or None
        That school.
    """

    bound: Fraction
    index: int | None
    row: int | None


def whole_level_bound(
    cells: Cells, cuts: Cuts, weights: tuple[Fraction, ...], level: Fraction, highest: Fraction
) -> WholeBound | None:
    """Return the highest lowest level that sums of whole steps leave room for, or None where it says nothing new.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    weights : tuple of Fraction
        Zero for schools that have no level.
    level : Fraction, cents per unit of weight
        Of a plan that exists.
    highest : Fraction, cents per unit of weight
        What is proven with posts in fractions.

    Returns
    -------
    WholeBound or None
        None where lines take up what posts leave, or where `level` is not below `highest`.
    """
    n = cells.n_positions
    if level >= highest or (cells.most[:, n:] != cells.least[:, n:]).any():
        return None
    sums = _all_sums(cells, cuts, [high for _, high in _ends(cuts, weights, level, highest)])
    if sums is None:
        return None
    share, low = FIRST, highest
    while low > level:
        # Few sums lie near the bound; further below only where none of those can be reached.
        low, share = max(level, highest * (1 - share)), share * FURTHER
        ask = _Asked(
            cells,
            cuts,
            weights,
            [each.between(*ends) for each, ends in zip(sums, _ends(cuts, weights, low, highest), strict=True)],
        )
        if ask.lacking(low) is None:
            return _highest(ask, low, highest)
    # The plan itself would be impossible: it uses shares of its own in a way that these sums do not know.
    return None


def _highest(ask: _Asked, low: Fraction, high: Fraction) -> WholeBound | None:
    """Return the highest level that can be had, from a low one that can; None where the high one can be had too."""
    tried = sorted({level for level in ask.levels() if low < level < high} | {high})
    first, last, witness = 0, len(tried), None
    while first < last:
        middle = (first + last) // 2
        lacks = ask.lacking(tried[middle])
        if lacks is None:
            first = middle + 1
        else:
            last, witness = middle, lacks
    return None if witness is None else WholeBound(tried[last - 1] if last else low, *witness)


def _ends(cuts: Cuts, weights: tuple[Fraction, ...], low: Fraction, high: Fraction) -> Iterator[tuple[Cents, Cents]]:
    """Yield the pooled cents of each school at two levels, within its lowest."""
    for weight, local, lowest in zip(weights, cuts.counted_local.tolist(), cuts.lowest.tolist(), strict=True):
        first = max(math.ceil(weight * low) - local, lowest)
        yield first, max(math.floor(weight * high) - local, first)


class _Asked:
    """Answers whether funds and sums of steps leave room for a lowest level."""

    def __init__(self, cells: Cells, cuts: Cuts, weights: tuple[Fraction, ...], listed: list[list[Cents]]) -> None:
        self.cuts, self.weights, self.listed = cuts, weights, listed
        has_shares = bool(cuts.used.any())
        # Where own shares may be left unused others can take more, so only all funds together are looked at.
        self.sets = [i for i, members in enumerate(cuts.sets) if members and not has_shares] or [len(cuts.sets) - 1]
        # What a school counts is what pooled funds pay, unless shares of its own count as well.
        self.highest = np.where(cuts.counted_local > 0, NO_LIMIT, cells.ceiling).tolist()

    def levels(self) -> Iterator[Fraction]:
        """Yield the levels at which some school's sum lies."""
        for sums, local, weight in zip(self.listed, self.cuts.counted_local.tolist(), self.weights, strict=True):
            if weight:
                yield from (Fraction(cents + local) / weight for cents in sums)

    def lacking(self, level: Fraction) -> tuple[int | None, int | None] | None:
        """Return the fund set that cannot pay, or the school without a sum; None where there is room."""
        pooled = []
        for s, weight in enumerate(self.weights):
            asked = max(math.ceil(weight * level) - int(self.cuts.counted_local[s]), int(self.cuts.lowest[s]))
            at = bisect_left(self.listed[s], asked)
            if at == len(self.listed[s]) or self.listed[s][at] > self.highest[s]:
                return None, s
            pooled.append(self.listed[s][at])
        needs = np.array(pooled, np.int64)
        for i in self.sets:
            need = np.maximum(self.cuts.must_pay[i], needs - self.cuts.others_can[i]).sum()
            if int(need) > self.cuts.budget[i]:
                return i, None
        return None


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums of a school's posts as bits, each with the cents that are added to it and with where its list ends.

    A list that was cut off ends in a sum that no other above it is lower than, whether it can be made or not.
    """

    unit: Cents
    bits: tuple[tuple[int, Cents], ...]

    def between(self, low: Cents, high: Cents) -> list[Cents]:
        """Return the sums of pooled cents from one to another, and the next above, rising."""
        found: set[Cents] = set()
        for bits, fixed in self.bits:
            found.update(_between(bits, self.unit, fixed, low, high))
        return sorted(found)


def _all_sums(cells: Cells, cuts: Cuts, highest: list[Cents]) -> list[_Sums] | None:
    """Return the sums of every school to a little above its highest pooled cents; None where they are too many to list."""
    n = cells.n_positions
    unit = math.gcd(*(int(cents) for cents in cells.step_cents[:n]), 0)
    if not unit:
        return None
    beyond = ABOVE * int(cells.step_cents[:n].max())
    found = []
    for s, high in enumerate(highest):
        # What own shares pay of some cells: as the plan splits them, or all that there is. Many sets of shares come to the same.
        asked = set()
        sets = few_unions(cells.local_mask[s].tolist())
        if sets is None:
            return None
        for members in sets:
            inside = tuple(((cells.local_mask[s] & ~members) == 0).tolist())
            lines = int(cells.least_cents[s, n:][np.array(inside[n:], bool)].sum())
            asked |= {(inside[:n], lines - _held(each[s], members)) for each in (cuts.used, cells.shares)}
        own = []
        for inside, fixed in sorted(asked):
            end = max(0, high - fixed + beyond) // unit + 1
            if end > MOST_BITS:
                return None
            own.append((_bits(cells, s, inside, unit, end), fixed))
        found.append(_Sums(unit, tuple(own)))
    return found


def _held(shares: Ints, members: int) -> Cents:
    return sum(int(cents) for h, cents in enumerate(shares) if members >> h & 1)


def _bits(cells: Cells, s: int, inside: tuple[bool, ...], unit: Cents, end: int) -> int:
    """Return the sums of a school's posts as bits, one for each unit of cents; what passes the end is told as the end."""
    bits, mask, is_cut = 1, (1 << end) - 1, False
    for i, is_inside in enumerate(inside):
        if not is_inside:
            continue
        step, cents = int(cells.step[i]), int(cells.step_cents[i]) // unit
        least, most, smallest = int(cells.least[s, i]) // step, int(cells.most[s, i]) // step, int(cells.smallest[s, i])
        first = max(least, -(-smallest // step)) if most else 0
        with_some = 0
        if first <= most:
            # More steps than fit below the end change nothing but that something passes it.
            more = min(most - first, end // cents + 1) if cents else 0
            with_some = bits << min(first * cents, end)
            done = 0
            while done < more:
                shift = min(done + 1, more - done)
                with_some |= with_some << shift * cents
                done += shift
                is_cut |= bool(with_some >> end)
                with_some &= mask
        is_cut |= bool(with_some >> end)
        bits = (with_some & mask) | (bits if least == 0 else 0)
    return bits | (1 << end) if is_cut else bits


def _between(bits: int, unit: Cents, fixed: Cents, low: Cents, high: Cents) -> list[Cents]:
    """Return the sums from `low` to `high`, and the next above."""
    first = max(0, -(-(low - fixed) // unit))
    last = max(first, (high - fixed) // unit + 1)
    found, window = [], (bits >> first) & ((1 << last - first) - 1)
    while window:
        bit = window & -window
        found.append(fixed + (first + bit.bit_length() - 1) * unit)
        window ^= bit
    above = bits >> last
    if above:
        found.append(fixed + (last + (above & -above).bit_length() - 1) * unit)
    return found
