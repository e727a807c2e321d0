"""Raise the lowest level first, then the next: leximin, with maximin as its first stage."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.number import count_words
from equity_alloc.domain.source import Source
from equity_alloc.objectives.base import Optimum, RaiseLowest, Stage, View, level_of


@dataclass(frozen=True, slots=True)
class RaiseLowestFirst:
    """Leximin over schools."""

    code: ClassVar[str] = "raise-lowest-first"
    place: ClassVar[int] = 10
    title: ClassVar[str] = "Raise the lowest school first, then the next"
    field_name: ClassVar[str] = "leximin (maximin as its first stage)"
    good_for: ClassVar[str] = "Nobody is left behind for the sake of an average."
    ignores: ClassVar[str] = "How much the schools above the lowest could gain while the lowest cannot move."
    misleads: ClassVar[str] = (
        "Where one small school cannot rise, its level says nothing about the others: look at all levels."
    )
    score_unit: ClassVar[str] = "level, lowest first"
    source: ClassVar[Source] = Source(
        "Ogryczak and Sliwinski, On direct methods for lexicographic min-max optimization",
        "section 2, lexicographic max-min",
        "",
        "2006",
    )

    def stages(self, view: View) -> Generator[Stage, Optimum, None]:
        """One stage: the driver raises every level in turn."""
        yield RaiseLowest("raise the lowest level, then the next", view.levels)

    def score(self, view: View, allocation: Allocation) -> tuple[Fraction, ...]:
        """Return all levels, lowest first."""
        return tuple(
            sorted(
                level_of(view.levels, view.district.counted_dollars(allocation, code), weight)
                for code, weight in view.levels.weights
            )
        )

    def explain(self, view: View) -> str:
        """Say what is raised."""
        return f"Raises the lowest {view.levels.unit} among {count_words(len(view.levels.weights), 'school')}, then the next lowest."
