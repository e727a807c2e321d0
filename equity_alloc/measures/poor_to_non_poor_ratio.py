"""The poor to non-poor ratio: what pupils in need see against what the others see."""

from __future__ import annotations

from equity_alloc.domain.errors import EmptyDistribution
from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, positive_mean, weighted_mean, with_need


def poor_to_non_poor_ratio(values: Floats, weights: Floats, need: Floats) -> float:
    """Return the mean for pupils in need over the mean for the others.

    Every pupil is given the dollars per pupil of the school, so it compares schools attended, not spending on a pupil.
    The study cited takes the difference of the two averages; their ratio does not grow as prices grow.

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
    float, ratio
        Zero or more; higher is better for pupils in need; 1 when all values are equal.

    Raises
    ------
    EmptyDistribution
        If there is no pupil in need, or no other pupil.
    InvalidValue
        If a number is missing or infinite, a weight or value is negative, a need share is outside [0, 1], or the
        others have nothing.

    Notes
    -----
    Formula: (sum w p x / sum w p) / (sum w (1 - p) x / sum w (1 - p)), p the need share

    References
    ----------
    Chingos, M. and Blagg, K. (2017), Do Poor Kids Get Their Fair Share of School Funding?, Urban Institute, weighted
    averages.

    Examples
    --------
    Poor: (25 x 8,000 + 75 x 16,000) / 100 = 14,000; others: (75 x 8,000 + 25 x 16,000) / 100 = 10,000.

    >>> import numpy as np
    >>> poor_to_non_poor_ratio(np.array([8000, 16000]), np.array([100, 100]), np.array([0.25, 0.75]))
    1.4
    """
    known, pupils, shares = with_need(values, weights, need, accepts=Accepts.ZERO_OR_MORE)
    poor, others = pupils * shares, pupils * (1 - shares)
    if not poor.any() or not others.any():
        raise EmptyDistribution(
            "The ratio compares pupils in need with the others, and one of the two groups has no pupil."
        )
    return weighted_mean(known, poor) / positive_mean(known, others)


MEASURE = Measure(
    code="poor-to-non-poor-ratio",
    title="Poor to non-poor ratio",
    unit="ratio",
    better=Better.HIGHER,
    definition=(
        "The mean dollars per pupil of the schools that pupils in need attend, over that of the schools that "
        "the others attend."
    ),
    formula="(sum w p x / sum w p) / (sum w (1 - p) x / sum w (1 - p)), p the need share",
    misleads=(
        "Where every school has the same share in need it is 1 whatever the plan, and it cannot see spending "
        "within a school."
    ),
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.ONE_AT_EQUALITY}),
    source=Source(
        "Chingos and Blagg, Do Poor Kids Get Their Fair Share of School Funding?, Urban Institute",
        "definition of progressivity: averages weighted by poor and by nonpoor children",
        "",
        "2017",
    ),
    of_need=poor_to_non_poor_ratio,
)
