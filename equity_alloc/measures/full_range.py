"""The range: the distance between the two ends."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import with_pupils


def full_range(values: Floats, weights: Floats) -> float:
    """Return the highest value less the lowest.

    The oldest measure, and the one that a board sees at a glance.

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
    Formula: max x - min x, over schools with pupils

    References
    ----------
    Berne, R. and Stiefel, L. (1984), The Measurement of Equity in School Finance, measures of horizontal equity.

    Examples
    --------
    The highest has 10,000 and the lowest 8,000.

    >>> import numpy as np
    >>> full_range(np.array([8000, 10000, 9000]), np.array([300, 20, 100]))
    2000.0
    """
    known, _ = with_pupils(values, weights)
    return float(known.max() - known.min())


MEASURE = Measure(
    code="range",
    title="Range",
    unit="dollars per weighted pupil",
    places=0,
    better=Better.LOWER,
    definition="The highest level less the lowest, over schools with pupils, however few.",
    formula="max x - min x, over schools with pupils",
    misleads="Two schools decide it, often the smallest ones, and it grows as prices grow.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.REPLICATION, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Berne and Stiefel, The Measurement of Equity in School Finance",
        "measures of horizontal equity: range",
        "",
        "1984",
    ),
    of_spread=full_range,
)
