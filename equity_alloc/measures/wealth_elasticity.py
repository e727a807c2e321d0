"""The wealth elasticity: percent more dollars for one percent more local wealth."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import with_wealth
from equity_alloc.measures.line import elasticity_along


def wealth_elasticity(values: Floats, weights: Floats, wealth: Floats) -> float:
    """Return the percent by which dollars per pupil rise with one percent more local wealth, at the means.

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
    float, percent per percent
        Any sign; at zero, wealth does not decide.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight or a wealth is negative, or all wealths are
        equal or the mean of the values is zero or less.

    Notes
    -----
    Formula: b vbar / mu, b the slope of dollars on wealth per pupil

    References
    ----------
    Berne, R. and Stiefel, L. (1984), The Measurement of Equity in School Finance, measures of wealth neutrality.

    Examples
    --------
    Slope 0.005, mean wealth 500,000, mean 10,500: 2,500 / 10,500.

    >>> import numpy as np
    >>> round(wealth_elasticity(np.array([9000, 11000]), np.array([100, 300]), np.array([200_000, 600_000])), 6)
    0.238095
    """
    return elasticity_along(*with_wealth(values, weights, wealth), "wealth per pupil")


MEASURE = Measure(
    code="wealth-elasticity",
    title="Wealth elasticity",
    unit="percent per percent",
    better=Better.NEITHER,
    definition="The slope of dollars per pupil on local wealth per pupil, times mean wealth over mean dollars, all over pupils.",
    formula="b vbar / mu, b the slope of dollars on wealth per pupil",
    misleads="A small value can stand beside a close correlation, when dollars follow wealth faithfully but by little.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Berne and Stiefel, The Measurement of Equity in School Finance",
        "measures of wealth neutrality: elasticity",
        "",
        "1984",
    ),
    of_wealth=wealth_elasticity,
)
