"""The coefficient of variation: the standard deviation as a share of the mean."""

from __future__ import annotations

import numpy as np

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import positive_mean, weighted_mean, with_pupils


def coefficient_of_variation(values: Floats, weights: Floats) -> float:
    """Return the standard deviation over the mean.

    The measure most used in school finance. All pupils are known, so the deviation is that of a population, not of a
    sample.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, ratio
        Zero or more; lower is more equal; 0 when all values are equal.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight is negative, or the mean is zero or less.

    Notes
    -----
    Formula: sqrt(sum w (x - mu)^2 / sum w) / mu, mu the mean per pupil

    References
    ----------
    Odden, A. and Picus, L. (2014), School Finance: A Policy Perspective, chapter on assessing equity and adequacy.

    Examples
    --------
    The mean of 6,000 and 10,000 is 8,000 and both are 2,000 away: 2,000 / 8,000.

    >>> import numpy as np
    >>> coefficient_of_variation(np.array([6000, 10000]), np.array([100, 100]))
    0.25
    """
    known, pupils = with_pupils(values, weights)
    mean = positive_mean(known, pupils)
    variance = weighted_mean((known - mean) ** 2, pupils)
    return float(np.sqrt(variance)) / mean


MEASURE = Measure(
    code="coefficient-of-variation",
    title="Coefficient of variation",
    unit="ratio",
    better=Better.LOWER,
    definition="The population standard deviation over pupils, divided by the mean per pupil.",
    formula="sqrt(sum w (x - mu)^2 / sum w) / mu, mu the mean per pupil",
    misleads=(
        "It counts dollars that follow need as inequality: read it on dollars per weighted pupil where need differs."
    ),
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.TRANSFER, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Odden and Picus, School Finance: A Policy Perspective",
        "chapter on assessing equity and adequacy: coefficient of variation",
        "",
        "5th edition, 2014",
    ),
    of_spread=coefficient_of_variation,
)
