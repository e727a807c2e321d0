"""How much more a loss may count than a gain before staying with last year would be the better choice."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from equity_alloc.parameters.amount import Amount
from equity_alloc.parameters.library import parameters
from equity_alloc.planning.plan import Plan


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Gains and losses in percent of each school's level, weighted by what levels are divided by.

    Parameters
    ----------
    gains, losses : float
        Sum over schools of weight times the logarithm of the new level over the old; zero or more.
    usual : Amount
        How often people count a loss, by the literature.
    """

    gains: float
    losses: float
    usual: Amount

    @property
    def times(self) -> float | None:
        """How often a loss may count as a gain of the same percent until the two are even; None where nobody loses."""
        return self.gains / self.losses if self.losses else None

    @property
    def words(self) -> str:
        """One or two sentences."""
        times, usual = self.times, self.usual.value
        if times is None:
            return "Nobody loses, so no dislike of losses speaks for staying."
        start = f"A percent lost may count {times:.2f} times as much as a percent gained before staying with last year would be the better choice."
        if Decimal(str(times)) >= usual:
            return f"{start} People usually count it about {usual:f} times, so the plan stands."
        return f"{start} People usually count it about {usual:f} times, so by feeling many would rather stay; slower steps and an offer to those who lose matter."


def break_even(plan: Plan) -> BreakEven | None:
    """Return the break-even of a plan, or None where a school has, or had, no level.

    Parameters
    ----------
    plan : Plan

    Notes
    -----
    gain of school s = w_s ln(u_s / u_s last year) where above zero; times = sum of gains / sum of losses.
    """
    view = plan.view
    changes = []
    for code, weight in view.levels.weights:
        before, after = (view.district.counted_dollars(each, code) for each in (view.district.today, plan.allocation))
        if before <= 0 or after <= 0:
            return None
        changes.append(float(weight) * math.log(after / before))
    return BreakEven(
        sum(change for change in changes if change > 0),
        -sum(change for change in changes if change < 0),
        parameters("hard_choices")["loss-aversion"][-1],
    )
