"""The difference in composition, in points and relative, and the band around it that size alone explains."""

from __future__ import annotations

import math

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.measures.disproportion.base import Counts, Disproportion, refuse_without_cases
from equity_alloc.measures.disproportion.composition_index import SOURCE, compositions


def composition_difference(counts: Counts) -> float:
    """Return the group's share of the cases less its share of the pupils.

    Returns
    -------
    float, share
        Zero when the group has its share of the cases.

    Raises
    ------
    EmptyDistribution
        If there is no case.

    Examples
    --------
    >>> round(composition_difference(Counts(40, 200, 60, 800)), 9)
    0.2
    """
    refuse_without_cases(counts)
    of_cases, of_pupils = compositions(counts)
    return of_cases - of_pupils


def relative_difference(counts: Counts) -> float:
    """Return the difference in composition as a share of the group's share of the pupils: the index less one.

    Examples
    --------
    >>> round(relative_difference(Counts(40, 200, 60, 800)), 9)
    1.0
    """
    return composition_difference(counts) / compositions(counts)[1]


def e_formula(share: float, n_cases: int) -> float:
    """Return the share of the cases above which the E-formula sees more than chance.

    Parameters
    ----------
    share : float, share
        Of the group in the pupils.
    n_cases : int
        All cases.

    Returns
    -------
    float, share

    Raises
    ------
    InvalidValue
        If the share is outside [0, 1] or there is no case.

    Notes
    -----
    Formula: p + sqrt(p (1 - p) / N); in percent, p + sqrt(p (100 - p) / N)

    References
    ----------
    Larry P. v. Riles, 793 F.2d 969 (9th Cir. 1984), remedial formula of the district court.

    Examples
    --------
    A fifth of the pupils, 100 cases: 20 % and one standard error of 4 points.

    >>> round(e_formula(0.2, 100), 9)
    0.24
    """
    if not 0 <= share <= 1 or n_cases < 1:
        raise InvalidValue(f"A share of {share:g} and {n_cases} cases: give a share from 0 to 1 and at least one case.")
    return share + math.sqrt(share * (1 - share) / n_cases)


DISPROPORTION = Disproportion(
    code="composition-difference",
    title="Difference in composition",
    unit="share",
    definition="The group's share of the cases less its share of the pupils.",
    formula="cases / all cases - pupils / all pupils",
    misleads="Ten points are far more for a group of one in ten than for one of one in two: read it beside the index.",
    neutral=0.0,
    source=SOURCE,
    of_counts=composition_difference,
)
