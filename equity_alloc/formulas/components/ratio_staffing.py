"""Posts by ratio: so many FTE for so many pupils."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.field import amount_field, counts_field, plain_amount, position_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Step, divided, given_amount, times
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioStaffing:
    """Pupils over the ratio, times the FTE that stand for it: 1 for 250, or 1.253 for a prototype of 400."""

    kind: ClassVar[str] = "ratio-staffing"
    heading: ClassVar[str] = "Staffing by ratio"
    says: ClassVar[str] = "pupils / ratio x FTE"
    rises_with: ClassVar[tuple[str, ...]] = ("count",)
    gives: ClassVar[Gives] = Gives.FTE

    frame: Frame
    position: str = position_field()
    count: tuple[str, ...] = counts_field("Pupils")
    pupils: Amount = amount_field("For so many pupils", "pupils per FTE", "pupils", is_divisor=True)
    fte: Amount = amount_field("so many FTE", "FTE", default=plain_amount("1", "FTE"), most="1000")

    def work(self, at: At) -> Step | None:
        """Return pupils over the ratio, times the FTE."""
        ratio = given_amount(self.pupils, "ratio")
        if self.fte.value == 1:
            return divided(self.frame.label, "FTE", at.pupils(self.count), ratio)
        times_over = divided("times over", "factor", at.pupils(self.count), ratio)
        return times(self.frame.label, "FTE", times_over, given_amount(self.fte, "FTE"))
