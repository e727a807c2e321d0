"""The restricted range: the range without the ends."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.quantile import weighted_quantile


def restricted_range(values: Floats, weights: Floats) -> float:
    """Return the value at the 95th percentile of pupils less the value at the 5th.

    Leaves out the few pupils at both ends who decide the full range.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, dollars per pupil
        Zero or more; lower is more equal; 0 when all values are equal.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, or a weight is negative.

    Notes
    -----
    Formula: Q(0.95) - Q(0.05), Q(q) the smallest value with at least a share q of pupils at or below it

    References
    ----------
    Berne, R. and Stiefel, L. (1984), The Measurement of Equity in School Finance, measures of horizontal equity.

    Examples
    --------
    Of 100 pupils, 1 is at 5,000 and 2 are at 20,000: both ends fall away.

    >>> import numpy as np
    >>> restricted_range(np.array([5000, 8000, 9000, 20000]), np.array([1, 60, 37, 2]))
    1000.0
    """
    return weighted_quantile(values, weights, 0.95) - weighted_quantile(values, weights, 0.05)


MEASURE = Measure(
    code="restricted-range",
    title="Restricted range (5th to 95th percentile)",
    unit="dollars per weighted pupil",
    places=0,
    better=Better.LOWER,
    definition=(
        "The value at the 95th percentile of pupils less the value at the 5th, each the value of a school and "
        "never interpolated."
    ),
    formula="Q(0.95) - Q(0.05), Q(q) the smallest value with at least a share q of pupils at or below it",
    misleads=(
        "In a district of few schools one school holds more than a twentieth of the pupils, and it equals the "
        "full range."
    ),
    axioms=frozenset({Axiom.ANONYMITY, Axiom.REPLICATION, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Berne and Stiefel, The Measurement of Equity in School Finance",
        "measures of horizontal equity: restricted range",
        "",
        "1984",
    ),
    of_spread=restricted_range,
)
