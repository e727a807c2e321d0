"""What drove a plan: the counts and amounts that it rests on, and the proof that protected attributes did not."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator

from equity_alloc.domain.district import District, GroupUse
from equity_alloc.planning.baseline import knows_posts
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan

#: The counts are dealt out anew by this seed, so that anybody can do it again.
SEED = 20261127


def drivers(plan: Plan) -> Iterator[str]:
    """Yield what drove the plan, one sentence each; nothing in them tells a count."""
    district, scenario = plan.district, plan.scenario
    held = "posts and dollars, costs of posts" if knows_posts(plan) else "dollars"
    yield f"Enrollment, last year's {held}, appropriations, and the rules that the plan names."
    for need in scenario.need_weights:
        if need.weight:
            source = f" Source: {need.source}." if need.source else " No source is written down."
            yield f"Need weight {need.weight.normalize():f} for {district.group_of[need.group].title}.{source}"
    for fund in district.funds:
        if fund.shared_by in district.group_of:
            yield f"{fund.title} is shared out by a count of pupils: {district.group_of[fund.shared_by].title}."
    yield from plan.certificate.formula
    audit = [group for group in district.groups if group.use is GroupUse.AUDIT]
    if audit:
        yield f"{len(audit)} student groups are kept for audit only, and drove nothing."
    else:
        yield "The file holds no protected attribute."


def dealt_anew(district: District, seed: int = SEED) -> District:
    """Return the district with every audit-only count at another school, dealt out by a seed."""
    audit = {group.code for group in district.groups if group.use is GroupUse.AUDIT}
    shuffled = {}
    for code in sorted(audit):
        counts = [school.group(code) for school in district.schools]
        random.Random(f"{seed}-{code}").shuffle(counts)
        shuffled[code] = counts
    schools = tuple(
        dataclasses.replace(
            school, groups=tuple((code, shuffled[code][n] if code in audit else count) for code, count in school.groups)
        )
        for n, school in enumerate(district.schools)
    )
    return dataclasses.replace(district, schools=schools)


def is_blind(plan: Plan) -> bool | None:
    """Whether the plan stays the same to the cent when audit-only counts are dealt out anew; None where there are none."""
    other = dealt_anew(plan.district)
    if other == plan.district:
        return None
    made = make_plan(other, plan.scenario)
    return isinstance(made, Plan) and made.allocation == plan.allocation
