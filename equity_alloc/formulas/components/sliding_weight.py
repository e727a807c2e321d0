"""A weight that slides between two points, by the share of a group or by size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.field import amount_field, counts_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Step, added, divided, given, given_amount, greatest, least, less, times
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class SlidingWeight:
    """One weight up to the start, another from the full point on, straight between; times pupils and base.

    New Jersey's at-risk weight goes from 0.47 at 20 % to 0.57 at 60 %; Arizona's for small districts from 1.398 at
    100 pupils to 1.278 at 500.
    """

    kind: ClassVar[str] = "sliding-weight"
    heading: ClassVar[str] = "Sliding weight"
    says: ClassVar[str] = "pupils x base x (start weight + part of the way x (full weight - start weight))"
    rises_with: ClassVar[tuple[str, ...]] = ()
    gives: ClassVar[Gives] = Gives.DOLLARS

    frame: Frame
    count: tuple[str, ...] = counts_field("Pupils paid for")
    base: Amount = amount_field("Base amount", "dollars per pupil")
    by: tuple[str, ...] = counts_field("Slides with")
    share_of: tuple[str, ...] = counts_field("as a share of", default=(), is_divisor=True)
    start: Amount = amount_field("From", "share", "pupils")
    start_weight: Amount = amount_field("Weight up to there", "weight", most="20")
    full: Amount = amount_field("To", "share", "pupils")
    full_weight: Amount = amount_field("Weight from there on", "weight", most="20")

    def __post_init__(self) -> None:
        if self.full.value <= self.start.value:
            raise InvalidValue(
                f"The weight slides from {self.start.value} to {self.full.value}: 'full' must be larger."
            )
        if self.share_of and self.full.value > 1:
            raise InvalidValue("A share lies between 0 and 1: write 0.60 for 60 %.")

    def work(self, at: At) -> Step | None:
        """Return pupils times base times the weight."""
        base = given_amount(self.base, "base amount")
        return times(self.frame.label, "dollars", at.pupils(self.count), base, self.weight(at))

    def weight(self, at: At) -> Step:
        """Return the weight at a school."""
        where = at.share(self.by, self.share_of) if self.share_of else at.pupils(self.by)
        start, full = given_amount(self.start, "from"), given_amount(self.full, "to")
        way = divided(
            "part of the way",
            "factor",
            less("past the start", where.unit, where, start),
            less("width", where.unit, full, start),
        )
        held = greatest("factor", "factor", given("floor", 0, "factor"), least("not above 1", "factor", way, _ONE))
        low = given_amount(self.start_weight, "weight at the start")
        high = given_amount(self.full_weight, "weight at the full point")
        slid = times("slid", "weight", held, less("difference of weights", "weight", high, low))
        return added("weight", "weight", (low, slid))


_ONE = given("ceiling", 1, "factor")
