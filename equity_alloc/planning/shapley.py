"""How much each of several causes brings about: its Shapley value, its effect alone, and its effect last.

A cause's Shapley value is its mean effect over all orders in which the causes may come. Whatever the values, these add
up to what all causes bring about together, exactly (Shapley, A value for n-person games, 1953).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, sqrt

#: Up to so many causes every set is judged; beyond, orders are drawn.
FEW = 10

#: So many orders are drawn, each together with its reverse, which evens out much of the chance.
ORDERS = 40


@dataclass(frozen=True, slots=True)
class Shares:
    """What each of n causes brings about.

    Parameters
    ----------
    shapley : tuple of Fraction
        They add up to `total` exactly.
    error : tuple of float
        Standard error of each; zero where every set was judged.
    first_in, last_out : tuple of int
        Effect of each cause alone, and of each when all others are there.
    total : int
    orders : int
        How many orders were drawn; zero where every set was judged.
    judged : int
        How many sets were judged.
    """

    shapley: tuple[Fraction, ...]
    error: tuple[float, ...]
    first_in: tuple[int, ...]
    last_out: tuple[int, ...]
    total: int
    orders: int
    judged: int


class _Values:
    """Values of sets, as bit sets. Where more causes never raise a value, what two known sets enclose is often known."""

    def __init__(self, n: int, value: Callable[[tuple[int, ...]], int]) -> None:
        self.n, self.value = n, value
        self.known: dict[int, int] = {}
        self.judged = 0
        #: Whether some cause was seen to raise a value.
        self.rises = False
        self._enclosed: set[int] = set()

    def of(self, members: int) -> int:
        """Return the value of a set."""
        if members not in self.known:
            self.judged += 1
            self.known[members] = self.value(tuple(k for k in range(self.n) if members >> k & 1))
        return self.known[members]

    def enclosed(self, members: int) -> int:
        """Return the value of a set, from a smaller and a larger one where both have the same."""
        if members not in self.known:
            above = {value for known, value in self.known.items() if known & members == members}
            below = {value for known, value in self.known.items() if known & members == known}
            shared = above & below
            if not shared:
                return self.of(members)
            self.known[members] = shared.pop()
            self._enclosed.add(members)
        return self.known[members]

    def forget_enclosed(self) -> None:
        """Keep only what was judged itself."""
        for members in self._enclosed:
            del self.known[members]
        self._enclosed.clear()


def shares_of(n: int, value: Callable[[tuple[int, ...]], int], *, orders: int = ORDERS, falls: bool = True) -> Shares:
    """Return what each cause brings about.

    Parameters
    ----------
    n : int
        How many causes there are; they are numbered from 0.
    value : callable
        Takes numbers in ascending order; what these causes together lead to.
    orders : int
        How many orders are drawn beyond `FEW` causes, from one fixed seed.
    falls : bool
        More causes seldom raise the value, so that sets between two with the same value are not judged. Where a cause is
        seen to raise it after all, every set is.

    Returns
    -------
    Shares

    Examples
    --------
    Two ceilings, at 7 and at 4, on something that is 10: each alone takes 3 and 6, both together 6. The Shapley
    values are the mean over both orders: (3 + 0) / 2 and (6 + 3) / 2.

    >>> ceilings = (7, 4)
    >>> found = shares_of(2, lambda members: min([10, *(ceilings[k] for k in members)]))
    >>> [str(each) for each in found.shapley], found.first_in, found.last_out, found.total
    (['-3/2', '-9/2'], (-3, -6), (0, -3), -6)
    """
    values = _Values(n, value)
    found = _shares(values, orders, falls=falls)
    if not falls or not values.rises:
        return found
    values.forget_enclosed()
    return _shares(values, orders, falls=False)


def _shares(values: _Values, orders: int, *, falls: bool) -> Shares:
    n = values.n
    every = (1 << n) - 1
    nothing, total = values.of(0), values.of(every)
    first_in = tuple(values.of(1 << k) - nothing for k in range(n))
    last_out = tuple(total - values.of(every & ~(1 << k)) for k in range(n))
    if n <= FEW:
        shapley, error, drawn = _over_all_sets(values, falls=falls), (0.0,) * n, 0
    else:
        shapley, error = _over_drawn_orders(values, max(1, orders // 2), falls=falls)
        drawn = 2 * max(1, orders // 2)
    values.rises |= any(effect > 0 for effect in (*first_in, *last_out))
    return Shares(shapley, error, first_in, last_out, total - nothing, drawn, values.judged)


def _over_all_sets(values: _Values, *, falls: bool) -> tuple[Fraction, ...]:
    n = values.n
    of = values.enclosed if falls else values.of
    # From both ends to the middle, so that sets between two that have the same value come last.
    for members in sorted(range(1 << n), key=lambda m: (min(m.bit_count(), n - m.bit_count()), m)):
        of(members)
    known = values.known
    values.rises |= any(
        known[members | 1 << k] > known[members] for members in range(1 << n) for k in range(n) if not members >> k & 1
    )
    weights = [Fraction(factorial(size) * factorial(n - size - 1), factorial(n)) for size in range(n)]
    return tuple(
        sum(
            (
                weights[members.bit_count()] * (values.known[members | 1 << k] - values.known[members])
                for members in range(1 << n)
                if not members >> k & 1
            ),
            Fraction(0),
        )
        for k in range(n)
    )


def _over_drawn_orders(values: _Values, pairs: int, *, falls: bool) -> tuple[tuple[Fraction, ...], tuple[float, ...]]:
    draw = random.Random(0)
    n = values.n
    means: list[list[Fraction]] = [[] for _ in range(n)]
    for _ in range(pairs):
        order = draw.sample(range(n), n)
        one, other = (_effects(values, way, falls=falls) for way in (order, order[::-1]))
        for k in range(n):
            means[k].append(Fraction(one[k] + other[k], 2))
    shapley = tuple(sum(each, Fraction(0)) / pairs for each in means)
    error = tuple(_standard_error(each, mean) for each, mean in zip(means, shapley, strict=True))
    return shapley, error


def _effects(values: _Values, order: list[int], *, falls: bool) -> list[int]:
    """Return each cause's effect when they come in this order; where nothing changes in between, nothing is judged."""
    prefix = [0]
    for k in order:
        prefix.append(prefix[-1] | 1 << k)
    effects = [0] * len(order)

    def between(low: int, high: int) -> None:
        change = values.of(prefix[high]) - values.of(prefix[low])
        if high - low == 1:
            effects[order[low]] = change
        elif change or not falls:
            middle = (low + high) // 2
            between(low, middle)
            between(middle, high)

    between(0, len(order))
    values.rises |= any(effect > 0 for effect in effects)
    return effects


def _standard_error(found: list[Fraction], mean: Fraction) -> float:
    if len(found) < 2:
        return float("inf")
    spread = sum(float(each - mean) ** 2 for each in found) / (len(found) - 1)
    return sqrt(spread / len(found))
