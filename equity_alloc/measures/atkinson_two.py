"""The Atkinson index at aversion 2."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, positive_mean, with_pupils
from equity_alloc.measures.equivalent import equivalent_level


def atkinson_two(values: Floats, weights: Floats) -> float:
    """Return one less the equally distributed equivalent at aversion 2 over the mean.

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
    Formula: 1 - (sum w (x / mu)^(1 - e) / sum w)^(1 / (1 - e)), e = 2

    References
    ----------
    Atkinson, A. (1970), On the Measurement of Inequality, Journal of Economic Theory 2(3), pages 244-263.

    Examples
    --------
    The harmonic mean of 4,000 and 12,000 is 6,000 and the mean 8,000: 1 - 0.75.

    >>> import numpy as np
    >>> round(atkinson_two(np.array([4000, 12000]), np.array([100, 100])), 9)
    0.25
    """
    known, pupils = with_pupils(values, weights, accepts=Accepts.ABOVE_ZERO)
    return max(0.0, 1 - equivalent_level(known, pupils, 2.0) / positive_mean(known, pupils))


MEASURE = Measure(
    code="atkinson-two",
    title="Atkinson index (aversion 2)",
    unit="index",
    better=Better.LOWER,
    definition="One less the equally distributed equivalent over pupils at inequality aversion 2, divided by the mean.",
    formula="1 - (sum w (x / mu)^(1 - e) / sum w)^(1 / (1 - e)), e = 2",
    misleads="The lowest schools all but decide it, and it does not exist where a school has nothing.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.TRANSFER, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Atkinson, On the Measurement of Inequality, Journal of Economic Theory 2(3)",
        "pages 244-263",
        "",
        "1970",
    ),
    of_spread=atkinson_two,
)
