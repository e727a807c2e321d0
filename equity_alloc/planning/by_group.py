"""Where student groups and kinds of schools stand, today and in the proposal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import GroupUse, School
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.measures.decomposition import Split, split_theil_t
from equity_alloc.measures.mean_per_pupil import mean_per_pupil
from equity_alloc.planning.plan import Plan


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A student group by the schools that its pupils attend, beside everybody outside it.

    Parameters
    ----------
    title : str
    is_audit_only : bool
    pupils : int
    level_today, level_plan, others_today, others_plan : float
        Mean level of the group's schools, over its pupils; and of the others'. In the plan's unit.
    posts_today, posts_plan : float
        Full-time posts per 100 pupils at the group's schools, over its pupils.
    """

    title: str
    is_audit_only: bool
    pupils: int
    level_today: float
    level_plan: float
    others_today: float
    others_plan: float
    posts_today: float
    posts_plan: float


def group_rows(plan: Plan) -> tuple[tuple[GroupRow, ...], tuple[str, ...]]:
    """Return a row for each group, and the titles of groups that some school has no count of or nobody belongs to.

    Pupils of one school stand where the school stands: nothing below the school is known, so every gap shown here lies
    between schools and none within.
    """
    view = plan.view
    weights = {code: float(weight) * view.levels.cents_per_unit for code, weight in view.levels.weights}
    schools = [school for school in view.district.schools if school.code in weights and school.enrollment]
    both = (view.district.today, plan.allocation)
    levels = [np.array([view.district.counted_dollars(a, s.code) / weights[s.code] for s in schools]) for a in both]
    posts = [np.array([_posts(a, school) for school in schools]) for a in both]
    rows, left_out = [], []
    for group in view.district.groups:
        counts = [school.group(group.code) for school in schools]
        if any(count is None for count in counts) or not any(counts):
            left_out.append(group.title)
            continue
        inside = np.array(counts, float)
        outside = np.array([school.enrollment for school in schools], float) - inside
        others = [mean_per_pupil(level, outside) if outside.any() else float("nan") for level in levels]
        rows.append(
            GroupRow(
                group.title,
                group.use is GroupUse.AUDIT,
                int(inside.sum()),
                *(mean_per_pupil(level, inside) for level in levels),
                *others,
                *(mean_per_pupil(post, inside) for post in posts),
            )
        )
    return tuple(rows), tuple(left_out)


def _posts(allocation: Allocation, school: School) -> float:
    return allocation.by_school_fte.get(school.code, 0) / school.enrollment


def split_by_kind(plan: Plan) -> tuple[Split, Split] | None:
    """Return Theil T of the levels between and within kinds of schools, today and in the proposal.

    Returns None where there is one kind only, or Theil T is not defined.
    """
    view = plan.view
    weights = dict(view.levels.weights)
    schools = [school for school in view.district.schools if school.code in weights]
    kinds = [school.kind for school in schools]
    if len(set(kinds)) < 2:
        return None
    sizes = np.array([float(weights[school.code]) for school in schools])
    splits = []
    for allocation in (view.district.today, plan.allocation):
        dollars = np.array([view.district.counted_dollars(allocation, school.code) for school in schools], float)
        try:
            splits.append(split_theil_t(dollars / sizes, sizes, kinds))
        except EquityAllocError:
            return None
    return splits[0], splits[1]
