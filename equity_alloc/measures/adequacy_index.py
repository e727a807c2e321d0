"""The adequacy index: how far the schools' dollars go toward enough, nobody counting above it."""

from __future__ import annotations

import numpy as np

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Better, Floats
from equity_alloc.measures.door import Accepts, weighted_mean, with_pupils
from equity_alloc.measures.families import of_funded_share


def adequacy_index(values: Floats, weights: Floats) -> float:
    """Return the mean funded share with every share above one counted as one.

    One less this is the mean shortfall (the poverty gap, FGT 1). Money above a target mends no other school's gap.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), share
        Funded share of each school, allocation over adequacy target; zero or more.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, share
        In [0, 1]; higher is better; 1 when every school reaches its target.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, or a weight or value is negative.

    Notes
    -----
    Formula: sum w min(x, 1) / sum w, x = allocation / adequacy target

    References
    ----------
    Odden, A. and Picus, L. (2014), School Finance: A Policy Perspective, chapter on assessing equity and adequacy.

    Examples
    --------
    The first school has half of enough; the surplus of the second does not count.

    >>> import numpy as np
    >>> adequacy_index(np.array([0.5, 1.3]), np.array([100, 100]))
    0.75
    """
    known, pupils = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    return weighted_mean(np.minimum(known, 1.0), pupils)


MEASURE = of_funded_share(
    adequacy_index,
    "adequacy-index",
    "Adequacy index (Odden-Picus)",
    better=Better.HIGHER,
    definition="The mean over pupils of the funded share, where a share above one counts as one.",
    formula="sum w min(x, 1) / sum w",
    misleads="A small gap for many and a large gap for few give the same index, and it is no better than the targets.",
    source=Source(
        "Odden and Picus, School Finance: A Policy Perspective",
        "chapter on assessing equity and adequacy: Odden-Picus Adequacy Index",
        "",
        "5th edition, 2014",
    ),
)
