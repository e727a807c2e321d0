"""Raise levels by one dial: from most in total over proportional to the lowest first, with an optional ceiling."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.source import Source
from equity_alloc.objectives.base import Optimum, RaiseEquivalent, Stage, View
from equity_alloc.objectives.dial import aversion_of, aversion_setting, dial_card, own_aversion_setting
from equity_alloc.objectives.units import Whose, equivalent_of, unit_levels, units_of
from equity_alloc.rules.setting import refuse_out_of_range, setting


class Scale(StrEnum):
    """In what levels are compared."""

    SHARES = "shares (Atkinson)"
    DOLLARS = "dollars (Kolm-Pollak)"


@dataclass(frozen=True, slots=True)
class RaiseByDial:
    """The equal level that is worth as much as the plan, at a stated aversion to inequality."""

    code: ClassVar[str] = "level-dial"
    place: ClassVar[int] = 20
    title: ClassVar[str] = "Raise levels by one dial: most in total, proportional, balanced, or lowest first"
    field_name: ClassVar[str] = (
        "Atkinson and alpha fairness, Kolm-Pollak, utilitarian, Nash, leximin; sufficiency (FGT) by the ceiling; group "
        "parity by the unit"
    )
    good_for: ClassVar[str] = (
        "Choosing openly how much more a dollar counts where less is, and seeing whether it matters."
    )
    ignores: ClassVar[str] = "Everything above the ceiling, if there is one."
    misleads: ClassVar[str] = (
        "Where money only flows through funds under floors and caps, every value above zero gives the same plan: need "
        "weights, counted funds and rules decide."
    )
    score_unit: ClassVar[str] = "equal level worth as much; at infinity all levels, lowest first"
    source: ClassVar[Source] = Source(
        "Atkinson, On the Measurement of Inequality, Journal of Economic Theory 2(3)",
        "pages 244-263; Mo and Walrand, Fair end-to-end window-based congestion control, section II, for alpha fairness",
        "",
        "1970",
    )

    aversion: str = aversion_setting(
        "0 most in total, 1 proportional, 2 balanced, 5 strongly for the lowest, infinity lowest first."
    )
    own_aversion: Decimal = own_aversion_setting()
    unit: Whose = setting(
        Whose.SCHOOL,
        label="Whose level",
        options=tuple(whose.value for whose in Whose),
        hint="Worst off among schools, among student groups and everybody outside them, or among groups within schools.",
    )
    scale: Scale = setting(
        Scale.SHARES,
        label="Compared in",
        options=tuple(scale.value for scale in Scale),
        hint="Shares need levels above zero; dollars also take levels of zero.",
    )
    ceiling: Decimal = setting(
        Decimal(0),
        label="Enough is enough at",
        least="0",
        most="1000000",
        step="50",
        hint="A level above which more counts for nothing, in the level's own unit; zero for none.",
    )

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def stages(self, view: View) -> Generator[Stage, Optimum, None]:
        """One stage: raise the equivalent level."""
        yield self._stage(view)

    def score(self, view: View, allocation: Allocation) -> tuple[Fraction, ...]:
        """Return the equivalent level, or at infinity all levels, lowest first, each up to the ceiling."""
        stage = self._stage(view)
        levels = unit_levels(stage.units, view, allocation)
        if stage.aversion is None:
            capped = levels if stage.ceiling is None else [min(level, stage.ceiling) for level in levels]
            return tuple(sorted(capped))
        return (Fraction(equivalent_of(stage, levels)),)

    def explain(self, view: View) -> str:
        """Say which setting of the dial it is, and over how many."""
        stage = self._stage(view)
        card = dial_card(self.aversion)
        upto = f", up to {float(self.ceiling):,g}" if self.ceiling else ""
        return (
            f"{card.name}: {card.field_name}, over {len(stage.units)} levels in {view.levels.unit}{upto}. "
            f"{card.good_for}"
        )

    def _stage(self, view: View) -> RaiseEquivalent:
        units = units_of(view, self.unit)
        reference = None
        if self.scale is Scale.DOLLARS:
            today = unit_levels(units, view, view.district.today)
            masses = sum((unit.mass for unit in units), Fraction(0))
            reference = sum((unit.mass * level for unit, level in zip(units, today, strict=True)), Fraction(0)) / masses
            if reference <= 0:
                raise InvalidValue(
                    "The mean level of last year is zero, so dollars of difference have no measure. Enter last year's "
                    "spending, or compare in shares."
                )
        return RaiseEquivalent(
            title="raise the equal level that is worth as much",
            units=units,
            unit=view.levels.unit,
            aversion=aversion_of(self.aversion, self.own_aversion),
            ceiling=Fraction(self.ceiling) if self.ceiling else None,
            reference=reference,
            one_a_school=self.unit is Whose.SCHOOL,
        )
