"""How much less pupils say about a difference because those of one school have much in common."""

from __future__ import annotations

from math import floor, sqrt

import numpy as np

from equity_alloc.measures.base import Floats
from equity_alloc.measures.disproportion.base import Counts
from equity_alloc.measures.disproportion.fisher import fisher_exact
from equity_alloc.measures.disproportion.student import two_sided


def design_effect(cases: Floats, pupils: Floats, other_cases: Floats, other_pupils: Floats) -> float:
    """Return by how much the variance of a risk difference grows because whole schools differ, at least one.

    Each school is one draw: what it adds to the difference varies between schools by more than its pupils' number
    explains where they share teachers, rules and a neighborhood. The variance is the jackknife's: the difference is
    taken again without each school in turn.

    Parameters
    ----------
    cases, pupils, other_cases, other_pupils : ndarray, shape (n_schools,), pupils
        Of the group and of everybody else at each school.

    Returns
    -------
    float
        One or more; one where schools differ no more than chance lets them, or no variance can be told.

    Notes
    -----
    Formula: effect = [(S - 1) / S sum (D without s - their mean)^2] / [R(1 - R) / N + R'(1 - R') / N']

    References
    ----------
    Rao, J. and Scott, A. (1992), A Simple Method for the Analysis of Clustered Binary Data, Biometrics 48(2), pages
    577-585, for the design effect; Wolter, K. (2007), Introduction to Variance Estimation, chapter 4, for the jackknife
    of a ratio.

    Examples
    --------
    Three schools of 20 and 100: without the first the difference is -1/2, without another 0, so the jackknife gives
    2/3 x [(1/3)^2 + 2 x (1/6)^2] = 1/9 beside a plain variance of (2/9) / 60 + (1/4) / 300 = 0.004537.

    >>> group, others = np.array([20, 0, 0]), np.array([50, 50, 50])
    >>> round(design_effect(group, np.array([20, 20, 20]), others, np.array([100, 100, 100])), 3)
    24.49
    """
    there = (pupils + other_pupils) > 0
    columns = [column[there].astype(float) for column in (cases, pupils, other_cases, other_pupils)]
    n_schools = int(there.sum())
    c, n, oc, on = (float(column.sum()) for column in columns)
    plain = _variance(c, n) + _variance(oc, on)
    without = [total - column for total, column in zip((c, n, oc, on), columns, strict=True)]
    if plain == 0 or n_schools < 2 or not (without[1] > 0).all() or not (without[3] > 0).all():
        return 1.0
    left = without[0] / without[1] - without[2] / without[3]
    clustered = (n_schools - 1) / n_schools * float(np.square(left - left.mean()).sum())
    return max(1.0, clustered / plain)


def clustered_chance(counts: Counts, effect: float, n_schools: int) -> float:
    """Return how likely a difference as wide as this is by chance, schools being drawn and not pupils.

    Of two answers the larger: Fisher's for as many pupils as these say as much as, and Student's for so few schools.
    """
    risk, other = counts.risk, counts.other_risk
    pooled = (counts.cases + counts.other_cases) / (counts.pupils + counts.other_pupils)
    plain = max(
        _variance(counts.cases, counts.pupils) + _variance(counts.other_cases, counts.other_pupils),
        pooled * (1 - pooled) * (1 / counts.pupils + 1 / counts.other_pupils),
    )
    exact = fisher_exact(effective(counts, effect))
    if plain == 0 or n_schools < 2:
        return exact
    return max(exact, two_sided((risk - other) / sqrt(plain * effect), n_schools - 1))


def _variance(cases: float, pupils: float) -> float:
    risk = cases / pupils
    return risk * (1 - risk) / pupils


def effective(counts: Counts, effect: float) -> Counts:
    """Return the counts that say as much as these would if every pupil were drawn alone.

    Pupils are rounded down, and cases to the nearest that keeps the risk.

    Examples
    --------
    >>> effective(Counts(40, 200, 60, 800), 2.0)
    Counts(cases=20, pupils=100, other_cases=30, other_pupils=400)
    """
    if effect <= 1:
        return counts
    pupils, others = max(1, floor(counts.pupils / effect)), max(1, floor(counts.other_pupils / effect))
    return Counts(round(counts.risk * pupils), pupils, round(counts.other_risk * others), others)
