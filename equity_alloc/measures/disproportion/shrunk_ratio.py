"""A risk ratio without the jumps of few pupils: both rates drawn toward that of all pupils, and how sure it passes a line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_alloc.measures.base import Floats
from equity_alloc.measures.disproportion.base import Counts
from equity_alloc.measures.disproportion.shrinkage import POINTS, Prior, shrunk_rate


@dataclass(frozen=True, slots=True)
class ShrunkRatio:
    """The lasting risk ratio of a group, as far as its counts and the other groups of the district tell.

    Parameters
    ----------
    ratio : float
        The group's rate over that of everybody else, both drawn toward the rate of all pupils.
    line : float, ratio
        What the ratio is held against.
    beyond : float, probability
        That the lasting ratio lies beyond the line: above a line over one, below a line under one.
    """

    ratio: float
    line: float
    beyond: float


def shrunk_ratio(counts: Counts, prior: Prior, line: float) -> ShrunkRatio | None:
    """Return the shrunk risk ratio and how likely it lies beyond a line.

    Parameters
    ----------
    counts : Counts
    prior : Prior
        Of the groups of the district, around the rate of all pupils.
    line : float, ratio

    Returns
    -------
    ShrunkRatio or None
        None where the prior weighs nothing and one of the two has no case, or nobody without one.

    Notes
    -----
    Formula: p ~ Beta(c + mK, n - c + (1 - m)K), likewise for everybody else; beyond = P(p > line q), p and q independent

    Examples
    --------
    Groups that differ no more than by chance: no ratio but one is left.

    >>> shrunk_ratio(Counts(40, 200, 60, 800), Prior(0.1, float("inf")), 2.0)
    ShrunkRatio(ratio=1.0, line=2.0, beyond=0.0)
    """
    if prior.pupils == float("inf") or not 0 < prior.mean < 1:
        return ShrunkRatio(1.0, line, 0.0)
    shapes = (
        _shape(counts.cases, counts.pupils, prior),
        _shape(counts.other_cases, counts.other_pupils, prior),
    )
    if min(min(shape) for shape in shapes) <= 0:
        return None
    ratio = shrunk_rate(counts.cases, counts.pupils, prior) / shrunk_rate(
        counts.other_cases, counts.other_pupils, prior
    )
    own, weight = _posterior(*shapes[0])
    other, other_weight = _posterior(*shapes[1])
    # Up to the middle of a cell its weight counts in half, so that the answer moves smoothly with the line.
    below = np.cumsum(weight) - weight / 2
    target = line / (1 + np.exp(-other))
    inside = np.clip(target, 1e-300, 1 - 1e-15)
    reached = np.where(target < 1, np.interp(np.log(inside / (1 - inside)), own, below, 0.0, 1.0), 1.0)
    under = float((other_weight * reached).sum())
    return ShrunkRatio(ratio, line, min(1.0, max(0.0, 1 - under if line > 1 else under)))


def _shape(cases: int, pupils: int, prior: Prior) -> tuple[float, float]:
    return cases + prior.mean * prior.pupils, pupils - cases + (1 - prior.mean) * prior.pupils


def _posterior(a: float, b: float) -> tuple[Floats, Floats]:
    """Return log odds and the weight of each; on that scale a beta distribution is smooth and falls off on both sides."""
    half = 12 * np.sqrt(1 / a + 1 / b)
    odds = np.linspace(np.log(a / b) - half, np.log(a / b) + half, POINTS)
    density = a * odds - (a + b) * np.logaddexp(0, odds)
    weight = np.exp(density - density.max())
    return odds, weight / weight.sum()
