"""A gap between a group and others, split by school into what lies between schools and what lies within them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_alloc.domain.errors import EmptyDistribution, InvalidValue
from equity_alloc.measures.base import Floats


@dataclass(frozen=True)
class GapParts:
    """A gap as a sum over schools of two parts.

    Parameters
    ----------
    between : ndarray, shape (n_schools,), share
        From where the pupils of the group go to school, all pupils of a school taken alike: a school adds to the gap
        where its rate lies above the district's and it has more of the group than of the others.
    within : ndarray, shape (n_schools,), share
        From what happens to the group and to others inside one school.
    """

    between: Floats
    within: Floats

    @property
    def gap(self) -> float:
        """The risk of the group less the risk of the others."""
        return float(self.between.sum() + self.within.sum())


def split_gap(cases: Floats, pupils: Floats, other_cases: Floats, other_pupils: Floats) -> GapParts:
    """Return the parts of the gap between a group and everybody else.

    Money that moves between schools can close only what lies between schools.

    Parameters
    ----------
    cases, pupils, other_cases, other_pupils : ndarray, shape (n_schools,), pupils
        Of the group and of everybody else at each school.

    Returns
    -------
    GapParts
        Their sum is the gap, exactly but for the last digit of a float.

    Raises
    ------
    InvalidValue
        If there are more cases than pupils somewhere, or a count is negative.
    EmptyDistribution
        If the group or everybody else has no pupil.

    Notes
    -----
    Formula: R_g - R_o = sum_s (pi_sg - pi_so)(r_s - r) + sum_s [pi_sg (r_sg - r_s) - pi_so (r_so - r_s)], pi the
    distribution of the pupils over schools, r_s the rate of a school, r of all

    Examples
    --------
    Both schools treat the group like everybody else; the group goes more to the school with the higher rate.

    >>> parts = split_gap(np.array([30, 2]), np.array([60, 20]), np.array([20, 6]), np.array([40, 60]))
    >>> round(float(parts.between.sum()), 9), round(float(parts.within.sum()), 9), round(parts.gap, 9)
    (0.14, 0.0, 0.14)
    """
    for some, of in ((cases, pupils), (other_cases, other_pupils)):
        if (some < 0).any() or (some > of).any():
            raise InvalidValue("At some school there are more cases than pupils, or fewer than none. Check the counts.")
    if not pupils.sum() or not other_pupils.sum():
        raise EmptyDistribution("There is no pupil in the group or outside it, so there is no gap to split.")
    share, other_share = pupils / pupils.sum(), other_pupils / other_pupils.sum()
    rate = _rate(cases + other_cases, pupils + other_pupils)
    own, other = _rate(cases, pupils), _rate(other_cases, other_pupils)
    mean = (cases + other_cases).sum() / (pupils + other_pupils).sum()
    return GapParts((share - other_share) * (rate - mean), share * (own - rate) - other_share * (other - rate))


def _rate(cases: Floats, pupils: Floats) -> Floats:
    """Return the rate of each school, zero where there is no pupil: such a school weighs nothing."""
    return np.divide(cases, pupils, out=np.zeros(len(pupils)), where=pupils > 0)
