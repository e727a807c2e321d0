"""The mean over pupils: the level against which spread is read."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import weighted_mean, with_pupils


def mean_per_pupil(values: Floats, weights: Floats) -> float:
    """Return what the average pupil's school has.

    Weighted by the pupils of a student group instead of enrollment, it is what that group sees.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, dollars per pupil
        In the unit of the values; a level, so neither direction is more equal.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, or a weight is negative.

    Notes
    -----
    Formula: sum w x / sum w

    References
    ----------
    Berne, R. and Stiefel, L. (1984), The Measurement of Equity in School Finance, measures of horizontal equity.

    Examples
    --------
    300 pupils at 8,000 and 100 at 10,000: (2,400,000 + 1,000,000) / 400.

    >>> import numpy as np
    >>> mean_per_pupil(np.array([8000, 10000]), np.array([300, 100]))
    8500.0
    """
    known, pupils = with_pupils(values, weights)
    return weighted_mean(known, pupils)


MEASURE = Measure(
    code="mean-per-pupil",
    title="Mean level",
    unit="dollars per weighted pupil",
    places=0,
    better=Better.NEITHER,
    definition="Total core dollars over total weighted pupils, so that a large school counts for more than a small one.",
    formula="sum w x / sum w",
    misleads="It says nothing about spread, and a pupil-weighted mean differs from the mean of the school rows.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.REPLICATION}),
    source=Source(
        "Berne and Stiefel, The Measurement of Equity in School Finance",
        "measures of horizontal equity: the mean and the choice of the pupil as the unit",
        "",
        "1984",
    ),
    of_spread=mean_per_pupil,
)
