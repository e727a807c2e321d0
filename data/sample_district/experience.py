"""What the posts of each invented school cost in fact: more where staff has served longer.

In public files teachers serve fewer years where more pupils are poor; the README says how far this follows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from posts import COST, Bill
from schools import Pupils, spread

#: Change of a post's cost over the district's average for each unit of poverty share, and its spread.
SLOPE, SPREAD = -0.11, 0.03
#: Pay of these rises about half as steeply with years of service.
FLAT = ("PARA", "OFF", "SAFE")


def actual_costs(schools: Sequence[Pupils], bills: Sequence[Bill], random: Random) -> Mapping[tuple[str, str], int]:
    """Return whole dollars of a full-time post by school and position; by FTE they average to the district's cost."""
    fte = {
        (school.code, code): sum(posts for position, _, posts in bill.staffing if position == code)
        for school, bill in zip(schools, bills, strict=True)
        for code in COST
    }
    costs = {}
    for code, average in COST.items():
        rise = 0.5 if code in FLAT else 1.0
        seniority = {school.code: SLOPE * school.poor_share + SPREAD * spread(random) for school in schools}
        held = {s: 1 + rise * years for s, years in seniority.items() if fte[s, code]}
        mean = sum(fte[s, code] * share for s, share in held.items()) / sum(fte[s, code] for s in held)
        costs |= {(s, code): round(average * share / mean) for s, share in held.items()}
    return costs
