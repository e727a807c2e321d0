"""Rates of small schools, drawn toward the district's as far as their few pupils ask for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_alloc.domain.errors import EmptyDistribution, InvalidValue
from equity_alloc.measures.base import Floats

#: So many schools are the least from which a spread between schools can be told.
FEWEST_SCHOOLS = 3
#: Points at which a posterior is added up.
POINTS = 4001


@dataclass(frozen=True, slots=True)
class Prior:
    """What the rates of all schools say about the rate of one.

    Parameters
    ----------
    mean : float, share
        The rate of all pupils together.
    pupils : float
        What the district's rate weighs, in pupils; infinite where schools differ no more than by chance.
    """

    mean: float
    pupils: float


def prior_of(cases: Floats, pupils: Floats, around: float | None = None) -> Prior:
    """Return the prior that the schools, or the student groups, themselves give, by moments.

    Parameters
    ----------
    cases, pupils : ndarray, shape (n_schools,)
    around : float or None, share
        The rate that they vary around, where it is known from elsewhere; None for their own.

    Raises
    ------
    InvalidValue
        If there are more cases than pupils at a school.
    EmptyDistribution
        If no school has a pupil.

    Notes
    -----
    Formula: rates vary by m(1 - m)[rho + (1 - rho)/n] around m; rho from the weighted sum of squares, weights n;
    pupils = 1/rho - 1. Around a known m no rate is spent on m itself: n_schools and total stand in the place of
    n_schools - 1 and total - sum n^2 / total.

    References
    ----------
    Kleinman, J. (1973), Proportions with Extraneous Variance: Single and Independent Samples, Journal of the American
    Statistical Association 68(341), pages 46-54.
    """
    if (cases < 0).any() or (cases > pupils).any():
        raise InvalidValue("At some school there are more cases than pupils, or fewer than none. Check the counts.")
    there = pupils > 0
    cases, pupils = cases[there].astype(float), pupils[there].astype(float)
    total = pupils.sum()
    if not total:
        raise EmptyDistribution("No school has a pupil in this group, so there is no rate.")
    mean = float(cases.sum() / total) if around is None else around
    chance, n_schools = mean * (1 - mean), len(pupils)
    if n_schools < FEWEST_SCHOOLS or chance == 0:
        return Prior(mean, float("inf"))
    squares = float((pupils * (cases / pupils - mean) ** 2).sum())
    # Expected squares: chance x [free (1 - rho) + rho size]
    free = n_schools if around is not None else n_schools - 1
    size = float(total if around is not None else total - (pupils**2).sum() / total)
    rho = (squares / chance - free) / (size - free) if size > free else 0.0
    return Prior(mean, float("inf") if rho <= 0 else max(0.0, 1 / min(rho, 1.0) - 1))


def shrunk_rate(cases: int, pupils: int, prior: Prior) -> float:
    """Return a school's rate drawn toward the district's.

    Examples
    --------
    Three of twelve at one school; the district's rate of 8 % weighs as much as 28 pupils.

    >>> round(shrunk_rate(3, 12, Prior(0.08, 28.0)), 9)
    0.131
    """
    if prior.pupils == float("inf"):
        return prior.mean
    return (cases + prior.mean * prior.pupils) / (pupils + prior.pupils)


def chance_above(cases: int, pupils: int, prior: Prior, line: float) -> float:
    """Return how likely it is that the school's lasting rate lies above a line.

    Parameters
    ----------
    cases, pupils : int
        Of the school.
    prior : Prior
    line : float, share

    Returns
    -------
    float, probability

    Examples
    --------
    No pupil seen and an even prior: as likely above one half as below.

    >>> round(chance_above(0, 0, Prior(0.5, 2.0), 0.5), 6)
    0.5
    """
    if prior.pupils == float("inf") or not 0 < prior.mean < 1:
        return float(prior.mean > line)
    a = cases + prior.mean * prior.pupils
    b = pupils - cases + (1 - prior.mean) * prior.pupils
    if line <= 0 or line >= 1 or a <= 0 or b <= 0:
        return float(shrunk_rate(cases, pupils, prior) > line)
    # On the scale of log odds the posterior is smooth and falls off on both sides.
    middle = np.log(a / b)
    half = 12 * np.sqrt(1 / a + 1 / b)
    odds = np.linspace(middle - half, middle + half, POINTS)
    density = a * odds - (a + b) * np.logaddexp(0, odds)
    weight = np.exp(density - density.max())
    at = np.log(line / (1 - line))
    step = odds[1] - odds[0]
    # The share of the cell that the line cuts counts in part, so that the answer moves smoothly with the line.
    part = np.clip((odds - at) / step + 0.5, 0.0, 1.0)
    return float((weight * part).sum() / weight.sum())
