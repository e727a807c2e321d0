"""The funded share gap: the distance between the best and the worst funded school."""

from __future__ import annotations

from equity_alloc.measures.base import Axiom, Better, Floats
from equity_alloc.measures.door import Accepts, with_pupils
from equity_alloc.measures.families import ILLINOIS, of_funded_share


def funded_share_gap(values: Floats, weights: Floats) -> float:
    """Return the widest distance between two schools' funded shares.

    A funded share is allocation over adequacy target, so 0.90 means nine dollars of every ten a school needs.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), share
        Funded share of each school; zero or more.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, share
        Zero or more; lower is more equal; 0 when all shares are equal.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, or a weight or value is negative.

    Notes
    -----
    Formula: max x - min x, x = allocation / adequacy target

    References
    ----------
    Illinois School Code, 105 ILCS 5/18-8.15, percent of adequacy.

    Examples
    --------
    One school has 75 cents of every dollar it needs, the other all of it.

    >>> import numpy as np
    >>> funded_share_gap(np.array([0.75, 1.0]), np.array([300, 500]))
    0.25
    """
    known, _ = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    return float(known.max() - known.min())


MEASURE = of_funded_share(
    funded_share_gap,
    "funded-share-gap",
    "Funded share gap",
    better=Better.LOWER,
    definition="The highest funded share less the lowest, where a funded share is allocation over adequacy target.",
    formula="max x - min x",
    misleads=(
        "It is zero when every school is equally short, so read it beside the lowest funded share, and it is "
        "no better than the targets."
    ),
    source=ILLINOIS,
    more=frozenset({Axiom.ZERO_AT_EQUALITY}),
)
