"""Each school against what the district itself spends on average for the school's mix of pupils."""

from __future__ import annotations

from equity_alloc.domain.errors import EmptyDistribution
from equity_alloc.measures.base import Floats
from equity_alloc.measures.door import Accepts, weighted_mean, with_need


def expected_for_mix(values: Floats, weights: Floats, need: Floats) -> Floats:
    """Return what each school would have if every pupil brought what such a pupil has on average in the district.

    No weight is assumed: the averages for pupils in need and for the others are the district's own. All schools together
    are expected to have exactly what they have.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment, above zero.
    need : ndarray, shape (n_schools,), share
        Share of pupils in need at each school, in [0, 1].

    Returns
    -------
    ndarray, shape (n_schools,), dollars per pupil

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a value or weight is negative, or a need share is outside [0, 1].

    Notes
    -----
    Formula: p a + (1 - p) b, with a = sum w p x / sum w p and b = sum w (1 - p) x / sum w (1 - p), p the need share

    References
    ----------
    Annenberg Institute for School Reform, weighted index of school spending: a school against the district average for
    its own mix of students.

    Examples
    --------
    In need: 14,000 on average; others: 10,000. A quarter in need makes 11,000, three quarters 13,000.

    >>> import numpy as np
    >>> expected_for_mix(np.array([8000, 16000]), np.array([100, 100]), np.array([0.25, 0.75])).tolist()
    [11000.0, 13000.0]
    """
    known, pupils, shares = with_need(values, weights, need, accepts=Accepts.ZERO_OR_MORE)
    group, others = pupils * shares, pupils * (1 - shares)
    in_need = weighted_mean(known, group) if group.any() else 0.0
    rest = weighted_mean(known, others) if others.any() else 0.0
    expected: Floats = shares * in_need + (1 - shares) * rest
    return expected


def mix_index(values: Floats, weights: Floats, need: Floats) -> Floats:
    """Return each school's dollars per pupil over what is expected for its mix.

    Returns
    -------
    ndarray, shape (n_schools,), ratio
        1 where a school has what its mix has on average in the district; neither direction is better by itself.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil, or nothing is spent where something would have to be compared.
    InvalidValue
        As for :func:`expected_for_mix`.

    Examples
    --------
    >>> import numpy as np
    >>> mix_index(np.array([8000, 16000]), np.array([100, 100]), np.array([0.25, 0.75])).round(3).tolist()
    [0.727, 1.231]
    """
    expected = expected_for_mix(values, weights, need)
    if not (expected > 0).all():
        raise EmptyDistribution("A school's mix of pupils has no dollars anywhere in the district to compare it with.")
    index: Floats = values / expected
    return index
