"""Plan for other pupils than projected: raise the lowest level where the draws turn out worst."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.number import count_words, print_percent
from equity_alloc.domain.source import Source
from equity_alloc.objectives.base import Optimum, RaiseWorstDraws, Stage, View, level_of
from equity_alloc.objectives.draws import factors_of, mean_of_worst
from equity_alloc.objectives.no_level import refuse_no_level
from equity_alloc.rules.setting import refuse_out_of_range, setting

#: Draws; a hundred tell the worst tenth from the rest, and more change the plan by cents.
DRAWS = 100


@dataclass(frozen=True, slots=True)
class RaiseWorstDrawsFirst:
    """The conditional value at risk of the lowest level, over draws of enrollment."""

    code: ClassVar[str] = "raise-worst-draws"
    place: ClassVar[int] = 30
    title: ClassVar[str] = "Plan for other pupils than projected: raise the lowest level in the worst draws"
    field_name: ClassVar[str] = "conditional value at risk (CVaR) of the lowest level, stochastic maximin"
    good_for: ClassVar[str] = (
        "Projections that are often off: small schools can be far off in percent, and the plan should hold up all the same."
    )
    ignores: ClassVar[str] = "How the draws that turn out well could be better still."
    misleads: ClassVar[str] = (
        "It guards against errors of the stated size that do not depend on each other; a wave of pupils that nobody "
        "expected is in no draw."
    )
    score_unit: ClassVar[str] = "mean of the lowest level over the worst draws"
    source: ClassVar[Source] = Source(
        "Rockafellar and Uryasev, Optimization of conditional value-at-risk", "Journal of Risk 2(3), 21-41", "", "2000"
    )

    spread: Decimal = setting(
        Decimal("0.03"),
        label="How far a school's enrollment is usually off",
        unit="share",
        least="0.005",
        most="0.3",
        step="0.005",
        hint="One standard deviation: two of three schools stay within it. It should come from earlier projections.",
    )
    worst: Decimal = setting(
        Decimal("0.1"),
        label="Draws that count as the worst",
        unit="share",
        least="0.01",
        most="1",
        step="0.05",
        hint="A tenth guards against bad luck; all of them raise the mean of the lowest level.",
    )

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def stages(self, view: View) -> Generator[Stage, Optimum, None]:
        """One stage: raise the mean over the worst draws, then every level."""
        yield self._stage(view)

    def score(self, view: View, allocation: Allocation) -> tuple[Fraction, ...]:
        """Return the mean of the lowest level over the worst draws."""
        stage = self._stage(view)
        factors = dict(stage.factors)
        level = {
            code: level_of(stage.levels, view.district.counted_dollars(allocation, code), weight)
            for code, weight in stage.levels.weights
        }
        lowest = []
        for draw in range(DRAWS):
            here = [level[code] / factors[code][draw] for code in level if factors[code][draw]]
            lowest.append(min(here, default=Fraction(0)))
        return (mean_of_worst(lowest, stage.share),)

    def explain(self, view: View) -> str:
        """Say what is guarded against."""
        return (
            f"Raises the lowest {view.levels.unit} among {count_words(len(view.levels.weights), 'school')} as it would be in the worst "
            f"{print_percent(float(self.worst), 0)} of {DRAWS} draws, where each school's enrollment is usually off by "
            f"{print_percent(float(self.spread), 1)}."
        )

    def _stage(self, view: View) -> RaiseWorstDraws:
        refuse_no_level(view.levels)
        pupils = {school.code: school.enrollment for school in view.district.schools}
        return RaiseWorstDraws(
            title="raise the lowest level in the worst draws",
            levels=view.levels,
            factors=tuple(
                (code, factors_of(code, pupils[code], float(self.spread), DRAWS)) for code, _ in view.levels.weights
            ),
            share=Fraction(self.worst),
        )
