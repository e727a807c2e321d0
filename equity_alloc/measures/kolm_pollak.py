"""The Kolm-Pollak loss: what inequality costs where levels may be zero, in dollars."""

from __future__ import annotations

import numpy as np

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import positive_mean, weighted_mean, with_pupils


def kolm_pollak_equivalent(values: Floats, weights: Floats, kappa: float, *, is_burden: bool = False) -> float:
    """Return the equal level that is worth as much, by the exponential welfare of Kolm and Pollak.

    It exists for levels of zero and below, and for burdens such as travel or load, where less is better.

    Parameters
    ----------
    values : ndarray, shape (n_schools,)
    weights : ndarray, shape (n_schools,), pupils
    kappa : float, one over the values' unit
        Zero or more; aversion over the mean gives the strength of the Atkinson dial at that mean.
    is_burden : bool
        Whether more of it is worse; the equivalent then lies above the mean.

    Returns
    -------
    float
        In the values' unit; the mean at kappa 0.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight is negative, or kappa is negative or no number.

    Notes
    -----
    Formula: -(1 / k) ln(sum w exp(-k x) / sum w); for burdens (1 / k) ln(sum w exp(k x) / sum w)

    References
    ----------
    Kolm, S.-C. (1976), Unequal Inequalities I, Journal of Economic Theory 12(3), pages 416-442.

    Examples
    --------
    With kappa ln 2, 0 and 1 are worth -log2((1 + 1/2) / 2) = 0.415.

    >>> import numpy as np
    >>> round(kolm_pollak_equivalent(np.array([0, 1]), np.array([50, 50]), float(np.log(2))), 3)
    0.415
    """
    if not 0 <= kappa < np.inf:
        raise InvalidValue(f"The strength kappa is {kappa}. Give zero or more.")
    known, pupils = with_pupils(values, weights)
    if kappa == 0:
        return weighted_mean(known, pupils)
    sign = 1.0 if is_burden else -1.0
    # Measured from the worst value, so that no exponential overflows.
    worst = float(known.max() if is_burden else known.min())
    return worst + sign * float(np.log(weighted_mean(np.exp(sign * kappa * (known - worst)), pupils))) / kappa


def kolm_pollak_loss(values: Floats, weights: Floats) -> float:
    """Return the mean less the Kolm-Pollak equivalent of kappa 2 over the mean."""
    known, pupils = with_pupils(values, weights)
    mean = positive_mean(known, pupils)
    return max(0.0, mean - kolm_pollak_equivalent(known, pupils, 2 / mean))


MEASURE = Measure(
    code="kolm-pollak-loss",
    title="Kolm-Pollak loss (aversion 2)",
    unit="dollars per weighted pupil",
    places=0,
    better=Better.LOWER,
    definition=(
        "What each weighted pupil could give up if the rest were spread evenly, by exponential welfare with a strength of 2 over "
        "the mean."
    ),
    formula="mu + (1 / k) ln(sum w exp(-k x) / sum w), k = 2 / mu",
    misleads="It counts dollars lost and not shares, so a richer district shows more with the same pattern.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.REPLICATION, Axiom.TRANSFER, Axiom.ZERO_AT_EQUALITY}),
    source=Source("Kolm, Unequal Inequalities I, Journal of Economic Theory 12(3)", "pages 416-442", "", "1976"),
    of_spread=kolm_pollak_loss,
)
