"""The Hoover index: the share of the dollars that would have to move."""

from __future__ import annotations

import numpy as np

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, positive_mean, weighted_mean, with_pupils


def hoover(values: Floats, weights: Floats) -> float:
    """Return the share of all dollars that would have to move to make every pupil equal.

    The easiest of the indices to say in a sentence.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, share
        In [0, 1); lower is more equal; 0 when all values are equal.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight or value is negative, or every value is 0.

    Notes
    -----
    Formula: sum w |x - mu| / (2 N mu), N = sum w

    References
    ----------
    Hoover, E. (1936), The Measurement of Industrial Localization, The Review of Economics and Statistics 18(4), pages
    162-171.

    Examples
    --------
    2,000 of every 16,000 would have to move from one pupil to the other.

    >>> import numpy as np
    >>> hoover(np.array([6000, 10000]), np.array([100, 100]))
    0.125
    """
    known, pupils = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    mean = positive_mean(known, pupils)
    return weighted_mean(np.abs(known - mean), pupils) / (2 * mean)


MEASURE = Measure(
    code="hoover",
    title="Hoover index",
    unit="share",
    better=Better.LOWER,
    definition=(
        "Half the mean absolute distance from the mean, divided by the mean: the share of the dollars to move "
        "for equality."
    ),
    formula="sum w |x - mu| / (2 N mu), N = sum w",
    misleads=(
        "Moving dollars between two schools on the same side of the mean leaves it unchanged, however unequal "
        "the two are."
    ),
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Hoover, The Measurement of Industrial Localization, The Review of Economics and Statistics 18(4)",
        "pages 162-171",
        "",
        "1936",
    ),
    of_spread=hoover,
)
