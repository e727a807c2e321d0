"""An intervention: what it costs, in what dose, how sure its effect is, and which causes it acts on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.ingredients import Ingredients
from equity_alloc.domain.money import MOST_CENTS, Cents
from equity_alloc.domain.record import later

#: Tiers of evidence, the strongest first; 4 is a rationale that somebody evaluates.
TIERS = (1, 2, 3, 4)
#: In what effects are measured; a limit on what a pupil may gain speaks of standard deviations.
UNITS = ("SD", "share of pupils", "days")
#: How a tier is written where nobody has rated the evidence.
UNRATED = "not rated"


@dataclass(frozen=True, slots=True)
class Effect:
    """What one pupil reached may gain; above zero is good for pupils.

    Parameters
    ----------
    outcome : str
        What is measured. Effects on different outcomes are never added.
    unit : str
        "SD" (standard deviations), "share of pupils" or "days".
    low, middle, high : Decimal
        The range in which the effect lies; the low end may be below zero, which would harm.

    Raises
    ------
    InvalidValue
        If outcome or unit is blank or another unit, or the three are not in order.
    """

    outcome: str
    unit: str
    low: Decimal
    middle: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if not self.outcome.strip() or not self.unit.strip():
            raise InvalidValue("An effect has an outcome and a unit. Name what is measured, and in what.")
        if self.unit not in UNITS:
            raise InvalidValue(f"The effect on {self.outcome} is in {self.unit}. Write one of: {', '.join(UNITS)}.")
        if not self.low <= self.middle <= self.high:
            raise InvalidValue(
                f"The effect on {self.outcome} goes from {self.low} over {self.middle} to {self.high}. Write the three in "
                "order, the smallest gain for pupils first."
            )
        if max(abs(self.low), abs(self.high)) > 1_000:
            raise InvalidValue(f"The effect on {self.outcome} is over 1,000 {self.unit}, which no study has found.")


@dataclass(frozen=True, slots=True)
class Band:
    """The middle of an effect in programs of at least so many pupils."""

    pupils: int
    middle: Decimal


@dataclass(frozen=True, slots=True)
class Cost:
    """What one unit costs, and in the dollars of which year.

    Parameters
    ----------
    low, middle, high : Cents
    year : int or None
        None where the studies mix years, or the amount is the district's own.

    Raises
    ------
    InvalidValue
        If an amount is zero or less, or the three are not in order.
    """

    low: Cents
    middle: Cents
    high: Cents
    year: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.middle <= self.high <= MOST_CENTS or self.middle == 0:
            raise InvalidValue("The cost of a unit must be above zero, with low, middle and high in order.")


@dataclass(frozen=True, slots=True)
class Intervention:
    """Something that a district can do at a school about a cause.

    Parameters
    ----------
    code, title : str
    causes : tuple of str
        Kinds of causes on which it acts.
    unit, dosage : str
        What is bought once, and how much of it a pupil gets.
    cost : Cost or None
        None where no cost is known; then no money can go to it.
    effect : Effect or None
        None where no range is known, as for access standards, which stand on law and values.
    bands : tuple of Band
        How the effect shrinks in larger programs, the smallest first; empty where that is unknown.
    tier : int or None
        1 to 4; None where nobody has rated it. Where studies differ, the weaker one.
    tier_verified : bool
    reach : int, pupils
        Pupils whom one unit reaches; 0 for every pupil of the group at the school.
    least, step : int, units
        Fewest at one school, and how many are bought together.
    coverage : Decimal, share
        Most of the pupils of the group whom it can reach at one school.
    grades, kinds : tuple of str
        Grades and kinds of schools for which it is made; empty for all.
    harm_kinds : tuple of str
        Kinds of schools at which it has done harm.
    supply : int or None, units
        Most that the district can hire or find; None where nobody has said.
    recurring : bool
        Whether it costs every year.
    lead_months : int or None
    apart_from : tuple of str
        Codes of interventions that do the same work at a school.
    scale_words, fade_words, equity_words, supply_words, caution : str
    source, provenance : str
        Where it is written, and how much of it was read.
    is_local : bool
        Whether the district has written it or changed it.
    local_source : str
        Where the district's own numbers are written.
    is_standard : bool
        Whether it is an access standard, which stands on law or values and is held by a rule, never chosen by effect.
    ingredients : Ingredients or None
        What the district's own cost is made of; None where it has not said.

    Raises
    ------
    InvalidValue
        If something that decides is blank or out of range.
    """

    code: str
    title: str
    causes: tuple[str, ...]
    unit: str
    dosage: str = ""
    cost: Cost | None = None
    effect: Effect | None = None
    bands: tuple[Band, ...] = ()
    tier: int | None = None
    tier_verified: bool = False
    reach: int = 1
    least: int = 1
    step: int = 1
    coverage: Decimal = Decimal(1)
    grades: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    harm_kinds: tuple[str, ...] = ()
    supply: int | None = None
    recurring: bool = True
    lead_months: int | None = None
    apart_from: tuple[str, ...] = ()
    scale_words: str = ""
    fade_words: str = ""
    equity_words: str = ""
    supply_words: str = ""
    caution: str = ""
    source: str = ""
    provenance: str = ""
    is_local: bool = False
    local_source: str = ""
    is_standard: bool = later(False)
    ingredients: Ingredients | None = later(None)

    def __post_init__(self) -> None:
        for name, label in (("code", "Code"), ("title", "Title"), ("unit", "Unit")):
            if not getattr(self, name).strip():
                raise InvalidValue(f"{label} is blank. An intervention has a code, a title and a unit.")
        if not self.causes:
            raise InvalidValue(f"{self.title} acts on no cause. Name at least one kind of cause.")
        if self.tier is not None and self.tier not in TIERS:
            raise InvalidValue(f"{self.title}: the tier is {self.tier}. Write 1, 2, 3 or 4, or leave it blank.")
        if self.step < 1 or self.least < 1 or self.reach < 0:
            raise InvalidValue(
                f"{self.title}: units at once and fewest units are one or more; pupils reached zero or more."
            )
        if self.supply is not None and self.supply < 0:
            raise InvalidValue(
                f"{self.title}: supply is {self.supply}. Write how many units can be had, zero or more, or leave it blank."
            )
        if not 0 < self.coverage <= 1:
            raise InvalidValue(
                f"{self.title}: coverage is {self.coverage}. Write a share above 0 and at most 1, like 0.5."
            )
        parts = self.ingredients
        if parts and (self.cost is None or self.cost.year is not None or parts.total != self.cost.middle):
            raise InvalidValue(
                f"{self.title}: salaries, materials, space and transport must come to the district's own cost."
            )
        sizes = [band.pupils for band in self.bands]
        if sizes != sorted(set(sizes)) or (self.bands and (self.effect is None or sizes[0] != 0 or self.reach == 0)):
            raise InvalidValue(f"{self.title}: sizes of programs start at zero and rise, and need an effect.")

    @property
    def tier_words(self) -> str:
        """The tier, and whether it was looked up for this use."""
        if self.tier is None:
            return UNRATED
        return f"tier {self.tier}{'' if self.tier_verified else ' (candidate, not verified)'}"

    @property
    def cited(self) -> str:
        """The source with how much of it was read; what nobody has read again says so."""
        mark = " (holds unverified defaults)" if self.has_memory else ""
        shipped = f"{self.source}; {self.provenance}{mark}" if self.source else ""
        if not self.is_local:
            return shipped or "no source given"
        own = f"local judgement: {self.local_source or 'no source given'}"
        return f"{own}; for the rest {shipped}" if shipped else own

    @property
    def has_memory(self) -> bool:
        """Whether a number in it was written from memory and never checked against its source."""
        return "memory" in self.provenance or "assumption" in self.provenance
