"""Dollars per pupil, of all pupils, of a grade band or of a student group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.field import amount_field, counts_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Step, given_amount, times
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class PerPupil:
    """Pupils times an amount.

    Where both a printed amount and a printed weight are given, the amount pays: a weight rounded for print does not
    reproduce the dollars (0.40 of $4,084.80 is $1,633.92, and $1,633.51 was paid).
    """

    kind: ClassVar[str] = "per-pupil"
    heading: ClassVar[str] = "Dollars per pupil"
    says: ClassVar[str] = "pupils x amount, or pupils x weight x base where no amount is given"
    rises_with: ClassVar[tuple[str, ...]] = ("count",)
    gives: ClassVar[Gives] = Gives.DOLLARS

    frame: Frame
    count: tuple[str, ...] = counts_field("Pupils")
    amount: Amount | None = amount_field("Amount", "dollars per pupil", default=None)
    weight: Amount | None = amount_field("Weight", "weight", "factor", default=None, most="20")
    base: Amount | None = amount_field("Base amount", "dollars per pupil", default=None)

    def __post_init__(self) -> None:
        if self.amount is None and (self.weight is None or self.base is None):
            raise InvalidValue("Give the amount per pupil, or a weight together with the base amount it multiplies.")

    def work(self, at: At) -> Step | None:
        """Return pupils times the amount."""
        if self.amount is not None:
            paid = [given_amount(self.amount, "amount per pupil")]
        else:
            both = ((self.weight, "weight"), (self.base, "base amount"))
            paid = [given_amount(amount, label) for amount, label in both if amount is not None]
        return times(self.frame.label, "dollars", at.pupils(self.count), *paid)
