"""How much room a kept promise has, as a part of what it asks for."""

from __future__ import annotations

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.problem.problem import quantity_in
from equity_alloc.problem.recorded import record
from equity_alloc.rules.base import Limit, Rule

#: Below so small a part of what is asked for, a promise is at risk (deliberation, 5a: "slack within 5 %").
LITTLE = 0.05


def least_room(rule: Rule, district: District, allocation: Allocation) -> float | None:
    """Return the smallest room of any limit of a rule, as a share of what it asks for; None where it has no such limit.

    Parameters
    ----------
    rule : Rule
    district : District
        With the scenario's funds.
    allocation : Allocation

    Returns
    -------
    float or None, share
        Zero where nothing is left; below zero where it is broken.
    """
    shares = [
        share for limit in record(rule, district).limits if (share := _room(limit, district, allocation)) is not None
    ]
    return min(shares, default=None)


def _room(limit: Limit, district: District, allocation: Allocation) -> float | None:
    parts = [c * quantity_in(district, allocation, quantity) for c, quantity in limit.terms]
    value = sum(parts)
    found = []
    for end, sign in ((limit.least, 1), (limit.most, -1)):
        if end is not None:
            # A ratio asks that one sum is no less than another, so its end is zero and its size is that of the sums.
            size = abs(end) or sum(part for part in parts if part > 0)
            if size:
                found.append(sign * (value - end) / size)
    return min(found, default=None)
