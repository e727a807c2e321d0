"""The Atkinson index at aversion 1: the share of the dollars that inequality wastes."""

from __future__ import annotations

import numpy as np

from equity_alloc.measures.base import Floats
from equity_alloc.measures.door import Accepts, positive_mean, weighted_mean, with_pupils
from equity_alloc.measures.families import atkinson_measure


def atkinson(values: Floats, weights: Floats) -> float:
    """Return one less the geometric mean over the mean.

    At 0.20, an equal spread of 80 % of the dollars would do as much good, if good grows with the logarithm of dollars.

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
        If a number is missing or infinite, a weight is negative, or a value is zero or less.

    Notes
    -----
    Formula: 1 - exp(sum w ln x / sum w) / mu

    References
    ----------
    Atkinson, A. (1970), On the Measurement of Inequality, Journal of Economic Theory 2(3), pages 244-263.

    Examples
    --------
    The geometric mean of 4,000 and 16,000 is 8,000 and the mean 10,000: 1 - 0.8.

    >>> import numpy as np
    >>> round(atkinson(np.array([4000, 16000]), np.array([100, 100])), 9)
    0.2
    """
    known, pupils = with_pupils(values, weights, accepts=Accepts.ABOVE_ZERO)
    excess = known / positive_mean(known, pupils) - 1
    # The mean of d - ln(1 + d) is the mean of ln(mu / x), kept from rounding below zero at equality.
    log_distance = weighted_mean(excess - np.log1p(excess), pupils)
    return -float(np.expm1(-log_distance))


MEASURE = atkinson_measure(
    atkinson,
    "atkinson",
    "1",
    misleads="The aversion of 1 is a value judgment: another aversion can order two plans the other way.",
    definition=(
        "One less the geometric mean over pupils divided by the mean, which is the Atkinson index at inequality aversion 1."
    ),
    formula="1 - exp(sum w ln x / sum w) / mu",
)
