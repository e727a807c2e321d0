"""The correlation of dollars with need: how closely dollars follow it."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, with_need
from equity_alloc.measures.line import correlation_along


def need_correlation(values: Floats, weights: Floats, need: Floats) -> float:
    """Return the correlation of dollars per pupil with the need share, over pupils.

    With a school's wealth in the place of need it is the usual measure of wealth neutrality, where zero is the aim.

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
    float, correlation
        In [-1, 1]; above zero, more need comes with more dollars.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight is negative, a need share is outside [0, 1], or all dollars or all
        shares are equal.

    Notes
    -----
    Formula: sum w (p - pbar)(x - mu) / sqrt(sum w (p - pbar)^2 sum w (x - mu)^2), p the need share

    References
    ----------
    Berne, R. and Stiefel, L. (1984), The Measurement of Equity in School Finance, measures of vertical equity.

    Examples
    --------
    Two schools always lie on a line.

    >>> import numpy as np
    >>> round(need_correlation(np.array([9000, 11000]), np.array([100, 300]), np.array([0.2, 0.6])), 9)
    1.0
    """
    return correlation_along(*with_need(values, weights, need, accepts=Accepts.ANY), "need share")


MEASURE = Measure(
    code="need-correlation",
    title="Correlation with need",
    unit="correlation",
    better=Better.NEITHER,
    definition="The correlation over pupils of dollars per pupil with the share in need at the school.",
    formula="sum w (p - pbar)(x - mu) / sqrt(sum w (p - pbar)^2 sum w (x - mu)^2), p the need share",
    misleads="It says how closely dollars follow need, never how many dollars follow: a dollar a head can give one.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION}),
    source=Source(
        "Berne and Stiefel, The Measurement of Equity in School Finance",
        "measures of vertical equity: simple correlation",
        "",
        "1984",
    ),
    of_need=need_correlation,
)
