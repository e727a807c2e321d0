"""What other need weights would change: the plan made again with all of them lower, and with all of them higher."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.parameters.library import parameters
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.planning.summary import school_rows


@dataclass(frozen=True, slots=True)
class WeightTrial:
    """Schools that gain, or give up, whatever the weights are within a range.

    Parameters
    ----------
    low, high : Decimal
        Times the need weights.
    gain, still_gain, give_up, still_give_up : int
        Schools in the plan, and those of them that do the same under both.
    failed : tuple of Decimal
        Multiples under which no plan was found.
    """

    low: Decimal
    high: Decimal
    gain: int
    still_gain: int
    give_up: int
    still_give_up: int
    failed: tuple[Decimal, ...]


def weight_trial(plan: Plan) -> WeightTrial | None:
    """Return who gains and gives up whatever the need weights are within the shipped range; None without weights."""
    if not any(need.weight for need in plan.scenario.need_weights):
        return None
    table = parameters("hard_choices")
    factors = [table[name][-1].value for name in ("weights-low", "weights-high")]
    here = {row.code: row.counted_change for row in school_rows(plan)}
    gain = {code for code, change in here.items() if change > 0}
    give_up = {code for code, change in here.items() if change < 0}
    still_gain, still_give_up, failed = set(gain), set(give_up), []
    for factor in factors:
        other = _other(plan, factor)
        if other is None:
            failed.append(factor)
            continue
        there = {row.code: row.counted_change for row in school_rows(other)}
        still_gain &= {code for code, change in there.items() if change > 0}
        still_give_up &= {code for code, change in there.items() if change < 0}
    return WeightTrial(
        factors[0], factors[1], len(gain), len(still_gain), len(give_up), len(still_give_up), tuple(failed)
    )


def _other(plan: Plan, factor: Decimal) -> Plan | None:
    weights = tuple(
        dataclasses.replace(need, weight=min(Decimal(10), need.weight * factor)) for need in plan.scenario.need_weights
    )
    try:
        made = make_plan(plan.district, dataclasses.replace(plan.scenario, need_weights=weights))
    except EquityAllocError:
        return None
    return made if isinstance(made, Plan) else None
