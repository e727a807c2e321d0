"""The equally distributed equivalent: the equal level that would do as much good, at any inequality aversion."""

from __future__ import annotations

import numpy as np

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure
from equity_alloc.measures.door import Accepts, weighted_mean, with_pupils


def equivalent_level(values: Floats, weights: Floats, aversion: float) -> float:
    """Return the equal level that is worth as much as the distribution, in the values' own unit.

    Aversion 0 gives the mean, 1 the geometric mean, 2 the harmonic mean, infinity the lowest value.

    Parameters
    ----------
    values : ndarray, shape (n_schools,)
        Zero or more.
    weights : ndarray, shape (n_schools,), pupils
    aversion : float
        Zero or more; infinity is allowed.

    Returns
    -------
    float
        Between the lowest value and the mean; higher is better; 0 at aversion 1 or more where somebody has nothing.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, a weight or value is negative, or the aversion is negative or no number.

    Notes
    -----
    Formula: (sum w x^(1 - e) / sum w)^(1 / (1 - e)); at e = 1 exp(sum w ln x / sum w)

    References
    ----------
    Atkinson, A. (1970), On the Measurement of Inequality, Journal of Economic Theory 2(3), page 250.

    Examples
    --------
    The harmonic mean of 4,000 and 12,000: 2 / (1 / 4,000 + 1 / 12,000).

    >>> import numpy as np
    >>> round(equivalent_level(np.array([4000, 12000]), np.array([100, 100]), 2), 9)
    6000.0
    """
    if not aversion >= 0:
        raise InvalidValue(f"The inequality aversion is {aversion}. Give zero or more.")
    known, pupils = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    if np.isinf(aversion):
        return float(known.min())
    if aversion == 0:
        return weighted_mean(known, pupils)
    low, top = float(known.min()), float(known.max())
    if top == 0 or (low == 0 and aversion >= 1):
        return 0.0
    # Powers of at most one, relative to the value that dominates the sum: nothing overflows.
    base = top if aversion < 1 else low
    if aversion == 1:
        return base * float(np.exp(weighted_mean(np.log(known / base), pupils)))
    return base * float(weighted_mean((known / base) ** (1 - aversion), pupils) ** (1 / (1 - aversion)))


def at_aversion_two(values: Floats, weights: Floats) -> float:
    """Return the equally distributed equivalent at aversion 2: the harmonic mean."""
    return equivalent_level(values, weights, 2.0)


MEASURE = Measure(
    code="equivalent-level",
    title="Equal level worth as much (aversion 2)",
    unit="dollars per weighted pupil",
    places=0,
    better=Better.HIGHER,
    definition=(
        "The equally distributed equivalent: the equal level for everybody that is worth as much as what the schools have, at "
        "inequality aversion 2; the harmonic mean over pupils."
    ),
    formula="1 / (sum w / x / sum w)",
    misleads="More money raises it as well as more equality, so read it beside the mean: the difference is the loss.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.REPLICATION, Axiom.TRANSFER}),
    source=Source(
        "Atkinson, On the Measurement of Inequality, Journal of Economic Theory 2(3)",
        "page 250, equally distributed equivalent",
        "",
        "1970",
    ),
    of_spread=at_aversion_two,
)
