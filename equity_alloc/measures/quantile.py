"""The weighted quantile that the percentile measures share."""

from __future__ import annotations

import numpy as np

from equity_alloc.measures.base import Floats
from equity_alloc.measures.door import with_pupils

# Cumulative sums of weights round in the last digits; a share that is reached exactly must count as reached.
REACHED = 1e-12


def weighted_quantile(values: Floats, weights: Floats, share: float) -> float:
    """Return the smallest value with at least a given share of pupils at or below it.

    Nothing is interpolated: the answer is always the value of a school. Packages differ here, so the convention is
    the one that counts pupils, as the federal range ratio does.

    Parameters
    ----------
    values : ndarray, shape (n_schools,)
    weights : ndarray, shape (n_schools,), pupils
    share : float, share
        In (0, 1]; 0.5 gives the median.

    Returns
    -------
    float
        In the unit of the values.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or a weight is negative.

    Notes
    -----
    Formula: Q(q) = min { x : sum of w over values <= x is at least q sum w }

    References
    ----------
    34 CFR part 222, appendix to subpart K, paragraph 1(a).

    Examples
    --------
    Of 400 pupils, 200 are at or below 7,000: the median is reached there.

    >>> import numpy as np
    >>> weighted_quantile(np.array([6000, 7000, 9000]), np.array([50, 150, 200]), 0.5)
    7000.0
    """
    known, pupils = with_pupils(values, weights)
    order = np.argsort(known, kind="stable")
    counted = np.cumsum(pupils[order])
    first = np.searchsorted(counted, (share - REACHED) * counted[-1], side="left")
    return float(known[order][first])
