"""The correlation of dollars with local wealth."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import with_wealth
from equity_alloc.measures.line import correlation_along


def wealth_correlation(values: Floats, weights: Floats, wealth: Floats) -> float:
    """Return how closely dollars per pupil follow local wealth per pupil.

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
    float, correlation
        In [-1, 1]; at zero, wealth does not decide.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight or a wealth is negative, or all wealths or
        all dollars are equal.

    Notes
    -----
    Formula: sum w (v - vbar)(x - mu) / sqrt(sum w (v - vbar)^2 sum w (x - mu)^2), v the wealth per pupil

    References
    ----------
    Berne, R. and Stiefel, L. (1984), The Measurement of Equity in School Finance, measures of wealth neutrality.

    Examples
    --------
    Two schools always lie on a line.

    >>> import numpy as np
    >>> round(wealth_correlation(np.array([9000, 11000]), np.array([100, 300]), np.array([200_000, 600_000])), 6)
    1.0
    """
    return correlation_along(*with_wealth(values, weights, wealth), "wealth per pupil")


MEASURE = Measure(
    code="wealth-correlation",
    title="Correlation with wealth",
    unit="correlation",
    better=Better.NEITHER,
    definition="The correlation over pupils of dollars per pupil with local wealth per pupil, zero where wealth is neutral.",
    formula="sum w (v - vbar)(x - mu) / sqrt(sum w (v - vbar)^2 sum w (x - mu)^2), v the wealth per pupil",
    misleads="It says how closely dollars follow wealth, never how many follow, so read it beside the elasticity.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION}),
    source=Source(
        "Berne and Stiefel, The Measurement of Equity in School Finance",
        "measures of wealth neutrality: correlation",
        "",
        "1984",
    ),
    of_wealth=wealth_correlation,
)
