"""Which of many differences stand out when so many are looked at."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.domain.errors import InvalidValue


def stand_out(probabilities: Sequence[float], rate: float) -> tuple[bool, ...]:
    """Return which differences stand out so that at most a share `rate` of them is chance, on average.

    Look at a hundred differences and five have a probability below 0.05 by chance alone. This counts how many are
    looked at.

    Parameters
    ----------
    probabilities : sequence of float
        Of each difference, by chance alone; in [0, 1].
    rate : float, share
        False discoveries among the discoveries that are put up with; in (0, 1).

    Returns
    -------
    tuple of bool
        In the order given.

    Raises
    ------
    InvalidValue
        If a probability or the rate is out of range.

    Notes
    -----
    Formula: with p(1) <= ... <= p(m), all up to the largest k with p(k) <= k / m x rate

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995), Controlling the False Discovery Rate, Journal of the Royal Statistical
    Society B 57(1), pages 289-300, procedure (1).

    Examples
    --------
    >>> stand_out((0.04, 0.001, 0.5, 0.02), 0.05)
    (False, True, False, True)
    """
    if not 0 < rate < 1 or not all(0 <= p <= 1 for p in probabilities):
        raise InvalidValue(f"A rate of {rate:g}: probabilities lie from 0 to 1, and the rate between them.")
    ordered = sorted(probabilities)
    line = max((p for k, p in enumerate(ordered, start=1) if p <= k / len(ordered) * rate), default=-1.0)
    return tuple(p <= line for p in probabilities)
