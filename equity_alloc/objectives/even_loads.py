"""Share out posts of one position by the dial: the mean load, a balance, or the heaviest load first and then the next."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.errors import EmptyDistribution, InvalidValue
from equity_alloc.domain.source import Source
from equity_alloc.objectives.base import LowerLoads, Optimum, Stage, View
from equity_alloc.objectives.dial import aversion_of, aversion_setting, own_aversion_setting
from equity_alloc.objectives.loads import equal_level, levels_in, load_of, loads_of
from equity_alloc.rules.ratio import ENROLLMENT
from equity_alloc.rules.setting import Choice, refuse_out_of_range, setting


class LoadScale(StrEnum):
    """In what the schools' posts are compared."""

    PUPILS = "pupils per post (a burden)"
    POSTS = "posts per 1,000 pupils (may be zero)"


@dataclass(frozen=True, slots=True)
class EvenLoads:
    """The equal load that is as bad as the schools' loads, at a stated aversion to inequality."""

    code: ClassVar[str] = "even-loads"
    place: ClassVar[int] = 60
    title: ClassVar[str] = "Share out a position by the aversion dial"
    field_name: ClassVar[str] = (
        "Kolm-Pollak equally distributed equivalent of a burden, or of a good that may be zero; leximax at infinity"
    )
    good_for: ClassVar[str] = (
        "Counselors, nurses or librarians, where a heavy load should count more than a light one without deciding alone."
    )
    ignores: ClassVar[str] = "Everything but this position."
    misleads: ClassVar[str] = (
        "Its strength is set by the district's load last year: the same setting is milder where everybody had few posts."
    )
    score_unit: ClassVar[str] = (
        "equal pupils per post that are as bad, as a negative number, or equal posts per 1,000 pupils; at infinity all of "
        "them, worst first"
    )
    source: ClassVar[Source] = Source(
        "Horton, Logan, Skipper and Speakman, A scalable optimization approach for equitable facility location",
        "Kolm-Pollak EDE of bads, and its exact linear form where each unit has one of finitely many levels",
        "https://arxiv.org/abs/2401.15452",
        "2024",
    )

    position: str = setting("", label="Position", choice=Choice.POSITION)
    aversion: str = aversion_setting(
        "0 lowest mean load, 1 and 2 balanced, 5 strongly for the heaviest load, infinity heaviest first, then the next."
    )
    own_aversion: Decimal = own_aversion_setting()
    scale: LoadScale = setting(
        LoadScale.PUPILS,
        label="Compared in",
        options=tuple(scale.value for scale in LoadScale),
        hint="Pupils per post need some post at every school with pupils; posts per 1,000 pupils do not.",
    )
    group: str = setting(ENROLLMENT, label="Group that counts extra", choice=Choice.GROUP)
    extra: Decimal = setting(Decimal(0), label="Extra share per pupil of the group", least="0", most="10", step="0.1")

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def stages(self, view: View) -> Generator[Stage, Optimum, None]:
        """One stage: lower the equal load, or raise the equal number of posts."""
        yield self._stage(view)

    def score(self, view: View, allocation: Allocation) -> tuple[Fraction, ...]:
        """Return minus the equal load (or the equal posts per 1,000 pupils); at infinity every school's, worst first."""
        stage = self._stage(view)
        levels = levels_in(stage, allocation)
        sign = -1 if stage.is_burden else 1
        if stage.aversion is None:
            return tuple(sorted(sign * level for level in levels.values()))
        return (sign * Fraction(equal_level(stage, levels)),)

    def explain(self, view: View) -> str:
        """Say what is shared out, and by what strength."""
        stage = self._stage(view)
        title = view.district.position_of[self.position].title
        unit = "pupils per post" if stage.is_burden else "posts per 1,000 pupils"
        if stage.aversion is None:
            return f"Places {title} so that the worst-off school stands best in {unit}, then the next."
        return (
            f"Places {title} so that the equal {unit} that would be as {'bad' if stage.is_burden else 'good'} for pupils "
            f"{'are fewest' if stage.is_burden else 'are most'}, at an aversion of {float(stage.aversion):g}; measured by the "
            f"{float(stage.reference):,.1f} {unit} of the district last year."
        )

    def _stage(self, view: View) -> LowerLoads:
        loads = loads_of(view, self.position, self.group, self.extra)
        pupils = sum((count for _, count in loads), Fraction(0))
        if not pupils:
            raise EmptyDistribution(
                "No school here has pupils, so there is nobody to share posts out by. Enter enrollment, or choose another "
                "objective."
            )
        is_burden = self.scale is LoadScale.PUPILS
        fte = sum(view.district.today.fte_of.get((code, self.position), 0) for code, _ in loads)
        aversion = aversion_of(self.aversion, self.own_aversion)
        if not fte and aversion:
            title = view.district.position_of[self.position].title
            raise InvalidValue(
                f"Nobody was {title} last year, so an aversion has no strength here. Enter last year's posts, or set the "
                "aversion to 0 or to infinity."
            )
        return LowerLoads(
            title="lower the equal load that is as bad"
            if is_burden
            else "raise the equal posts that are worth as much",
            position=self.position,
            loads=loads,
            aversion=aversion,
            reference=load_of(pupils, fte, is_burden=is_burden) if fte else Fraction(1),
            is_burden=is_burden,
        )
