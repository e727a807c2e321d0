"""Posts that follow other posts: specialists by homerooms, aides by teachers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.field import amount_field, components_field, plain_amount, position_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Step, added, divided, given_amount, times
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPerStaff:
    """So many FTE for so many FTE of other components."""

    kind: ClassVar[str] = "staff-per-staff"
    heading: ClassVar[str] = "Staff per staff"
    says: ClassVar[str] = "FTE of other components / per x FTE"
    rises_with: ClassVar[tuple[str, ...]] = ()
    gives: ClassVar[Gives] = Gives.FTE

    frame: Frame
    position: str = position_field()
    of: tuple[str, ...] = components_field("Follows these components")
    per: Amount = amount_field("For so many FTE of them", "FTE", default=plain_amount("1", "FTE"), is_divisor=True)
    fte: Amount = amount_field("so many FTE", "FTE", "share", "factor", most="1000")

    def work(self, at: At) -> Step | None:
        """Return the FTE that follow."""
        found = at.components(self.of)
        if not found:
            return None
        times_over = divided("times over", "factor", added("sum", "FTE", found), given_amount(self.per, "per"))
        return times(self.frame.label, "FTE", times_over, given_amount(self.fte, "FTE"))
