"""The shortfall: dollars missing to bring every school to its target."""

from __future__ import annotations

import numpy as np

from equity_alloc.domain.source import Source
from equity_alloc.measures.base import Axiom, Better, Floats, Measure, Reads
from equity_alloc.measures.door import Accepts, with_pupils


def shortfall(values: Floats, weights: Floats) -> float:
    """Return the dollars missing at all schools below their target together.

    Parameters
    ----------
    values : ndarray, shape (n_schools,), share
        Funded share of each school, allocation over adequacy target; zero or more.
    weights : ndarray, shape (n_schools,), dollars
        Adequacy target of each school.

    Returns
    -------
    float, dollars
        Zero or more; lower is better; 0 when every school reaches its target.

    Raises
    ------
    EmptyDistribution
        If no school has a target.
    InvalidValue
        If a number is missing or infinite, or a weight or value is negative.

    Notes
    -----
    Formula: sum A max(1 - x, 0), x = allocation / A, A the adequacy target

    References
    ----------
    Foster, J., Greer, J. and Thorbecke, E. (1984), A Class of Decomposable Poverty Measures, Econometrica 52(3), pages
    761-766.

    Examples
    --------
    A tenth of 2,000,000 is missing; the surplus of the other does not help.

    >>> import numpy as np
    >>> round(shortfall(np.array([0.9, 1.5]), np.array([2_000_000, 1_000_000])))
    200000
    """
    known, targets = with_pupils(values, weights, accepts=Accepts.ZERO_OR_MORE)
    return float(targets @ np.maximum(1 - known, 0.0))


MEASURE = Measure(
    code="shortfall",
    title="Shortfall from targets",
    unit="dollars",
    places=0,
    better=Better.LOWER,
    definition="The dollars missing to bring every school that is below its adequacy target up to it.",
    formula="sum A max(1 - x, 0), x = allocation / A, A the adequacy target",
    misleads="It grows with the district, and a target that is not brought up to date makes it look small.",
    axioms=frozenset({Axiom.ANONYMITY}),
    source=Source(
        "Foster, Greer and Thorbecke, A class of decomposable poverty measures, Econometrica 52(3)",
        "pages 761-766, poverty gap",
        "",
        "1984",
    ),
    of_spread=shortfall,
    reads=Reads.TARGET_DOLLARS,
)
