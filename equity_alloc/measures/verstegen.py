"""The Verstegen index: how far the upper half stands above the median."""

from __future__ import annotations

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, weighted_mean, with_pupils
from equity_alloc.measures.quantile import weighted_quantile


def verstegen(values: Floats, weights: Floats) -> float:
    """Return the mean at or above the median as a share of the median.

    The counterpart of the McLoone index. Schools at the median are counted whole.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, ratio
        One or more; lower is more equal in the upper half; 1 when nobody is above the median.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight or value is negative, or the median is 0.

    Notes
    -----
    Formula: sum over x >= M of w x / (M sum over x >= M of w), M = Q(0.5)

    References
    ----------
    Verstegen, D. (1996), Concepts and Measures of Fiscal Inequality, Journal of Education Finance 22(2), pages 145-160.

    Examples
    --------
    The median is 8,000; at or above it 8,000 and 10,000: 9,000 / 8,000.

    >>> import numpy as np
    >>> verstegen(np.array([6000, 8000, 10000]), np.array([100, 100, 100]))
    1.125
    """
    known, pupils = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    median = weighted_quantile(known, pupils, 0.5)
    if median == 0:
        raise InvalidValue("The median is 0; this measure divides by it and needs a median above zero.")
    upper = known >= median
    return weighted_mean(known[upper], pupils[upper]) / median


MEASURE = Measure(
    code="verstegen",
    title="Verstegen index",
    unit="ratio",
    better=Better.LOWER,
    definition=(
        "The mean over pupils of schools at or above the median school, divided by the median, the median "
        "school counted whole."
    ),
    formula="sum over x >= M of w x / (M sum over x >= M of w), M = Q(0.5)",
    misleads="Schools of high need belong in the upper half, so a low value can mean that need is not being met.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.ONE_AT_EQUALITY}),
    source=Source(
        "Verstegen, Concepts and Measures of Fiscal Inequality, Journal of Education Finance 22(2)",
        "pages 145-160",
        "",
        "1996",
    ),
    of_spread=verstegen,
)
