"""Progressivity by quintile: the fifth of pupils at the schools of most need over the fifth at those of least."""

from __future__ import annotations

import numpy as np

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, weighted_mean, with_need

FIFTH = 0.2


def quintile_ratio(values: Floats, weights: Floats, need: Floats) -> float:
    """Return mean dollars of the fifth of pupils at the neediest schools over those of the fifth at the least needy.

    Pupils stand in line by the need share of their school; a school across the end of a fifth counts in part, and
    schools of equal need count as one, so the order of rows decides nothing.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.
    need : ndarray, shape (n_schools,), share
        Share of pupils in need at each school, in [0, 1].

    Returns
    -------
    float, ratio
        Zero or more; above one, the neediest fifth has more; 1 when all values are equal.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight or value is negative, a need share is outside [0, 1], or the least
        needy fifth has nothing.

    Notes
    -----
    Formula: mean of x over the upper fifth by p / mean of x over the lower fifth by p, p the need share

    References
    ----------
    Baker, B., Di Carlo, M. and Weber, M. (2019), The Adequacy and Fairness of State School Finance Systems,
    progressivity by poverty quintile.

    Examples
    --------
    Five schools of one size: the last over the first.

    >>> import numpy as np
    >>> quintile_ratio(np.array([8, 9, 9, 9, 10]), np.ones(5), np.array([0.1, 0.2, 0.3, 0.4, 0.5]))
    1.25
    """
    low, high = quintile_means(values, weights, need)
    if low == 0:
        raise InvalidValue("The fifth of pupils at the schools of least need has nothing, so there is no ratio to it.")
    return high / low


def quintile_means(values: Floats, weights: Floats, need: Floats) -> tuple[float, float]:
    """Return the mean over the fifth of pupils at the schools of least need, and over the fifth at those of most.

    Schools of the same need are taken together, and one is split where a fifth ends.

    Examples
    --------
    >>> import numpy as np
    >>> quintile_means(np.array([8, 9, 9, 9, 10]), np.ones(5), np.array([0.1, 0.2, 0.3, 0.4, 0.5]))
    (8.0, 10.0)
    """
    known, pupils, shares = with_need(values, weights, need, accepts=Accepts.ZERO_OR_MORE)
    steps, at = np.unique(shares, return_inverse=True)
    counts: Floats = np.bincount(at, pupils, len(steps)).astype(float)
    means = np.bincount(at, pupils * known, len(steps)) / counts
    fifth = FIFTH * counts.sum()
    low, high = (weighted_mean(means[::way], _first(counts[::way], fifth)) for way in (1, -1))
    return float(low), float(high)


def _first(counts: Floats, most: float) -> Floats:
    """Return how many pupils of each school are among the first so many."""
    before = np.cumsum(counts) - counts
    taken: Floats = np.clip(most - before, 0.0, counts)
    return taken


MEASURE = Measure(
    code="quintile-ratio",
    title="Progressivity by quintile",
    unit="ratio",
    better=Better.HIGHER,
    definition=(
        "Mean dollars per pupil of the fifth of pupils at the schools of most need, over that of the fifth at the schools "
        "of least need, schools split where a fifth ends."
    ),
    formula="mean of x over the upper fifth by p / mean of x over the lower fifth by p, p the need share",
    misleads="It looks at two fifths of the pupils only, and what happens in the middle does not show.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.ONE_AT_EQUALITY}),
    source=Source(
        "Baker, Di Carlo and Weber, The Adequacy and Fairness of State School Finance Systems",
        "progressivity by poverty quintile",
        "",
        "2019",
    ),
    of_need=quintile_ratio,
)
