"""The selection ratio: access of the group over access of everybody else, lower over higher."""

from __future__ import annotations

from equity_alloc.domain.errors import EmptyDistribution
from equity_alloc.domain.source import Source
from equity_alloc.measures.disproportion.base import Counts, Disproportion


def selection_ratio(counts: Counts) -> float:
    """Return the lower of the two rates of access over the higher.

    Only for what is good to have: an advanced course, a gifted program.

    Returns
    -------
    float, ratio
        In [0, 1]; 1 when both rates are equal; below 0.80 the four-fifths guideline would ask why.

    Raises
    ------
    EmptyDistribution
        If nobody has access.

    References
    ----------
    29 CFR 1607.4(D), four-fifths rule.

    Examples
    --------
    6 % of the group and 10 % of the others:

    >>> round(selection_ratio(Counts(12, 200, 80, 800)), 9)
    0.6
    """
    high = max(counts.risk, counts.other_risk)
    if high == 0:
        raise EmptyDistribution("Nobody has access, so there are no rates to compare.")
    return min(counts.risk, counts.other_risk) / high


DISPROPORTION = Disproportion(
    code="selection-ratio",
    title="Selection ratio (four-fifths guideline)",
    unit="ratio",
    definition="The lower of the two rates of access, of the group and of everybody else, divided by the higher.",
    formula="min(r, r others) / max(r, r others)",
    misleads="It was written for hiring: below four fifths is a reason to ask, never a legal finding about a school.",
    neutral=1.0,
    source=Source(
        "29 CFR part 1607, Uniform Guidelines on Employee Selection Procedures",
        "section 1607.4, paragraph D",
        "https://www.ecfr.gov/current/title-29/subtitle-B/chapter-XIV/part-1607",
        "1978",
    ),
    of_counts=selection_ratio,
)
