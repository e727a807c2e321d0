"""Weighted pupils: enrollment plus the sum of weight times group count, for pots shared by need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.facts import ENROLLMENT
from equity_alloc.formulas.field import caps_field, counts_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Step, added, given_amount, times
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedPupils:
    """Pupils that other components count; it gives no dollars by itself."""

    kind: ClassVar[str] = "weighted-pupils"
    heading: ClassVar[str] = "Weighted pupils"
    says: ClassVar[str] = "pupils + sum over groups of weight x group count"
    rises_with: ClassVar[tuple[str, ...]] = ("count", "weights")
    gives: ClassVar[Gives] = Gives.PUPILS

    frame: Frame
    count: tuple[str, ...] = counts_field("Pupils", default=(ENROLLMENT,))
    weights: tuple[tuple[str, Amount], ...] = caps_field("Need weights", "weight")

    def work(self, at: At) -> Step | None:
        """Return the weighted pupils, exact."""
        parts = [at.pupils(self.count)]
        for group, weight in self.weights:
            parts.append(times(f"{group}, weighted", "pupils", at.count(group), given_amount(weight, "weight")))
        return added(self.frame.label, "pupils", parts)
