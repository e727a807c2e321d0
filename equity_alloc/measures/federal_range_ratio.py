"""The federal range ratio: the restricted range as a share of its lower end."""

from __future__ import annotations

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, with_pupils
from equity_alloc.measures.quantile import weighted_quantile


def federal_range_ratio(values: Floats, weights: Floats) -> float:
    """Return the restricted range over the value at the 5th percentile of pupils.

    The disparity test of federal Impact Aid for states: at most 0.25 passes. Inside a district it only describes.

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
        If a number is missing or infinite, a weight or value is negative, or the value at the 5th percentile is 0.

    Notes
    -----
    Formula: (Q(0.95) - Q(0.05)) / Q(0.05)

    References
    ----------
    34 CFR 222.162(a) and appendix to subpart K of part 222, paragraph 1(a).

    Examples
    --------
    The 5th percentile is reached at 8,000 and the 95th at 9,000: 1,000 / 8,000.

    >>> import numpy as np
    >>> federal_range_ratio(np.array([5000, 8000, 9000, 20000]), np.array([1, 60, 37, 2]))
    0.125
    """
    with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    low = weighted_quantile(values, weights, 0.05)
    high = weighted_quantile(values, weights, 0.95)
    if low == 0:
        raise InvalidValue(
            "The value at the 5th percentile is 0; the federal range ratio divides by it. Use the restricted range."
        )
    return (high - low) / low


MEASURE = Measure(
    code="federal-range-ratio",
    title="Federal range ratio",
    unit="ratio",
    better=Better.LOWER,
    definition="The value at the 95th percentile of pupils less the value at the 5th, over the value at the 5th.",
    formula="(Q(0.95) - Q(0.05)) / Q(0.05)",
    misleads=(
        "The federal limit of 0.25 was written for districts of a state and not for schools of a district, "
        "where need and size differ more."
    ),
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "34 CFR part 222, subpart K, Impact Aid",
        "section 222.162(a) and appendix to subpart K, paragraph 1(a)",
        "https://www.ecfr.gov/current/title-34/part-222/subpart-K",
        "2025",
    ),
    of_spread=federal_range_ratio,
)
