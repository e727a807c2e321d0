"""Each school of a plan against the district's own average for its mix of pupils."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.measures.mix_index import expected_for_mix, mix_index
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import need_group


@dataclass(frozen=True, slots=True)
class MixRow:
    """One school.

    Parameters
    ----------
    code, name : str
    need_share : float
    expected : float, dollars per pupil
        What its mix has on average in the proposal.
    has : float, dollars per pupil
        Counted dollars in the proposal.
    today, plan : float
        Dollars per pupil over what is expected, each against its own district average.
    """

    code: str
    name: str
    need_share: float
    expected: float
    has: float
    today: float
    plan: float


def mix_rows(plan: Plan) -> tuple[tuple[MixRow, ...], tuple[str, ...]]:
    """Return a row for each school, the lowest in the proposal first, and the labels of schools whose need is unknown.

    No rows where no group could drive need, or last year or the proposal has no counted dollars to compare.
    """
    district, group = plan.view.district, need_group(plan.view.district)
    if group is None:
        return (), ()
    filled = [school for school in district.schools if school.enrollment]
    schools = [school for school in filled if school.group(group) is not None]
    unknown = tuple(school.label for school in filled if school.group(group) is None)
    if not schools:
        return (), unknown
    pupils = np.array([school.enrollment for school in schools], float)
    need = np.array([float(school.group(group) or 0) for school in schools]) / pupils
    today, has = (
        np.array([district.counted_dollars(allocation, school.code) / 100 for school in schools]) / pupils
        for allocation in (district.today, plan.allocation)
    )
    try:
        before, after = mix_index(today, pupils, need), mix_index(has, pupils, need)
    except EquityAllocError:
        return (), unknown
    expected = expected_for_mix(has, pupils, need)
    rows = [
        MixRow(s.code, s.name, float(need[i]), float(expected[i]), float(has[i]), float(before[i]), float(after[i]))
        for i, s in enumerate(schools)
    ]
    return tuple(sorted(rows, key=lambda row: (row.plan, row.code))), unknown
