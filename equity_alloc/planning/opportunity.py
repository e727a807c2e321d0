"""Opportunity gaps: who has how many of which posts, at the schools of most and of least need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_alloc.measures.quintile_ratio import quintile_means
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import need_group


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """Full-time posts of one position per 100 pupils, in the fifth of pupils at the schools of least and of most need.

    Parameters
    ----------
    code, title : str
    least_today, most_today, least_plan, most_plan : float
    """

    code: str
    title: str
    least_today: float
    most_today: float
    least_plan: float
    most_plan: float

    @property
    def gap_today(self) -> float:
        """Most need less least need, today; above zero where need has more."""
        return self.most_today - self.least_today

    @property
    def gap_plan(self) -> float:
        """Most need less least need, in the proposal."""
        return self.most_plan - self.least_plan


def opportunity_rows(plan: Plan) -> tuple[OpportunityRow, ...]:
    """Return a row for each position that some school has, in order of codes; none where need is not known everywhere."""
    group = need_group(plan.district)
    schools = [school for school in plan.district.schools if school.enrollment]
    counts = [None if group is None else school.group(group) for school in schools]
    if not schools or any(count is None for count in counts):
        return ()
    pupils = np.array([school.enrollment for school in schools], float)
    need = np.array([float(count or 0) for count in counts]) / pupils
    rows = []
    for position in sorted(plan.district.positions, key=lambda each: each.code):
        found: list[float] = []
        for allocation in (plan.view.district.today, plan.allocation):
            posts = np.array([allocation.fte_of.get((s.code, position.code), 0) for s in schools], float)
            found += quintile_means(posts / pupils, pupils, need)
        if any(found):
            rows.append(OpportunityRow(position.code, position.title, *found))
    return tuple(rows)
