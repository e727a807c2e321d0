"""The Gini coefficient: the mean difference over all pairs of pupils."""

from __future__ import annotations

import numpy as np

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, positive_mean, with_pupils

#: From this many rows on (pupils one by one, not schools), counting in bins is quicker than sorting.
MANY = 2_000_000
#: Bins, rows counted together, and how far off the bins may be before all rows are sorted after all.
BINS, TOGETHER, ENOUGH = 1 << 20, 1 << 20, 1e-10


def gini(values: Floats, weights: Floats) -> float:
    """Return half the mean difference between two pupils, as a share of the mean.

    Sorts the schools once instead of comparing every pair, so it takes n log n steps.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, index
        In [0, 1); lower is more equal; 0 when all values are equal.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight or value is negative, or every value is 0.

    Notes
    -----
    Formula: sum_i sum_j w_i w_j |x_i - x_j| / (2 N^2 mu), N = sum w

    References
    ----------
    Gini, C. (1921), Measurement of Inequality of Incomes, The Economic Journal 31(121), pages 124-126.

    Examples
    --------
    Of the four ordered pairs, two differ by 10,000: mean difference 5,000; 5,000 / (2 x 10,000).

    >>> import numpy as np
    >>> gini(np.array([5000, 15000]), np.array([100, 100]))
    0.25
    """
    known, pupils = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    counted = gini_of_bins(known, pupils) if len(known) >= MANY else None
    if counted is not None:
        return counted
    mean = positive_mean(known, pupils)
    order = np.argsort(known)
    ascending, counts = known[order], pupils[order]
    total = counts.sum()
    # Pupils below a school less pupils above it; taken on the excess over the lowest so that equality gives exactly 0.
    standing = 2 * np.cumsum(counts) - counts - total
    return float((counts * standing * (ascending - ascending[0])).sum() / (total**2 * mean))


def gini_of_bins(known: Floats, pupils: Floats) -> float | None:
    """Return the Gini of very many rows from sums in narrow bins, or None where that may be off by more than enough.

    Between bins it is exact. Two rows in one bin differ by less than its width, so what is left out is at most the width
    times the chance that two pupils share a bin, as a share of the mean; a third of it is added, as if rows were spread
    evenly within bins.

    Parameters
    ----------
    known, pupils : ndarray, shape (n_rows,)
        Past the door.

    Examples
    --------
    Two schools share too few bins to be counted so; they are sorted.

    >>> import numpy as np
    >>> gini_of_bins(np.array([5000.0, 15000.0]), np.array([100.0, 100.0])) is None
    True
    """
    low, high = float(known.min()), float(known.max())
    if high == low:
        return 0.0
    width = (high - low) / (BINS - 1)
    counts, sums = np.zeros(BINS), np.zeros(BINS)
    for first in range(0, len(known), TOGETHER):
        excess, weight = known[first : first + TOGETHER] - low, pupils[first : first + TOGETHER]
        bins = (excess / width).astype(np.int32)
        counts += np.bincount(bins, weight, BINS)
        excess *= weight
        sums += np.bincount(bins, excess, BINS)
    total = counts.sum()
    mean = low + float(sums.sum()) / float(total)
    within = width * float((counts**2).sum()) / float(2 * total**2 * mean)
    if within > ENOUGH:
        return None
    standing = 2 * np.cumsum(counts) - counts - total
    between = float((standing * sums).sum() / (total**2 * mean))
    return between + within / 3


MEASURE = Measure(
    code="gini",
    title="Gini coefficient",
    unit="index",
    better=Better.LOWER,
    definition=(
        "Half the mean absolute difference over all pairs of pupils, divided by the mean, without small-"
        "sample correction."
    ),
    formula="sum_i sum_j w_i w_j |x_i - x_j| / (2 N^2 mu), N = sum w",
    misleads=(
        "It weighs differences in the middle most and cannot say who is low: the same value fits very "
        "different districts."
    ),
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.TRANSFER, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Gini, Measurement of Inequality of Incomes, The Economic Journal 31(121)",
        "pages 124-126",
        "",
        "1921",
    ),
    of_spread=gini,
)
