"""Theil's first measure, T: entropy weighted by dollars."""

from __future__ import annotations

import numpy as np

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, positive_mean, weighted_mean, with_pupils


def theil_t(values: Floats, weights: Floats) -> float:
    """Return the mean of relative value times its logarithm.

    Splits exactly into a part between groups of schools and a part within them. A school with zero adds nothing.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Dollars per pupil of each school, or any other resource per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, index
        In [0, ln N]; lower is more equal; 0 when all values are equal.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight or value is negative, or every value is 0.

    Notes
    -----
    Formula: sum w (x / mu) ln(x / mu) / sum w

    References
    ----------
    Theil, H. (1967), Economics and Information Theory, chapter 4.

    Examples
    --------
    Half the pupils have all the dollars, twice the mean each: (2 ln 2) / 2 = ln 2.

    >>> import numpy as np
    >>> round(theil_t(np.array([0, 10000]), np.array([100, 100])), 6)
    0.693147
    """
    known, pupils = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    relative = known / positive_mean(known, pupils)
    logs = np.log(relative, where=relative > 0, out=np.zeros_like(relative))
    # r ln r - r + 1 has the same mean as r ln r and is never below zero, so rounding cannot turn equality negative.
    return weighted_mean(relative * logs - relative + 1, pupils)


MEASURE = Measure(
    code="theil-t",
    title="Theil T",
    unit="index",
    places=5,
    better=Better.LOWER,
    definition=(
        "The mean over pupils of relative value times its natural logarithm; some packages give Theil L "
        "under this name."
    ),
    formula="sum w (x / mu) ln(x / mu) / sum w",
    misleads=(
        "It reacts most to schools far above the mean, and its size has no meaning to a reader apart from a comparison."
    ),
    axioms=frozenset({Axiom.ANONYMITY, Axiom.SCALE, Axiom.REPLICATION, Axiom.TRANSFER, Axiom.ZERO_AT_EQUALITY}),
    source=Source(
        "Theil, Economics and Information Theory",
        "chapter 4",
        "",
        "1967",
    ),
    of_spread=theil_t,
)
