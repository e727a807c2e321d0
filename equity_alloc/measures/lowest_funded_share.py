"""The lowest funded share: how far the school furthest below its target is funded."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure, Reads
from equity_alloc.measures.door import Accepts, with_pupils


def lowest_funded_share(values: Floats, weights: Floats) -> float:
    """Return the lowest funded share of a school with pupils.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), share
        Funded share of each school, allocation over adequacy target; zero or more.
    weights : ndarray, shape (n_schools,), pupils
        Enrollment; schools with no pupils are left out.

    Returns
    -------
    float, share
        Zero or more; higher is better.

    Raises
    ------
    EmptyDistribution
        If no school has a pupil.
    InvalidValue
        If a number is missing or infinite, or a weight or value is negative.

    Notes
    -----
    Formula: min x, x = allocation / adequacy target

    References
    ----------
    Illinois School Code, 105 ILCS 5/18-8.15, percent of adequacy.

    Examples
    --------
    >>> import numpy as np
    >>> lowest_funded_share(np.array([0.75, 1.0]), np.array([300, 500]))
    0.75
    """
    known, _ = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    return float(known.min())


MEASURE = Measure(
    code="lowest-funded-share",
    title="Lowest funded share",
    unit="share",
    better=Better.HIGHER,
    definition="The funded share of the school furthest below its target.",
    formula="min x, x = allocation / adequacy target",
    misleads="One school decides it, and where that school cannot rise it says nothing about the others.",
    axioms=frozenset({Axiom.ANONYMITY, Axiom.REPLICATION}),
    source=Source(
        "Illinois School Code, 105 ILCS 5/18-8.15, Evidence-Based Funding",
        "definitions of Percent of Adequacy and Adequacy Target",
        "https://www.ilga.gov/legislation/publicacts/100/100-0578.htm",
        "2018",
    ),
    of_spread=lowest_funded_share,
    reads=Reads.FUNDED_SHARE,
)
