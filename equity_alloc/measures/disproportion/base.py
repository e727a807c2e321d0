"""What a measure of disproportion is: its words, its source, and its function of four counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from equity_alloc.domain.errors import EmptyDistribution, InvalidValue
from equity_alloc.domain.source import Source


@dataclass(frozen=True, slots=True)
class Counts:
    """A group and everybody else: how many there are, and how many of them something happened to.

    Parameters
    ----------
    cases, pupils : int
        Of the group.
    other_cases, other_pupils : int
        Of everybody else.

    Raises
    ------
    InvalidValue
        If a count is negative, or there are more cases than pupils.
    EmptyDistribution
        If the group or everybody else has no pupil.
    """

    cases: int
    pupils: int
    other_cases: int
    other_pupils: int

    def __post_init__(self) -> None:
        for cases, pupils, whose in (
            (self.cases, self.pupils, "the group"),
            (self.other_cases, self.other_pupils, "everybody else"),
        ):
            if not 0 <= cases <= pupils:
                raise InvalidValue(f"{cases} cases among {pupils} pupils of {whose} cannot be. Check both counts.")
            if pupils == 0:
                raise EmptyDistribution(f"There is no pupil in {whose}, so there is nothing to compare.")

    @property
    def risk(self) -> float:
        """Share of the group with a case."""
        return self.cases / self.pupils

    @property
    def other_risk(self) -> float:
        """Share of everybody else with a case."""
        return self.other_cases / self.other_pupils


OfCounts: TypeAlias = Callable[[Counts], float]


@dataclass(frozen=True, slots=True)
class Disproportion:
    """One way to say that a group has more or less of something than its size alone would explain.

    Parameters
    ----------
    code, title, unit, definition, formula, misleads : str
        As for a measure of spread.
    neutral : float
        Value when group and others have the same risk.
    source : Source
    of_counts : callable (Counts) -> float
    """

    code: str
    title: str
    unit: str
    definition: str
    formula: str
    misleads: str
    neutral: float
    source: Source
    of_counts: OfCounts


def refuse_without_cases(counts: Counts) -> None:
    """Raise where nobody has a case, so that no share of cases exists.

    Raises
    ------
    EmptyDistribution
    """
    if counts.cases + counts.other_cases == 0:
        raise EmptyDistribution("There is not one case, so no group has a share of the cases.")
