"""What an objective is: stages for the solver, a score without one, and honest words."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Protocol, TypeAlias, runtime_checkable

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.money import Cents
from equity_alloc.domain.source import Source


@dataclass(frozen=True, slots=True)
class Levels:
    """What is raised at each school: its counted cents over a weight.

    Parameters
    ----------
    weights : tuple of (str, Fraction)
        Weight by school code, above zero: weighted pupils, or a target in cents. Schools without pupils are left out.
    unit : str
        "dollars per weighted pupil" or "share of target".
    cents_per_unit : int
        100 when a level is read in dollars, 1 when it is a share of a target in cents.
    """

    weights: tuple[tuple[str, Fraction], ...]
    unit: str
    cents_per_unit: int


@dataclass(frozen=True, slots=True)
class RaiseLowest:
    """Stage: raise the lowest level as far as possible, then the second lowest, and so on."""

    title: str
    levels: Levels


@dataclass(frozen=True, slots=True)
class LowerDistance:
    """Stage: lower the sum of distances of counted cents from targets.

    Parameters
    ----------
    title : str
    targets : tuple of (str, Fraction)
        Cents by school code.
    below, above : int
        Price of a cent below and above the target; (1, 0) counts shortfall only.
    """

    title: str
    targets: tuple[tuple[str, Fraction], ...]
    below: int
    above: int


@dataclass(frozen=True, slots=True)
class LowerLargestLoad:
    """Stage: lower the largest load of a full-time post over schools.

    Parameters
    ----------
    title : str
    position : str
    loads : tuple of (str, Fraction)
        Pupils (weighted as the objective says) by school code.
    """

    title: str
    position: str
    loads: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class LowerLoads:
    """Stage: lower the equal load that is as bad as the schools' loads of a post, at a given aversion to inequality.

    Parameters
    ----------
    title : str
    position : str
    loads : tuple of (str, Fraction)
        Pupils (weighted as the objective says) by school code.
    aversion : Fraction or None
        Zero or more; None is infinity: the heaviest load first, then the next.
    reference : Fraction
        Level of the whole district last year, above zero. Aversion over it is Kolm and Pollak's strength; frozen, so that
        the goal stays the same while it is pursued.
    is_burden : bool
        Pupils per post, of which less is better; else posts per 1,000 pupils, which may be zero, and more is better.
    """

    title: str
    position: str
    loads: tuple[tuple[str, Fraction], ...]
    aversion: Fraction | None
    reference: Fraction
    is_burden: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """Whose level is raised: a school's, or that of a student group over the schools that it attends.

    Parameters
    ----------
    name : str
    mass : Fraction
        Pupils (weighted as the objective says) who stand behind it, above zero.
    parts : tuple of (str, Fraction)
        Level that one counted cent gives, by school code; the unit's level is the sum of parts times counted cents.
    """

    name: str
    mass: Fraction
    parts: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class RaiseEquivalent:
    """Stage: raise the equal level that is worth as much as the units' levels, at a given aversion to inequality.

    Parameters
    ----------
    title : str
    units : tuple of Unit
    unit : str
        "dollars per weighted pupil" or "share of target".
    aversion : Fraction or None
        Zero or more; None is infinity: the lowest first, then the next.
    ceiling : Fraction or None
        Level above which more counts for nothing.
    reference : Fraction or None
        Kolm-Pollak where given: aversion over this level is its strength. Frozen, so that the goal stays the same
        while it is pursued. None is Atkinson.
    one_a_school : bool
        Whether the units are the schools one by one, each weighing as its level does: then filling is exact.
    """

    title: str
    units: tuple[Unit, ...]
    unit: str
    aversion: Fraction | None
    ceiling: Fraction | None
    reference: Fraction | None
    one_a_school: bool


@dataclass(frozen=True, slots=True)
class RaiseWorstDraws:
    """Stage: raise the mean of the lowest level over the worst share of draws, then every level as far as that allows.

    Parameters
    ----------
    title : str
    levels : Levels
    factors : tuple of (str, tuple of Fraction)
        By school code, pupils that come over pupils projected, one for each draw; a school to which nobody comes has no
        level in that draw.
    share : Fraction
        Share of the draws that counts as the worst, above 0 and at most 1.
    """

    title: str
    levels: Levels
    factors: tuple[tuple[str, tuple[Fraction, ...]], ...]
    share: Fraction


LoadStage: TypeAlias = LowerLargestLoad | LowerLoads
Stage: TypeAlias = RaiseLowest | LowerDistance | LoadStage | RaiseEquivalent | RaiseWorstDraws


@dataclass(frozen=True, slots=True)
class Optimum:
    """What the driver reached in a stage, in the stage's own unit."""

    value: float


class View(Protocol):
    """What an objective may know: the district, the levels, and targets."""

    @property
    def district(self) -> District:
        """The district with the scenario's funds."""

    @property
    def levels(self) -> Levels:
        """The scenario's level for every school with pupils."""

    @property
    def targets(self) -> tuple[tuple[str, Fraction], ...]:
        """Target of counted cents by school code."""


@runtime_checkable
class Objective(Protocol):
    """What a plan raises. Instance fields are settings, described by `setting()`.

    Attributes
    ----------
    code : str
    place : int
        In lists: goals for all schools' levels first, those for one position or an agreed outcome last.
    title : str
    field_name : str
        The name under which the literature knows it.
    good_for, ignores, misleads : str
        The card: one sentence each.
    score_unit : str
        Unit of the score's entries.
    source : Source
    """

    code: ClassVar[str]
    place: ClassVar[int]
    title: ClassVar[str]
    field_name: ClassVar[str]
    good_for: ClassVar[str]
    ignores: ClassVar[str]
    misleads: ClassVar[str]
    score_unit: ClassVar[str]
    source: ClassVar[Source]

    def stages(self, view: View) -> Generator[Stage, Optimum, None]:
        """Yield what to raise or lower next; receive what was reached."""

    def score(self, view: View, allocation: Allocation) -> tuple[Fraction, ...]:
        """Return the score without a solver, larger is better, compared entry by entry."""

    def explain(self, view: View) -> str:
        """Return one or two sentences with this district's numbers."""


def level_of(levels: Levels, counted: Cents, weight: Fraction) -> Fraction:
    """Return a level in the levels' unit.

    Examples
    --------
    >>> float(level_of(Levels((), "dollars per weighted pupil", 100), 500_000, Fraction(10)))
    500.0
    """
    return Fraction(counted) / weight / levels.cents_per_unit
