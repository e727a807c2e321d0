"""Jain's index: how many would share equally to be as even as this."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, positive_mean, weighted_mean, with_pupils


def jain(values: Floats, weights: Floats) -> float:
    """Return the squared mean over the mean square.

    The same statement as the coefficient of variation, as a share of pupils: 0.20 is what a fifth of the pupils would
    show who have everything, equally.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, index
        In (0, 1]; higher is more equal; 1 when all values are equal.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight or value is negative, or every value is 0.

    Notes
    -----
    Formula: (sum w x)^2 / (sum w sum w x^2) = 1 / (1 + CV^2)

    References
    ----------
    Jain, R., Chiu, D. and Hawe, W. (1984), A Quantitative Measure of Fairness, DEC-TR-301, page 4.

    Examples
    --------
    Half the pupils have everything.

    >>> import numpy as np
    >>> jain(np.array([0, 10000]), np.array([100, 100]))
    0.5
    """
    known, pupils = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    relative = known / positive_mean(known, pupils)
    return 1 / weighted_mean(relative**2, pupils)


MEASURE = Measure(
    code="jain",
    title="Jain's index",
    unit="index",
    better=Better.HIGHER,
    definition="The squared mean over pupils divided by the mean square, population convention.",
    formula="(sum w x)^2 / (sum w sum w x^2)",
    misleads="School dollars differ too little to move it far from one: read the coefficient of variation instead.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.TRANSFER, Axiom.ONE_AT_EQUALITY}),
    source=Source("Jain, Chiu and Hawe, A Quantitative Measure of Fairness, DEC-TR-301", "page 4", "", "1984"),
    of_spread=jain,
)
