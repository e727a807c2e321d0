"""The lowest funded share: how far the school furthest below its target is funded."""

from __future__ import annotations

from equity_alloc.measures.base import Better, Floats
from equity_alloc.measures.door import Accepts, with_pupils
from equity_alloc.measures.families import ILLINOIS, of_funded_share


def lowest_funded_share(values: Floats, weights: Floats) -> float:
    """Return the lowest funded share of a school with pupils.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), share
        Funded share of each school, allocation over adequacy target; zero or more.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, share
        Zero or more; higher is better.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, or a weight or value is negative.

    Notes
    -----
    Formula: min x, x = allocation / adequacy target

    References
    ----------
    Illinois School Code, 105 ILCS 5/18-8.15, percent of adequacy.

    Examples
    --------
    >>> import numpy as np
    >>> lowest_funded_share(np.array([0.75, 1.0]), np.array([300, 500]))
    0.75
    """
    known, _ = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    return float(known.min())


MEASURE = of_funded_share(
    lowest_funded_share,
    "lowest-funded-share",
    "Lowest funded share",
    better=Better.HIGHER,
    definition="The funded share of the school furthest below its target.",
    formula="min x",
    misleads="One school decides it, and where that school cannot rise it says nothing about the others.",
    source=ILLINOIS,
)
