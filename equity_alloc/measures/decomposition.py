"""Inequality split into a part between groups of schools and a part within them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.measures.base import Floats
from equity_alloc.measures.theil_l import theil_l
from equity_alloc.measures.theil_t import theil_t


@dataclass(frozen=True, slots=True)
class Split:
    """A measure as the sum of two parts.

    Parameters
    ----------
    between : float
        What is left when every school has its group's mean.
    within : float
        What is left when every group has the same mean.
    """

    between: float
    within: float

    @property
    def total(self) -> float:
        """The measure itself."""
        return self.between + self.within


def split_theil_t(values: Floats, weights: Floats, groups: Sequence[Hashable]) -> Split:
    """Return Theil T between and within groups of schools; groups weigh by their share of the dollars.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), dollars per pupil
        Zero or more.
    weights : ndarray, shape (n_schools,), pupils
    groups : sequence, length n_schools
        Kind of school, size band, or any other label; each school has one.

    Returns
    -------
    Split
        The parts add up to Theil T.

    Raises
    ------
    EmptyDistribution, InvalidValue
        As Theil T; and InvalidValue if there is not one label for each school.

    References
    ----------
    Shorrocks, A. (1980), The Class of Additively Decomposable Inequality Measures, Econometrica 48(3), pages 613-625.

    Examples
    --------
    Equal within each group: all of it lies between.

    >>> import numpy as np
    >>> split_theil_t(np.array([4000, 4000, 9000]), np.ones(3), ["a", "a", "b"]).within
    0.0
    """
    return _split(values, weights, groups, theil_t, by_dollars=True)


def split_theil_l(values: Floats, weights: Floats, groups: Sequence[Hashable]) -> Split:
    """Return Theil L (mean log deviation) between and within groups of schools; groups weigh by their pupils.

    Parameters, errors and reference as `split_theil_t`; values must be above zero.
    """
    return _split(values, weights, groups, theil_l, by_dollars=False)


def _split(
    values: Floats,
    weights: Floats,
    groups: Sequence[Hashable],
    measure: Callable[[Floats, Floats], float],
    *,
    by_dollars: bool,
) -> Split:
    known, pupils = np.asarray(values, float), np.asarray(weights, float)
    if len(groups) != len(known):
        raise InvalidValue(f"There are {len(known)} schools but {len(groups)} group labels. Give one for each school.")
    total = measure(known, pupils)
    means = np.zeros_like(known)
    shares: dict[Hashable, float] = {}
    parts: dict[Hashable, float] = {}
    for group in dict.fromkeys(groups):
        inside = np.array([label == group for label in groups]) & (pupils > 0)
        if not inside.any():
            continue
        count = pupils[inside].sum()
        means[inside] = known[inside] @ pupils[inside] / count
        if means[inside][0] > 0:
            shares[group] = count * (means[inside][0] if by_dollars else 1.0)
            parts[group] = measure(known[inside], pupils[inside])
    whole = pupils @ known if by_dollars else pupils.sum()
    within = sum(shares[group] * parts[group] for group in parts) / whole
    # The between part is measured, not what is left over, so that the identity can be tested.
    between = measure(means, pupils) if total else 0.0
    return Split(float(between), float(within))
