"""A share of what a school had last year."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.errors import UnknownNeed
from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.field import amount_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Step, given, given_amount, times
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOfLastYear:
    """Share times last year's dollars; a school whose last year is unknown has an unknown result."""

    kind: ClassVar[str] = "share-of-last-year"
    heading: ClassVar[str] = "Share of last year"
    says: ClassVar[str] = "share x last year's dollars"
    rises_with: ClassVar[tuple[str, ...]] = ()
    gives: ClassVar[Gives] = Gives.DOLLARS

    frame: Frame
    share: Amount = amount_field("Share of last year", "share", "factor", most="10")

    def work(self, at: At) -> Step | None:
        """Return the share of last year's dollars."""
        if at.school.last_year is None:
            raise UnknownNeed(
                f"{at.school.label}: last year's dollars are unknown, and unknown is not zero. Enter them."
            )
        before = given("last year", Fraction(at.school.last_year, 100), "dollars", "last year of this school")
        return times(self.frame.label, "dollars", given_amount(self.share, "share"), before)
