"""Theil's second measure, L: the mean logarithmic deviation."""

from __future__ import annotations

import numpy as np

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, positive_mean, weighted_mean, with_pupils


def theil_l(values: Floats, weights: Floats) -> float:
    """Return the mean logarithm of the mean over the value.

    Splits between and within groups with pupils as weights, and reacts most to schools far below the mean.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, index
        Zero or more; lower is more equal; 0 when all values are equal.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight is negative, or a value is zero or less.

    Notes
    -----
    Formula: sum w ln(mu / x) / sum w

    References
    ----------
    Shorrocks, A. (1980), The Class of Additively Decomposable Inequality Measures, Econometrica 48(3), pages 613-625.

    Examples
    --------
    The mean is 10,000: (ln 2.5 + ln 0.625) / 2 = ln 1.25.

    >>> import numpy as np
    >>> round(theil_l(np.array([4000, 16000]), np.array([100, 100])), 6)
    0.223144
    """
    known, pupils = with_pupils(values, weights, accepts=Accepts.ABOVE_ZERO)
    excess = known / positive_mean(known, pupils) - 1
    # d - ln(1 + d) has the same mean as ln(mu / x) and is never below zero, so rounding cannot turn equality negative.
    return weighted_mean(excess - np.log1p(excess), pupils)


MEASURE = Measure(
    code="theil-l",
    title="Theil L (mean log deviation)",
    unit="index",
    places=5,
    better=Better.LOWER,
    definition=(
        "The mean over pupils of the natural logarithm of the mean over the value; some packages call this "
        "simply Theil."
    ),
    formula="sum w ln(mu / x) / sum w",
    misleads="One very low school dominates it, and it does not exist where a school has nothing.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.TRANSFER, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Shorrocks, The Class of Additively Decomposable Inequality Measures, Econometrica 48(3)",
        "pages 613-625",
        "",
        "1980",
    ),
    of_spread=theil_l,
)
