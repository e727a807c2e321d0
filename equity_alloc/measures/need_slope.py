"""The need slope: dollars that come with need."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, with_need
from equity_alloc.measures.line import slope_along


def need_slope(values: Floats, weights: Floats, need: Floats) -> float:
    """Return how many more dollars per pupil a school of full need has than one of none.

    The least-squares slope of dollars on need over pupils; it is linear in the dollars, so moving dollars moves it in
    proportion.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.
    need : ndarray, shape (n_schools,), share
        Share of pupils in need at each school, in [0, 1].

    Returns
    -------
    float, dollars per pupil per 1.00 of need share
        Any sign; above zero, more need comes with more dollars. How steep it should be is for policy to say.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight is negative, a need share is outside [0, 1], or all shares are
        equal.

    Notes
    -----
    Formula: sum w (p - pbar)(x - mu) / sum w (p - pbar)^2, p the need share

    References
    ----------
    Berne, R. and Stiefel, L. (1984), The Measurement of Equity in School Finance, measures of vertical equity.

    Examples
    --------
    2,000 more dollars at 0.4 more need: 2,000 / 0.4.

    >>> import numpy as np
    >>> round(need_slope(np.array([9000, 11000]), np.array([100, 300]), np.array([0.2, 0.6])), 6)
    5000.0
    """
    return slope_along(*with_need(values, weights, need, accepts=Accepts.ANY), "need share")


MEASURE = Measure(
    code="need-slope",
    title="Need slope",
    unit="dollars per pupil per 1.00 of need share",
    places=0,
    better=Better.NEITHER,
    definition=(
        "The pupil-weighted least-squares slope of dollars per pupil on the share of pupils in need, from 0 to 1."
    ),
    formula="sum w (p - pbar)(x - mu) / sum w (p - pbar)^2, p the need share",
    misleads=(
        "It extends a line to schools of no need and full need that may not exist, and one large school can tilt it."
    ),
    axioms=frozenset({Axiom.ANONYMITY, Axiom.REPLICATION, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Berne and Stiefel, The Measurement of Equity in School Finance",
        "measures of vertical equity: slope",
        "",
        "1984",
    ),
    of_need=need_slope,
)
