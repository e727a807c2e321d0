"""Stay closest to the formula: least total deviation from targets."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.domain.source import Source
from equity_alloc.objectives.base import LowerDistance, Optimum, Stage, View


@dataclass(frozen=True, slots=True)
class LeastDeviation:
    """For a fixed formula: the rules move schools away from it as little as possible."""

    code: ClassVar[str] = "least-deviation"
    place: ClassVar[int] = 50
    title: ClassVar[str] = "Stay closest to the formula: least total deviation"
    field_name: ClassVar[str] = "least absolute deviations (L1) from target"
    good_for: ClassVar[str] = "Districts whose board has adopted a formula and wants the rules to bend it least."
    ignores: ClassVar[str] = "Whether one school bears the whole deviation or many share it."
    misleads: ClassVar[str] = "Money above the formula counts as badly as money below it."
    score_unit: ClassVar[str] = "dollars of deviation, as a negative number"
    source: ClassVar[Source] = Source("Bloomfield and Steiger, Least Absolute Deviations", "chapter 1", "", "1983")

    def stages(self, view: View) -> Generator[Stage, Optimum, None]:
        """One stage: lower the deviation."""
        yield LowerDistance("lower the total deviation from target", view.targets, below=1, above=1)

    def score(self, view: View, allocation: Allocation) -> tuple[Fraction, ...]:
        """Return minus the total deviation in dollars."""
        off = sum(
            (abs(target - view.district.counted_dollars(allocation, code)) for code, target in view.targets),
            Fraction(0),
        )
        return (-off / 100,)

    def explain(self, view: View) -> str:
        """Say what the targets add up to."""
        total = round(sum((target for _, target in view.targets), Fraction(0)))
        return f"The formula gives {count_words(len(view.targets), 'school')} {print_dollars(total)}; the plan stays closest to it."
