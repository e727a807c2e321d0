"""The group gap: what the schools of pupils in need have, less what the schools of the others have."""

from __future__ import annotations

from equity_alloc.domain.errors import EmptyDistribution
from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, weighted_mean, with_need


def need_gap(values: Floats, weights: Floats, need: Floats) -> float:
    """Return the mean over pupils of a group less the mean over everybody else, each by the schools they attend.

    It works for any group; pupils of one school count with the same dollars, so all of it lies between schools.

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
    float, dollars per pupil
        Any sign; zero when all values are equal; above zero, the group's schools have more.

    Raises
    ------
    EmptyDistribution
        If the group or everybody else has no pupil.
    InvalidValue
        If a number is missing or infinite, a weight is negative, or a need share is outside [0, 1].

    Notes
    -----
    Formula: sum w p x / sum w p - sum w (1 - p) x / sum w (1 - p), p the group's share

    References
    ----------
    Chingos, M. and Blagg, K. (2017), Do Poor Kids Get Their Fair Share of School Funding?, Urban Institute, weighted
    averages.

    Examples
    --------
    In need: (25 x 8,000 + 75 x 16,000) / 100 = 14,000; others: 10,000.

    >>> import numpy as np
    >>> need_gap(np.array([8000, 16000]), np.array([100, 100]), np.array([0.25, 0.75]))
    4000.0
    """
    known, pupils, shares = with_need(values, weights, need, accepts=Accepts.ANY)
    group, others = pupils * shares, pupils * (1 - shares)
    if not group.any() or not others.any():
        raise EmptyDistribution("The gap compares a group with everybody else, and one of the two has no pupil.")
    return weighted_mean(known, group) - weighted_mean(known, others)


MEASURE = Measure(
    code="need-gap",
    title="Gap between pupils in need and others",
    unit="dollars per pupil",
    places=0,
    better=Better.HIGHER,
    definition="The mean dollars per pupil of the schools of pupils in need, less that of the schools of the others.",
    formula="sum w p x / sum w p - sum w (1 - p) x / sum w (1 - p), p the need share",
    misleads="Where schools are alike in need it is near zero whatever the plan, and it cannot see inside a school.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.REPLICATION, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Chingos and Blagg, Do Poor Kids Get Their Fair Share of School Funding?, Urban Institute",
        "definition of progressivity: averages weighted by poor and by nonpoor children",
        "",
        "2017",
    ),
    of_need=need_gap,
)
