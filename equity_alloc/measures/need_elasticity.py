"""The elasticity of dollars to need: percent more dollars for one percent more need."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, with_need
from equity_alloc.measures.line import elasticity_along


def need_elasticity(values: Floats, weights: Floats, need: Floats) -> float:
    """Return the need slope times mean need over mean dollars.

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
    float, percent per percent
        Any sign; 0.10 is one percent more dollars for ten percent more need, at the means.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        As the need slope, and if the mean is zero or less.

    Notes
    -----
    Formula: b pbar / mu, b the need slope

    References
    ----------
    Berne, R. and Stiefel, L. (1984), The Measurement of Equity in School Finance, measures of vertical equity.

    Examples
    --------
    Slope 5,000, mean need 0.5, mean 10,500: 2,500 / 10,500.

    >>> import numpy as np
    >>> round(need_elasticity(np.array([9000, 11000]), np.array([100, 300]), np.array([0.2, 0.6])), 6)
    0.238095
    """
    return elasticity_along(*with_need(values, weights, need, accepts=Accepts.ANY), "need share")


MEASURE = Measure(
    code="need-elasticity",
    title="Need elasticity",
    unit="percent per percent",
    better=Better.NEITHER,
    definition="The need slope times the mean need share over the mean dollars per pupil, both over pupils.",
    formula="b pbar / mu, b the need slope",
    misleads="Mean need is part of it, so districts with the same slope differ by how many pupils are in need.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Berne and Stiefel, The Measurement of Equity in School Finance",
        "measures of vertical equity: elasticity",
        "",
        "1984",
    ),
    of_need=need_elasticity,
)
