"""How one quantity goes with another over pupils: slope and correlation of a straight line, for numbers past the door."""

from __future__ import annotations

import numpy as np

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.measures.base import Floats
from equity_alloc.measures.door import positive_mean, weighted_mean

#: Numbers closer than this, as a part of the largest, differ by rounding only, and a line through rounding would be noise.
SAME = 1e-9


def slope_along(values: Floats, weights: Floats, along: Floats, what: str) -> float:
    """Return the least-squares slope of values on what they are measured along.

    Parameters
    ----------
    values : ndarray, shape (n_schools,)
        What is measured, such as dollars per pupil.
    weights : ndarray, shape (n_schools,), pupils
        Above zero.
    along : ndarray, shape (n_schools,)
        What values are measured along, such as a share of need or wealth per pupil.
    what : str
        How it is called in an error.

    Returns
    -------
    float, units of values per unit of along
        Above zero where values rise along it.

    Raises
    ------
    InvalidValue
        If every school has the same.

    Notes
    -----
    sum w (x - mean x)(y - mean y) / sum w (x - mean x)^2, means weighted by pupils.

    Examples
    --------
    >>> round(slope_along(np.array([9.0, 11.0]), np.array([1.0, 3.0]), np.array([2.0, 6.0]), "size"), 9)
    0.5
    """
    if not _varies(along):
        raise InvalidValue(f"Every school has the same {what}, {along[0]:g}, so there is no slope on it.")
    from_mean = along - weighted_mean(along, weights)
    moved = (weights * from_mean * (values - weighted_mean(values, weights))).sum()
    return float(moved / (weights * from_mean**2).sum())


def correlation_along(values: Floats, weights: Floats, along: Floats, what: str) -> float:
    """Return the correlation of values with what they are measured along.

    Parameters
    ----------
    values, weights, along, what
        As `slope_along` takes them.

    Returns
    -------
    float in [-1, 1]
        1 where values rise along a straight line, -1 where they fall along one.

    Raises
    ------
    InvalidValue
        If every school has the same of either.

    Examples
    --------
    >>> round(correlation_along(np.array([9.0, 11.0]), np.array([1.0, 3.0]), np.array([2.0, 6.0]), "size"), 9)
    1.0
    """
    if not _varies(along) or not _varies(values):
        raise InvalidValue(f"Every school has the same dollars per pupil or the same {what}: nothing to correlate.")
    x, y = along - weighted_mean(along, weights), values - weighted_mean(values, weights)
    product = weighted_mean(x**2, weights) * weighted_mean(y**2, weights)
    return float(np.clip(weighted_mean(x * y, weights) / np.sqrt(product), -1.0, 1.0))


def elasticity_along(values: Floats, weights: Floats, along: Floats, what: str) -> float:
    """Return the slope at the means, in percent per percent.

    Parameters
    ----------
    values, weights, along, what
        As `slope_along` takes them; the weighted mean of the values is above zero.

    Returns
    -------
    float, percent of values per percent of along
        0.24 means that one percent more comes with 0.24 percent higher values.

    Raises
    ------
    InvalidValue
        If every school has the same, or the mean of the values is zero or less.

    Examples
    --------
    Slope 0.5, means 10.5 and 5: 2.5 / 10.5.

    >>> round(elasticity_along(np.array([9.0, 11.0]), np.array([1.0, 3.0]), np.array([2.0, 6.0]), "size"), 6)
    0.238095
    """
    mean = positive_mean(values, weights)
    return slope_along(values, weights, along, what) * weighted_mean(along, weights) / mean


def _varies(column: Floats) -> bool:
    return bool(np.ptp(column) > SAME * np.abs(column).max())
