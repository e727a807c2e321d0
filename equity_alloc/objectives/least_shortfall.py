"""Close adequacy gaps: least total shortfall from targets."""

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
class LeastShortfall:
    """The fewest dollars missing to bring every school to its target."""

    code: ClassVar[str] = "least-shortfall"
    place: ClassVar[int] = 40
    title: ClassVar[str] = "Close adequacy gaps: least total shortfall"
    field_name: ClassVar[str] = "total shortfall (poverty gap, FGT 1)"
    good_for: ClassVar[str] = "Districts that have judged how much is enough for each school."
    ignores: ClassVar[str] = "How the missing dollars are spread, and everything above the target."
    misleads: ClassVar[str] = "A dollar missing at the poorest school counts the same as one missing anywhere else."
    score_unit: ClassVar[str] = "dollars of shortfall, as a negative number"
    source: ClassVar[Source] = Source(
        "Foster, Greer and Thorbecke, A class of decomposable poverty measures",
        "Econometrica 52(3), 761-766",
        "",
        "1984",
    )

    def stages(self, view: View) -> Generator[Stage, Optimum, None]:
        """One stage: lower the shortfall."""
        yield LowerDistance("lower the total shortfall", view.targets, below=1, above=0)

    def score(self, view: View, allocation: Allocation) -> tuple[Fraction, ...]:
        """Return minus the total shortfall in dollars."""
        short = sum(
            (
                max(Fraction(0), target - view.district.counted_dollars(allocation, code))
                for code, target in view.targets
            ),
            Fraction(0),
        )
        return (-short / 100,)

    def explain(self, view: View) -> str:
        """Say what the targets add up to."""
        total = round(sum((target for _, target in view.targets), Fraction(0)))
        return f"Targets of {count_words(len(view.targets), 'school')} add up to {print_dollars(total)}; the shortfall from them is lowered."
