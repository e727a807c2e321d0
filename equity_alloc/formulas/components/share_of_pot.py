"""A fixed pot of dollars or FTE, shared out in proportion to a count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives, gives_posts
from equity_alloc.formulas.field import amount_field, counts_field, position_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.rounding import How, Rounding
from equity_alloc.formulas.step import Op, Step, divided, given_amount, times
from equity_alloc.parameters.amount import Amount

_USUAL = Rounding(How.LARGEST_REMAINDER, Decimal("0.01"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOfPot:
    """Pot times pupils here over pupils at all schools concerned; by largest remainder the pot is met exactly."""

    kind: ClassVar[str] = "share-of-pot"
    heading: ClassVar[str] = "Share of a fixed pot"
    says: ClassVar[str] = "pot x pupils here / pupils at all schools concerned"
    rises_with: ClassVar[tuple[str, ...]] = ()

    frame: Frame
    pot: Amount = amount_field("Pot", "dollars", "FTE")
    count: tuple[str, ...] = counts_field("Shared by", is_divisor=True)
    position: str = position_field(default="")

    def __post_init__(self) -> None:
        step = self.rounding.step
        if self.rounding.how is How.LARGEST_REMAINDER and self.pot.value % step:
            raise InvalidValue(f"The pot is {self.pot.value}, which is not a whole number of steps of {step}.")
        if (self.pot.unit == "FTE") is not bool(self.position):
            raise InvalidValue("A pot of FTE needs a position, and a pot of dollars has none.")

    @property
    def gives(self) -> Gives:
        """FTE with a position, else dollars."""
        return gives_posts(self.position)

    @property
    def rounding(self) -> Rounding:
        """Largest remainder to the cent unless the formula says otherwise."""
        return self.frame.rounding or _USUAL

    def work(self, at: At) -> Step | None:
        """Refuse: one school alone has no share."""
        raise InvalidValue("A share of a pot is worked out for all schools together.")

    def together(self, everyone: Sequence[At]) -> dict[str, Step]:
        """Return every school's share, rounded together.

        Raises
        ------
        InvalidValue
            If no school has a pupil to share by.
        """
        pupils = {at.school.code: at.pupils(self.count) for at in everyone}
        total = Step(
            "at all schools concerned",
            sum((step.value for step in pupils.values()), Fraction(0)),
            "pupils",
            source="sum over schools",
        )
        if total.value == 0:
            raise InvalidValue(f"No school has {' + '.join(self.count)}, so the pot cannot be shared out by it.")
        pot = given_amount(self.pot, "pot")
        weights = {code: step.value for code, step in pupils.items()}
        shares = self.rounding.share_out(pot.value, weights)
        unit = self.gives.value
        op = Op.SHARED_OUT if self.rounding.how is How.LARGEST_REMAINDER else Op.ROUNDED
        found: dict[str, Step] = {}
        for code, here in pupils.items():
            exact = times(self.frame.label, unit, pot, divided("share", "share", here, total))
            if self.rounding.how is How.NONE:
                found[code] = exact
            else:
                found[code] = Step(self.frame.label, shares[code], unit, op, (exact,), rounding=self.rounding)
        return found
