"""The door that every measure's numbers pass through once; nothing is repaired on the way."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.errors import EmptyDistribution, InvalidValue
from equity_alloc.measures.base import Floats


class Accepts(StrEnum):
    """Which values a measure is defined for."""

    ANY = "any number"
    ZERO_OR_MORE = "values of zero or more"
    ABOVE_ZERO = "values above zero"


def with_pupils(values: Floats, weights: Floats, *, accepts: Accepts = Accepts.ANY) -> tuple[Floats, Floats]:
    """Return the values and weights of the schools that have pupils, or refuse them.

    Every measure passes its numbers through here and trusts them afterwards.

    Parameters
    ----------
    values : ndarray, shape (n_schools,)
    weights : ndarray, shape (n_schools,), pupils
    accepts : Accepts
        Which values the measure is defined for.

    Returns
    -------
    tuple of two ndarray, shape (n_schools with pupils,)

    Raises
    ------
    EmptyDistribution
        If there is no school, or no school has a pupil.
    InvalidValue
        If shapes differ, a number is not finite, a weight is negative, or a value is not accepted.

    Examples
    --------
    >>> import numpy as np
    >>> values, weights = with_pupils(np.array([8000, 9000]), np.array([300, 0]))
    >>> values.tolist(), weights.tolist()
    ([8000.0], [300.0])
    """
    known = _column(values, "values")
    pupils = _column(weights, "weights")
    _same_length(known, pupils, "weights")
    _refuse(pupils < 0, pupils, "weights", "Weights are zero or more.")
    inhabited = pupils > 0
    if not inhabited.any():
        raise EmptyDistribution("No school has a pupil, so there is nothing to measure. Check enrollment.")
    if accepts is Accepts.ZERO_OR_MORE:
        _refuse(inhabited & (known < 0), known, "values", f"This measure takes {accepts}.")
    if accepts is Accepts.ABOVE_ZERO:
        _refuse(inhabited & (known <= 0), known, "values", f"This measure takes {accepts}.")
    if inhabited.all():
        return known, pupils
    return known[inhabited], pupils[inhabited]


def with_need(values: Floats, weights: Floats, need: Floats, *, accepts: Accepts) -> tuple[Floats, Floats, Floats]:
    """Return values, weights and need shares of the schools that have pupils, or refuse them.

    Parameters
    ----------
    values : ndarray, shape (n_schools,)
    weights : ndarray, shape (n_schools,), pupils
    need : ndarray, shape (n_schools,), share
        Of pupils in the group, in [0, 1].
    accepts : Accepts
        Which values the measure takes.

    Returns
    -------
    tuple of three ndarrays, shape (n_inhabited,)

    Raises
    ------
    EmptyDistribution
        As `with_pupils`.
    InvalidValue
        As `with_pupils`, and if a need share is outside [0, 1].

    Examples
    --------
    >>> import numpy as np
    >>> columns = with_need(np.array([8, 9]), np.array([3, 0]), np.array([0.5, 0.1]), accepts=Accepts.ANY)
    >>> [column.tolist() for column in columns]
    [[8.0], [3.0], [0.5]]
    """
    kept_values, kept_weights = with_pupils(values, weights, accepts=accepts)
    shares = _column(need, "need shares")
    _same_length(np.asarray(values), shares, "need shares")
    _refuse((shares < 0) | (shares > 1), shares, "need shares", "A need share is between 0 and 1.")
    return kept_values, kept_weights, shares[np.asarray(weights) > 0]


def with_wealth(values: Floats, weights: Floats, wealth: Floats) -> tuple[Floats, Floats, Floats]:
    """Return values, weights and wealth per pupil of the schools that have pupils, or refuse them.

    Parameters
    ----------
    values : ndarray, shape (n_schools,)
    weights : ndarray, shape (n_schools,), pupils
    wealth : ndarray, shape (n_schools,), dollars per pupil
        Zero or more.

    Returns
    -------
    tuple of three ndarrays, shape (n_inhabited,)

    Raises
    ------
    EmptyDistribution
        As `with_pupils`.
    InvalidValue
        As `with_pupils`, and if a wealth is negative.

    Examples
    --------
    >>> import numpy as np
    >>> columns = with_wealth(np.array([8, 9]), np.array([3, 0]), np.array([250_000, 90_000]))
    >>> [column.tolist() for column in columns]
    [[8.0], [3.0], [250000.0]]
    """
    kept_values, kept_weights = with_pupils(values, weights)
    known = _column(wealth, "wealths")
    _same_length(np.asarray(values), known, "wealths")
    _refuse(known < 0, known, "wealths", "Wealth is zero or more.")
    return kept_values, kept_weights, known[np.asarray(weights) > 0]


def weighted_mean(values: Floats, weights: Floats) -> float:
    """Return sum w x / sum w of numbers that have passed the door."""
    # Added up by numpy itself: a product by BLAS may be split over threads, and then the last digits change by machine.
    return float((weights * values).sum() / weights.sum())


def positive_mean(values: Floats, weights: Floats) -> float:
    """Return the weighted mean, or refuse one that a measure cannot divide by.

    Parameters
    ----------
    values : ndarray, shape (n_schools,)
    weights : ndarray, shape (n_schools,), pupils
        Above zero.

    Returns
    -------
    float, in the unit of values
        Above zero.

    Raises
    ------
    InvalidValue
        If the mean is zero or less.
    """
    mean = weighted_mean(values, weights)
    if mean <= 0:
        raise InvalidValue(f"The mean is {mean:g}; this measure divides by it and needs a mean above zero.")
    return mean


def _column(numbers: Floats, name: str) -> Floats:
    column = np.asarray(numbers, dtype=np.float64)
    if column.ndim != 1:
        raise InvalidValue(f"The {name} have {column.ndim} dimensions. Give one number for each school.")
    _refuse(
        ~np.isfinite(column), column, name, "A measure takes known numbers only; complete it or leave the school out."
    )
    return column


def _same_length(values: Floats, others: Floats, name: str) -> None:
    if len(values) != len(others):
        raise InvalidValue(
            f"There are {len(values)} values but {len(others)} {name}. Give one of each for every school."
        )


def _refuse(wrong: NDArray[np.bool_], column: Floats, name: str, why: str) -> None:
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InvalidValue(f"Number {row + 1} of the {len(column)} {name} is {column[row]:g}. {why}")
