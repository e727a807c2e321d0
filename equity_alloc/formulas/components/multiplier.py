"""A factor on the sum of other components."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.field import amount_field, choice_field, components_field, position_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.refusals import refuse_wrong_position
from equity_alloc.formulas.step import Step, added, given_amount, times
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiplier:
    """Factor times other components: instead of them where they are parts, on top of them where they are not."""

    kind: ClassVar[str] = "multiplier"
    heading: ClassVar[str] = "Multiplier"
    says: ClassVar[str] = "factor x sum of other components"
    rises_with: ClassVar[tuple[str, ...]] = ()

    frame: Frame
    factor: Amount = amount_field("Factor", "factor", "share", "weight", most="100")
    of: tuple[str, ...] = components_field("Of these components")
    unit: str = choice_field("Unit", *(gives.value for gives in Gives))
    position: str = position_field(default="")

    def __post_init__(self) -> None:
        refuse_wrong_position(self.unit, self.position)

    @property
    def gives(self) -> Gives:
        """As the formula says."""
        return Gives(self.unit)

    def work(self, at: At) -> Step | None:
        """Return the factor times the sum."""
        found = at.components(self.of)
        if not found:
            return None
        total = added("sum", self.unit, found)
        return times(self.frame.label, self.unit, given_amount(self.factor, "factor"), total)
