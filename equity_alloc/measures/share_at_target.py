"""Who has enough: the share of pupils at schools that reach their target."""

from __future__ import annotations

from equity_alloc.measures.base import Better, Floats
from equity_alloc.measures.door import Accepts, weighted_mean, with_pupils
from equity_alloc.measures.families import foster_greer_thorbecke, of_funded_share

#: A school a billionth below its target is at it: shares are quotients of cents.
REACHED = 1 - 1e-9


def share_at_target(values: Floats, weights: Floats) -> float:
    """Return the share of pupils whose school has its target or more.

    One less this is the share of pupils below (the headcount, FGT 0).

    Parameters
    ----------
    values : ndarray, shape (n_schools,), share
        Funded share of each school, allocation over adequacy target; zero or more.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, share
        In [0, 1]; higher is better.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, or a weight or value is negative.

    Notes
    -----
    Formula: sum over x >= 1 of w / sum w, x = allocation / adequacy target

    References
    ----------
    Foster, J., Greer, J. and Thorbecke, E. (1984), A Class of Decomposable Poverty Measures, Econometrica 52(3), pages
    761-766.

    Examples
    --------
    >>> import numpy as np
    >>> share_at_target(np.array([0.9, 1.0, 1.2]), np.array([100, 200, 200]))
    0.8
    """
    known, pupils = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    return weighted_mean((known >= REACHED).astype(float), pupils)


MEASURE = of_funded_share(
    share_at_target,
    "share-at-target",
    "Pupils at schools that reach their target",
    better=Better.HIGHER,
    definition="The share of pupils whose school has its adequacy target or more.",
    formula="sum over x >= 1 of w / sum w",
    misleads="It rises when dollars go to the school that is nearest to its target, and leave the one furthest below.",
    source=foster_greer_thorbecke("headcount"),
)
