"""The wealth slope: dollars that come with local wealth."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import with_wealth
from equity_alloc.measures.line import slope_along


def wealth_slope(values: Floats, weights: Floats, wealth: Floats) -> float:
    """Return how many more dollars a pupil has for each $1,000 of local wealth per pupil.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.
    wealth : ndarray, shape (n_schools,), dollars per pupil
        Local wealth behind each pupil; zero or more.

    Returns
    -------
    float, dollars per pupil for each $1,000 of wealth per pupil
        Any sign; at zero, wealth does not decide.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight or a wealth is negative, or all wealths are
        equal.

    Notes
    -----
    Formula: 1000 sum w (v - vbar)(x - mu) / sum w (v - vbar)^2, v the wealth per pupil

    References
    ----------
    Berne, R. and Stiefel, L. (1984), The Measurement of Equity in School Finance, measures of wealth neutrality.

    Examples
    --------
    2,000 more dollars at $400,000 more wealth: 2,000 / 400.

    >>> import numpy as np
    >>> round(wealth_slope(np.array([9000, 11000]), np.array([100, 300]), np.array([200_000, 600_000])), 6)
    5.0
    """
    return 1000 * slope_along(*with_wealth(values, weights, wealth), "wealth per pupil")


MEASURE = Measure(
    code="wealth-slope",
    title="Wealth slope",
    unit="dollars per $1,000 of wealth",
    places=2,
    better=Better.NEITHER,
    definition="The pupil-weighted least-squares slope of dollars per pupil on local wealth per pupil, for each $1,000 of wealth.",
    formula="1000 sum w (v - vbar)(x - mu) / sum w (v - vbar)^2, v the wealth per pupil",
    misleads="Within a district general money hides it, because wealth acts through donations and experience of staff, so say which wealth it is.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.REPLICATION, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Berne and Stiefel, The Measurement of Equity in School Finance",
        "measures of wealth neutrality: slope",
        "",
        "1984",
    ),
    of_wealth=wealth_slope,
)
