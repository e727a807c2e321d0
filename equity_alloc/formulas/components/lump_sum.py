"""A lump sum to every school concerned: a foundation amount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.field import amount_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Step, given_amount
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class LumpSum:
    """The same dollars for each school concerned."""

    kind: ClassVar[str] = "lump-sum"
    heading: ClassVar[str] = "Lump sum"
    says: ClassVar[str] = "amount"
    rises_with: ClassVar[tuple[str, ...]] = ()
    gives: ClassVar[Gives] = Gives.DOLLARS

    frame: Frame
    amount: Amount = amount_field("Amount for each school", "dollars")

    def work(self, at: At) -> Step | None:
        """Return the amount."""
        return given_amount(self.amount, "amount for each school")
