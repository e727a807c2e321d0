"""What a gap is: a student group beside everybody outside it, with how sure the difference is and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.inequity.trend import Trend
from equity_alloc.measures.disproportion.shrunk_ratio import ShrunkRatio


class Area(StrEnum):
    """The three parts of an audit, from what schools get to how pupils fare."""

    RESOURCES = "resources"
    ACCESS = "access"
    OUTCOMES = "outcomes"


class Certainty(StrEnum):
    """How sure it is that a difference is more than chance, the surest first."""

    COUNTED = "counted in full"
    STANDS_OUT = "more than chance"
    MAY_BE_CHANCE = "may be chance"
    TOO_FEW = "too few to say"


@dataclass(frozen=True, slots=True)
class GroupGap:
    """One indicator for one student group.

    Parameters
    ----------
    area : Area
    title : str
        What is compared.
    group : str
        Title of the student group.
    is_audit_only : bool
    pupils : int
        Of the group, at the schools compared.
    unit : str
        Of the values: "share of pupils", "posts per 100 pupils", "dollars per pupil".
    more_is_better : bool
    value, other : float
        Of the group and of everybody outside it.
    between, within : float
        Parts of the difference that lie between schools and inside them; together they are the difference.
    like_for_like : float
        The difference between schools of one kind, over all kinds; for access and outcomes, which count certain grades,
        the whole difference.
    worth : float or None, dollars per weighted pupil
        What the difference, like for like, comes to at average cost; None for access and outcomes.
    certainty : Certainty
    interval : tuple of float or None
        Of the difference, 95 %; None where nothing is left to chance, or too few pupils are compared.
    ratio : float or None
        Risk ratio; None for dollars and posts, where too few pupils are compared, and where nobody else has a case.
    ratio_interval : tuple of float or None
    chance : float or None
        Probability of a difference at least as unlikely, by chance alone; None for dollars and posts.
    places : tuple of (str, float, float)
        School code with its parts between and within, the largest contribution to the gap first.
    left_out : tuple of str
        Codes of schools whose counts are unknown.
    year, source : str
    n_schools : int
        With known counts.
    design_effect : float
        By how much schools that differ as a whole widen the intervals; one where nothing is left to chance, or where too
        few schools are known to tell.
    other_pupils : int
        Outside the group, at the schools compared.
    shrunk : ShrunkRatio or None
        The ratio drawn toward one as far as few pupils ask for, and how likely it lies beyond the line; None for dollars
        and posts, where too few pupils are compared, and where fewer than three groups are counted.
    trend : Trend or None
        None where one year only is counted, and where too few pupils are compared.
    """

    area: Area
    title: str
    group: str
    is_audit_only: bool
    pupils: int
    unit: str
    more_is_better: bool
    value: float
    other: float
    between: float
    within: float
    like_for_like: float
    worth: float | None
    certainty: Certainty
    interval: tuple[float, float] | None
    ratio: float | None
    ratio_interval: tuple[float, float] | None
    chance: float | None
    places: tuple[tuple[str, float, float], ...]
    left_out: tuple[str, ...]
    year: str
    source: str
    n_schools: int = 0
    design_effect: float = 1.0
    other_pupils: int = 0
    shrunk: ShrunkRatio | None = None
    trend: Trend | None = None

    @property
    def difference(self) -> float:
        """The group's value less that of everybody outside it, in the unit."""
        return self.value - self.other

    @property
    def is_adverse(self) -> bool:
        """Whether the group fares worse than the others, like compared with like too."""
        sign = -1 if self.more_is_better else 1
        return sign * self.difference > 0 and sign * self.like_for_like > 0

    @property
    def stands_out_alone(self) -> bool | None:
        """Whether its own interval leaves zero out, as if nothing else were compared; None where no interval is told."""
        return None if self.interval is None else not self.interval[0] <= 0 <= self.interval[1]

    @property
    def size(self) -> float:
        """How large the difference is, like for like.

        Resources in dollars per weighted pupil; access and outcomes as a share of the others' value, infinite where the
        others have none. The two are never compared with each other.
        """
        if self.worth is not None:
            return abs(self.worth)
        if self.like_for_like == 0:
            return 0.0
        return abs(self.like_for_like) / self.other if self.other else float("inf")

    @property
    def touched(self) -> float | None:
        """Pupils of the group whose case would be another at the others' rate; None for dollars and posts."""
        return None if self.chance is None else abs(self.difference) * self.pupils

    @property
    def movable(self) -> float:
        """The share of the difference that lies between schools, from 0 to 1.

        Money moved between schools cannot close more than this part.
        """
        if self.difference == 0 or self.between / self.difference <= 0:
            return 0.0
        return min(1.0, self.between / self.difference)
