"""The Atkinson index at aversion 0.5."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, positive_mean, with_pupils
from equity_alloc.measures.equivalent import equivalent_level


def atkinson_half(values: Floats, weights: Floats) -> float:
    """Return one less the equally distributed equivalent at aversion 0.5 over the mean.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, index
        In [0, 1]; lower is more equal; 0 when all values are equal.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight or value is negative, or every value is 0.

    Notes
    -----
    Formula: 1 - (sum w (x / mu)^(1 - e) / sum w)^(1 / (1 - e)), e = 0.5

    References
    ----------
    Atkinson, A. (1970), On the Measurement of Inequality, Journal of Economic Theory 2(3), pages 244-263.

    Examples
    --------
    Half the pupils have nothing: 1 - (1 / 2)^2.

    >>> import numpy as np
    >>> atkinson_half(np.array([0, 10000]), np.array([100, 100]))
    0.5
    """
    known, pupils = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    return max(0.0, 1 - equivalent_level(known, pupils, 0.5) / positive_mean(known, pupils))


MEASURE = Measure(
    code="atkinson-half",
    title="Atkinson index (aversion 0.5)",
    unit="index",
    better=Better.LOWER,
    definition="One less the equally distributed equivalent over pupils at inequality aversion 0.5, divided by the mean.",
    formula="1 - (sum w (x / mu)^(1 - e) / sum w)^(1 / (1 - e)), e = 0.5",
    misleads="It hardly minds a school with very little: at this aversion even one with nothing costs less than everything.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.TRANSFER, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Atkinson, On the Measurement of Inequality, Journal of Economic Theory 2(3)",
        "pages 244-263",
        "",
        "1970",
    ),
    of_spread=atkinson_half,
)
