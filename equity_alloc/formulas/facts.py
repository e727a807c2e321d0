"""What a formula may know: one frozen record for each school, and what holds for the district."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents

ENROLLMENT = "enrollment"
#: How counts of a grade are named: "grade K", "grade 1" ...; one more pupil in a grade is one more enrolled.
GRADE = "grade "

#: Pupils by name of the count; full-time equivalents may have decimals; None is unknown and never zero.
Count: TypeAlias = int | Decimal | None


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What is known about one school.

    Parameters
    ----------
    code, name, kind : str
    counts : tuple of (str, Count)
        Enrollment, grades ("grade K"), student groups, counts on other dates: each by its name.
    flags : tuple of str
        What holds for the school: "served by T1A", "year-round" ...
    unknown_flags : tuple of str
        Of what nobody has said whether it holds here.
    last_year : Cents or None
        What it had last year; None where unknown.
    actual_costs : tuple of (str, Cents)
        Actual average cost of a full-time post here, by position.

    Raises
    ------
    InvalidValue
        If a count is negative or not a number.
    """

    code: str
    name: str
    kind: str
    counts: tuple[tuple[str, Count], ...] = ()
    flags: tuple[str, ...] = ()
    last_year: Cents | None = None
    actual_costs: tuple[tuple[str, Cents], ...] = ()
    unknown_flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, count in self.counts:
            if count is not None and (not Decimal(count).is_finite() or count < 0):
                raise InvalidValue(f"{self.label}: {name} is {count}. A count is zero or more, or unknown.")

    @property
    def label(self) -> str:
        """Name with code, for sentences."""
        return f"{self.name} (code {self.code})"


@dataclass(frozen=True)
class DistrictFacts:
    """What is known about a district's schools, sorted by code.

    Parameters
    ----------
    name, year : str
    schools : tuple of SchoolFacts
    average_costs : tuple of (str, Cents)
        District-average cost of a full-time post, by position.
    audit_only : tuple of str
        Names of counts and flags that may be audited but can never drive an allocation; they themselves stay outside.

    Raises
    ------
    InvalidValue
        If two schools share a code.
    """

    name: str
    year: str
    schools: tuple[SchoolFacts, ...]
    average_costs: tuple[tuple[str, Cents], ...] = ()
    audit_only: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "schools", tuple(sorted(self.schools, key=lambda school: school.code)))
        codes = [school.code for school in self.schools]
        if len(set(codes)) != len(codes):
            raise InvalidValue("Two schools share a code. Identity is the code, never the name.")

    @cached_property
    def columns(self) -> frozenset[str]:
        """Names of all counts that at least one school carries."""
        return frozenset(name for school in self.schools for name, _ in school.counts)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of school seen here."""
        return frozenset(school.kind for school in self.schools)

    @cached_property
    def flags(self) -> frozenset[str]:
        """The flags that at least one school carries, or may carry."""
        return frozenset(flag for school in self.schools for flag in (*school.flags, *school.unknown_flags))

    @cached_property
    def average_cost_of(self) -> dict[str, Cents]:
        """District-average cost of a full-time post by position."""
        return dict(self.average_costs)

    @cached_property
    def school_of(self) -> dict[str, SchoolFacts]:
        """Schools by code."""
        return {school.code: school for school in self.schools}
