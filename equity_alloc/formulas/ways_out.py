"""What would make a settlement add up: the loss to allow, or the money to find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.formulas.phase_in import Settlement, settle

_THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class WaysOut:
    """Two ways out of floors that cost more than there is.

    Parameters
    ----------
    most_loss : Decimal or None
        Smallest loss to allow, in thousandths, at which gains can pay; None where no floor alone would do.
    money : Cents
        What is missing under the policy as it stands.
    """

    most_loss: Decimal | None
    money: Cents

    @property
    def words(self) -> str:
        """One sentence with both ways."""
        find = f"find {print_dollars(self.money)}"
        if self.most_loss is None:
            return f"These cannot all hold, however much a school may lose: {find}."
        return f"Lower hold-harmless to {100 * (1 - self.most_loss):.1f} % of last year or {find}."


def ways_out(
    settlement: Settlement,
    *,
    pupils: Mapping[str, tuple[int, int]] | None = None,
    start: Mapping[str, Cents] | None = None,
) -> WaysOut | None:
    """Return what would make a settlement add up, or None where it is not over.

    Parameters
    ----------
    settlement : Settlement
    pupils, start : mapping or None
        As they were given to `settle`.

    Examples
    --------
    >>> from equity_alloc.formulas.gains_losses import GainsAndLosses
    >>> settled = settle({"A": 100_00, "B": 100_00}, {"A": 80_00, "B": 110_00}, GainsAndLosses(Decimal("0.05")))
    >>> print(ways_out(settled).words)
    Lower hold-harmless to 90.0 % of last year or find $5.
    """
    if settlement.imbalance <= 0:
        return None
    last = {school.school: school.last_year for school in settlement.schools}
    formula = {school.school: school.formula for school in settlement.schools}
    low, high = 0, 1000
    while low < high:
        middle = (low + high) // 2
        policy = replace(settlement.policy, most_loss=middle * _THOUSANDTH)
        if settle(last, formula, policy, pot=settlement.pot, pupils=pupils, start=start).imbalance > 0:
            low = middle + 1
        else:
            high = middle
    policy = replace(settlement.policy, most_loss=low * _THOUSANDTH)
    balances = settle(last, formula, policy, pot=settlement.pot, pupils=pupils, start=start)
    return WaysOut(low * _THOUSANDTH if balances.imbalance <= 0 else None, settlement.imbalance)
