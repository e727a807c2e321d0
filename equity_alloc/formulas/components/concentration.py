"""More where need is concentrated: a cliff, a ramp between a start and a full point, or the excess over a start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.facts import ENROLLMENT
from equity_alloc.formulas.field import amount_field, choice_field, components_field, counts_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Step, added, divided, given, given_amount, greatest, least, less, reached, times
from equity_alloc.parameters.amount import Amount

RAMP, CLIFF, EXCESS = "ramp", "cliff", "excess"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """A factor of the share of a group, paid per pupil or as a rate on other components.

    Ramp: 0 up to the start, 1 from the full point on, straight between. Cliff: 0 below the start, 1 from there on.
    Excess: the share less the start, never below zero.
    """

    kind: ClassVar[str] = "concentration"
    heading: ClassVar[str] = "Concentration of need"
    says: ClassVar[str] = "factor(group share) x (pupils x amount, or rate x other components)"
    rises_with: ClassVar[tuple[str, ...]] = ("group",)
    gives: ClassVar[Gives] = Gives.DOLLARS

    frame: Frame
    group: tuple[str, ...] = counts_field("Group")
    of: tuple[str, ...] = counts_field("Share of", default=(ENROLLMENT,), is_divisor=True)
    shape: str = choice_field("Shape", RAMP, CLIFF, EXCESS)
    start: Amount = amount_field("Starts at", "share", most="1")
    full: Amount | None = amount_field("In full at", "share", default=None, most="1")
    count: tuple[str, ...] = counts_field("Pupils paid for", default=())
    amount: Amount | None = amount_field("Amount", "dollars per pupil", default=None)
    base: tuple[str, ...] = components_field("On top of", default=())
    rate: Amount | None = amount_field("Rate", "share", "factor", "weight", default=None, most="10")

    def __post_init__(self) -> None:
        if (self.shape == RAMP) is not (self.full is not None):
            raise InvalidValue("A ramp needs a full point, and only a ramp has one.")
        if self.full is not None and self.full.value <= self.start.value:
            raise InvalidValue(
                f"The ramp is full at {self.full.value}, which is not above its start {self.start.value}."
            )
        per_pupil = bool(self.count) and self.amount is not None
        on_top = bool(self.base) and self.rate is not None
        if per_pupil is on_top or bool(self.count) is not (self.amount is not None):
            raise InvalidValue(
                "Give either count and amount (per pupil), or base and rate (on top of other components)."
            )

    def work(self, at: At) -> Step | None:
        """Return the factor times what it is paid on."""
        factor = self._factor(at.share(self.group, self.of))
        if self.amount is not None:
            amount = given_amount(self.amount, "amount per pupil")
            return times(self.frame.label, "dollars", factor, at.pupils(self.count), amount)
        based = at.components(self.base)
        if not based or self.rate is None:
            return None
        rate = given_amount(self.rate, "rate")
        return times(self.frame.label, "dollars", factor, rate, added("base", "dollars", based))

    def _factor(self, share: Step) -> Step:
        start = given_amount(self.start, "start")
        if self.shape == CLIFF:
            return reached("start reached", share, start)
        over = less("share over the start", "share", share, start)
        if self.full is None:
            return greatest("excess", "share", over, given("floor", 0, "share"))
        width = less("width of the ramp", "share", given_amount(self.full, "full point"), start)
        way = divided("part of the way", "factor", over, width)
        return greatest("factor", "factor", given("floor", 0, "factor"), least("not above 1", "factor", way, _ONE))


_ONE = given("ceiling", 1, "factor")
