"""The bound on the equal level that is worth as much: never below what is there, however its digits fall."""

from __future__ import annotations

import random
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest

from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.equivalent_bound import equivalent_bound
from equity_alloc.problem.filling import Filled


def in_many_digits(dollars: list[int], weights: list[int], aversion: Fraction) -> Fraction:
    """Return Atkinson's equivalent in sixty digits, by its definition."""
    with localcontext(prec=60):
        eps = Decimal(aversion.numerator) / Decimal(aversion.denominator)
        total = Decimal(sum(weights))
        levels = [(Decimal(w) / total, Decimal(d) / Decimal(w)) for d, w in zip(dollars, weights, strict=True)]
        if eps == 1:
            return Fraction(sum(share * level.ln() for share, level in levels).exp())
        return Fraction(sum(share * level ** (1 - eps) for share, level in levels) ** (1 / (1 - eps)))


@pytest.mark.parametrize("aversion", ["0.5", "0.9999999", "1", "1.0000001", "1.001", "2", "10"])
@pytest.mark.parametrize("count", [3, 2000])
def test_where_nothing_can_change_the_bound_is_what_is_there_and_never_less(aversion, count):
    draw = random.Random(count)
    weights = [draw.randint(50, 3000) for _ in range(count)]
    dollars = [w * draw.randint(400_000, 1_900_000) // 100 for w in weights]
    there, none = np.array(dollars), np.zeros(count, np.int64)
    cuts = Cuts((0,), (0,), np.zeros((1, count), int), there[None, :], there, there, np.zeros((count, 0)), none)
    filled = Filled(there.astype(float), (), none - 1)
    bound = equivalent_bound(cuts, [Fraction(w) for w in weights], filled, Fraction(aversion))
    true = in_many_digits(dollars, weights, Fraction(aversion))
    assert true <= bound
    assert float(bound / true - 1) < (1e-4 if "9999" in aversion or "0000" in aversion else 1e-8)
