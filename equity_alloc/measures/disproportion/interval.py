"""How far chance alone reaches: intervals of a rate, of a difference of rates and of a risk ratio."""

from __future__ import annotations

import math
from typing import TypeAlias

from equity_alloc.domain.errors import EmptyDistribution, InvalidValue
from equity_alloc.measures.disproportion.base import Counts

Interval: TypeAlias = tuple[float, float]

#: The 97.5th percentile of the normal distribution: both tails together hold 5 %.
NORMAL_95 = 1.959963984540054


def wilson(cases: int, pupils: int, z: float = NORMAL_95) -> Interval:
    """Return Wilson's interval of a rate; it stays inside [0, 1] and holds for few pupils.

    Raises
    ------
    InvalidValue
        If there is no pupil, or more cases than pupils.

    References
    ----------
    Wilson, E. (1927), Probable Inference, the Law of Succession, and Statistical Inference, Journal of the American
    Statistical Association 22(158), pages 209-212.

    Examples
    --------
    >>> [round(end, 4) for end in wilson(3, 12)]
    [0.0889, 0.5323]
    """
    if not 0 <= cases <= pupils or pupils == 0:
        raise InvalidValue(f"{cases} cases among {pupils} pupils give no rate. Check both counts.")
    rate, spread = cases / pupils, z * z / pupils
    middle = rate + spread / 2
    half = z * math.sqrt(rate * (1 - rate) / pupils + spread / (4 * pupils))
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def newcombe(counts: Counts, z: float = NORMAL_95) -> Interval:
    """Return Newcombe's interval of the risk difference, from the two Wilson intervals.

    References
    ----------
    Newcombe, R. (1998), Interval Estimation for the Difference Between Independent Proportions, Statistics in Medicine
    17(8), pages 873-890, method 10.

    Examples
    --------
    The paper's example of 56 of 70 against 48 of 80:

    >>> [round(end, 4) for end in newcombe(Counts(56, 70, 48, 80))]
    [0.0524, 0.3339]
    """
    first, second = counts.risk, counts.other_risk
    (low1, high1), (low2, high2) = (
        wilson(counts.cases, counts.pupils, z),
        wilson(counts.other_cases, counts.other_pupils, z),
    )
    difference = first - second
    return (
        difference - math.hypot(first - low1, high2 - second),
        difference + math.hypot(high1 - first, second - low2),
    )


def katz(counts: Counts, z: float = NORMAL_95) -> Interval:
    """Return Katz's interval of the risk ratio, on the scale of its logarithm.

    Raises
    ------
    EmptyDistribution
        If the group or everybody else has no case.

    References
    ----------
    Katz, D., Baptista, J., Azen, S. and Pike, M. (1978), Obtaining Confidence Intervals for the Risk Ratio in Cohort
    Studies, Biometrics 34(3), pages 469-474.

    Examples
    --------
    >>> [round(end, 3) for end in katz(Counts(40, 200, 60, 800))]
    [1.844, 3.856]
    """
    if counts.cases == 0 or counts.other_cases == 0:
        raise EmptyDistribution(
            "The group or everybody else has no case, so the logarithm of the ratio does not exist."
        )
    log_ratio = math.log(counts.risk / counts.other_risk)
    error = math.sqrt(1 / counts.cases - 1 / counts.pupils + 1 / counts.other_cases - 1 / counts.other_pupils)
    return math.exp(log_ratio - z * error), math.exp(log_ratio + z * error)
