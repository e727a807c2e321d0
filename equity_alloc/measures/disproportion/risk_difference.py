"""The risk difference, and how much of it lies between schools and how much within them."""

from __future__ import annotations

import numpy as np

from equity_alloc.domain.errors import EmptyDistribution, InvalidValue
from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Floats
from equity_alloc.measures.decomposition import Split
from equity_alloc.measures.disproportion.base import Counts, Disproportion


def risk_difference(counts: Counts) -> float:
    """Return the group's risk less that of everybody else.

    Examples
    --------
    >>> risk_difference(Counts(40, 200, 60, 800))
    0.125
    """
    return counts.risk - counts.other_risk


def split_risk_difference(cases: Floats, pupils: Floats, other_cases: Floats, other_pupils: Floats) -> Split:
    """Return the risk difference between schools and within them; the two parts add up to it exactly.

    Between: the group attends schools where everybody's risk is higher. Within: at the same school the group's risk is
    higher than the school's.

    Parameters
    ----------
    cases, pupils, other_cases, other_pupils : ndarray, shape (n_schools,)

    Returns
    -------
    Split

    Raises
    ------
    InvalidValue
        If there are more cases than pupils at a school, or a negative count.
    EmptyDistribution
        If the group or everybody else has no pupil.

    Notes
    -----
    Formula: sum (q - o) r  +  sum [q (r_g - r) - o (r_o - r)], q and o how group and others spread over schools, r the
    school's risk

    Examples
    --------
    All of it between: each school treats both alike, but the group attends the school of more cases.

    >>> import numpy as np
    >>> columns = np.array([[18, 2], [90, 20], [2, 8], [10, 80]])
    >>> parts = split_risk_difference(*columns)
    >>> round(parts.between, 9), round(parts.within, 9)
    (0.070707071, 0.0)
    """
    table = np.array([cases, pupils, other_cases, other_pupils], float)
    if (table < 0).any() or (table[0] > table[1]).any() or (table[2] > table[3]).any():
        raise InvalidValue("A school has a negative count, or more cases than pupils. Check both counts.")
    sizes = table[[1, 3]].sum(1)
    if (sizes == 0).any():
        raise EmptyDistribution("The group or everybody else has no pupil, so there is nothing to compare.")
    spread = table[[1, 3]] / sizes[:, None]
    own, other = (_rates(table[k], table[k + 1]) for k in (0, 2))
    school = _rates(table[0] + table[2], table[1] + table[3])
    between = float((spread[0] - spread[1]) @ school)
    within = float(spread[0] @ (own - school) - spread[1] @ (other - school))
    return Split(between, within)


def _rates(cases: Floats, pupils: Floats) -> Floats:
    """Return cases over pupils, zero where there is no pupil: nobody weighs there."""
    rates: Floats = np.divide(cases, pupils, out=np.zeros_like(cases), where=pupils > 0)
    return rates


DISPROPORTION = Disproportion(
    code="risk-difference",
    title="Risk difference",
    unit="share",
    definition="The share of the group with a case less the share of everybody else with a case.",
    formula="cases / pupils - other cases / other pupils",
    misleads="Rare events give small differences however lopsided they are: read it beside the risk ratio.",
    neutral=0.0,
    source=Source(
        "Westat for the Office of Special Education Programs, Methods for Assessing Racial/Ethnic Disproportionality",
        "risk methods",
        "",
        "2004",
    ),
    of_counts=risk_difference,
)
