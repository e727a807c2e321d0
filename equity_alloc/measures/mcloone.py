"""The McLoone index: how near the lower half stands to the median."""

from __future__ import annotations

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, weighted_mean, with_pupils
from equity_alloc.measures.quantile import weighted_quantile


def mcloone(values: Floats, weights: Floats) -> float:
    """Return the mean at or below the median as a share of the median.

    Looks only at the pupils who have less. Schools at the median are counted whole, not cut to exactly half the pupils.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, ratio
        In (0, 1]; higher is more equal in the lower half; 1 when nobody is below the median.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight or value is negative, or the median is 0.

    Notes
    -----
    Formula: sum over x <= M of w x / (M sum over x <= M of w), M = Q(0.5)

    References
    ----------
    Berne, R. and Stiefel, L. (1984), The Measurement of Equity in School Finance, measures of horizontal equity.

    Examples
    --------
    The median is 8,000; at or below it 6,000 and 8,000: 7,000 / 8,000.

    >>> import numpy as np
    >>> mcloone(np.array([6000, 8000, 10000]), np.array([100, 100, 100]))
    0.875
    """
    known, pupils = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    median = weighted_quantile(known, pupils, 0.5)
    if median == 0:
        raise InvalidValue("The median is 0; this measure divides by it and needs a median above zero.")
    lower = known <= median
    return weighted_mean(known[lower], pupils[lower]) / median


MEASURE = Measure(
    code="mcloone",
    title="McLoone index",
    unit="ratio",
    better=Better.HIGHER,
    definition=(
        "The mean over pupils of schools at or below the median school, divided by the median, the median "
        "school counted whole."
    ),
    formula="sum over x <= M of w x / (M sum over x <= M of w), M = Q(0.5)",
    misleads=(
        "It rises when the median falls, so it can praise a plan that takes from the middle and gives nothing "
        "to the lowest."
    ),
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.ONE_AT_EQUALITY}),
    source=Source(
        "Berne and Stiefel, The Measurement of Equity in School Finance",
        "measures of horizontal equity: McLoone index",
        "",
        "1984",
    ),
    of_spread=mcloone,
)
