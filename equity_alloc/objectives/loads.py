"""Loads of a post: how many pupils share one, or how many there are for 1,000 pupils, and what they are worth together."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import numpy as np

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.domain.fte import Hundredths
from equity_alloc.measures.kolm_pollak import kolm_pollak_equivalent
from equity_alloc.objectives.base import LowerLoads, View
from equity_alloc.rules.ratio import ENROLLMENT, pupils_of

#: Stands for a load that never ends: pupils and no post.
NO_POST = Fraction(10**12)


def loads_of(view: View, position: str, group: str, extra: Decimal) -> tuple[tuple[str, Fraction], ...]:
    """Return the pupils who share the posts of a position by school code, those of one group counted extra.

    Raises
    ------
    UnknownCode
        If the district has no such position.
    """
    if position not in view.district.position_of:
        raise UnknownCode(f"There is no position with code {position or '(blank)'}. Choose the position to share out.")
    loads = []
    for school in view.district.schools:
        load = Fraction(school.enrollment)
        if extra and group != ENROLLMENT:
            load += Fraction(extra) * pupils_of(view.district, school, group)
        loads.append((school.code, load))
    return tuple(loads)


def load_of(pupils: Fraction, fte: Hundredths, *, is_burden: bool) -> Fraction:
    """Return pupils per full-time post, or posts per 1,000 pupils.

    Examples
    --------
    >>> load_of(Fraction(500), 125, is_burden=True), load_of(Fraction(500), 125, is_burden=False)
    (Fraction(400, 1), Fraction(5, 2))
    """
    if is_burden:
        return pupils * 100 / fte if fte else NO_POST
    return 10 * fte / pupils


def levels_in(stage: LowerLoads, allocation: Allocation) -> dict[str, Fraction]:
    """Return the load, or the posts per 1,000 pupils, of every school with pupils."""
    return {
        code: load_of(pupils, allocation.fte_of.get((code, stage.position), 0), is_burden=stage.is_burden)
        for code, pupils in stage.loads
        if pupils
    }


def equal_level(stage: LowerLoads, levels: Mapping[str, Fraction]) -> float:
    """Return the equal level that is worth as much, or as bad, as these; at infinity that of the worst-off school.

    By the exponential welfare of Kolm and Pollak, weighted by pupils; the mean at an aversion of zero.
    """
    worst = max(levels.values()) if stage.is_burden else min(levels.values())
    if stage.aversion is None or worst == NO_POST:
        return float(worst)
    pupils = dict(stage.loads)
    values = np.array([float(level) for level in levels.values()])
    weights = np.array([float(pupils[code]) for code in levels])
    return kolm_pollak_equivalent(values, weights, float(stage.aversion / stage.reference), is_burden=stage.is_burden)
