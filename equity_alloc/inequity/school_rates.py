"""The rate of one indicator at each school, drawn toward the district's where few pupils stand behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_alloc.domain.district import District
from equity_alloc.domain.outcome import ALL_PUPILS
from equity_alloc.inequity.limits import least_pupils
from equity_alloc.measures.disproportion.interval import wilson
from equity_alloc.measures.disproportion.shrinkage import chance_above, prior_of, shrunk_rate


@dataclass(frozen=True, slots=True)
class SchoolRate:
    """The rate of one school.

    Parameters
    ----------
    school : str
    cases, pupils : int
    estimate : float, share
        The rate drawn toward the district's.
    interval : tuple of float or None
        Wilson's, 95 %, of the rate as counted; None where too few pupils are counted.
    above : float, probability
        That the school's lasting rate lies above the district's.
    """

    school: str
    cases: int
    pupils: int
    estimate: float
    interval: tuple[float, float] | None
    above: float


def school_rates(district: District, indicator: str, group: str = ALL_PUPILS) -> tuple[SchoolRate, ...]:
    """Return the rates of the schools whose counts are known, by school code."""
    known = [
        (count.school, count.cases, count.pupils)
        for count in district.outcomes
        if count.indicator == indicator and count.group == group and count.cases is not None and count.pupils
    ]
    if not known:
        return ()
    prior = prior_of(np.array([cases for _, cases, _ in known]), np.array([pupils for *_, pupils in known]))
    fewest = int(least_pupils().value)
    return tuple(
        SchoolRate(
            school,
            cases,
            pupils,
            shrunk_rate(cases, pupils, prior),
            wilson(cases, pupils) if pupils >= fewest else None,
            chance_above(cases, pupils, prior, prior.mean),
        )
        for school, cases, pupils in sorted(known)
    )
