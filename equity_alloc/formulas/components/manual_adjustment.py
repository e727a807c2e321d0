"""Dollars or FTE that a person adds or takes away at named schools, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives, gives_posts
from equity_alloc.formulas.field import amount_field, position_field, schools_field, text_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Step, given
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualAdjustment:
    """The stated amount at each of the named schools; without a reason it is refused."""

    kind: ClassVar[str] = "manual-adjustment"
    heading: ClassVar[str] = "Manual adjustment"
    says: ClassVar[str] = "amount at the named schools"
    rises_with: ClassVar[tuple[str, ...]] = ()

    frame: Frame
    schools: tuple[str, ...] = schools_field("Schools")
    amount: Amount = amount_field("Amount, with its sign", "dollars", "FTE", least=None)
    reason: str = text_field("Reason")
    position: str = position_field(default="")

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise InvalidValue("A manual adjustment needs its reason.")
        if self.position and self.amount.unit == "dollars" and self.amount.source is not None:
            raise InvalidValue("An adjustment with a position is in FTE, and this value is in dollars.")

    @property
    def gives(self) -> Gives:
        """FTE with a position, else dollars."""
        return gives_posts(self.position)

    def work(self, at: At) -> Step | None:
        """Return the amount at a named school, nothing elsewhere."""
        if at.school.code not in self.schools:
            return None
        return given(self.frame.label, Fraction(self.amount.value), self.gives.value, f"by hand: {self.reason}")
