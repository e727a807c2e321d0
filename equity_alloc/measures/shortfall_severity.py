"""The severity of shortfall: deep gaps weigh more than many shallow ones."""

from __future__ import annotations

import numpy as np

from equity_alloc.measures.base import Better, Floats
from equity_alloc.measures.door import Accepts, weighted_mean, with_pupils
from equity_alloc.measures.families import foster_greer_thorbecke, of_funded_share


def shortfall_severity(values: Floats, weights: Floats) -> float:
    """Return the mean squared shortfall as a share of the target (FGT 2).

    Parameters
    ----------
    values : ndarray, shape (n_schools,), share
        Funded share of each school, allocation over adequacy target; zero or more.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, index
        In [0, 1]; lower is better; 0 when every school reaches its target.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, or a weight or value is negative.

    Notes
    -----
    Formula: sum w max(1 - x, 0)^2 / sum w, x = allocation / adequacy target

    References
    ----------
    Foster, J., Greer, J. and Thorbecke, E. (1984), A Class of Decomposable Poverty Measures, Econometrica 52(3), pages
    761-766.

    Examples
    --------
    One half short, the other not: 0.25 / 2.

    >>> import numpy as np
    >>> shortfall_severity(np.array([0.5, 1.1]), np.array([100, 100]))
    0.125
    """
    known, pupils = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    return weighted_mean(np.maximum(1 - known, 0.0) ** 2, pupils)


MEASURE = of_funded_share(
    shortfall_severity,
    "shortfall-severity",
    "Severity of shortfall",
    better=Better.LOWER,
    definition="The mean over pupils of the squared shortfall as a share of the target.",
    formula="sum w max(1 - x, 0)^2 / sum w",
    misleads="Its size means nothing by itself; it only says which of two plans leaves deeper gaps.",
    source=foster_greer_thorbecke("index with parameter 2"),
    unit="index",
    places=4,
)
