"""What a measure is: its words, its claims, its source and its function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.source import Source

Floats: TypeAlias = NDArray[np.float64]
OfSpread: TypeAlias = Callable[[Floats, Floats], float]
OfNeed: TypeAlias = Callable[[Floats, Floats, Floats], float]


class Better(StrEnum):
    """Direction in which a measure says that the schools stand better."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


class Reads(StrEnum):
    """Which distribution of a plan a measure of spread is taken on."""

    LEVEL = "counted dollars per weighted pupil, weighted by weighted pupils"
    FUNDED_SHARE = "counted dollars over target, weighted by enrollment"
    TARGET_DOLLARS = "counted dollars over target, weighted by the target in dollars"


class Axiom(StrEnum):
    """A property that a measure claims; the contract tests prove each claim, and that the unclaimed ones fail.

    Attributes
    ----------
    ANONYMITY
        The order of the schools does not matter.
    SCALE
        Multiplying every value by one positive number changes nothing.
    REPLICATION
        Splitting a school in two of the same value, or doubling every weight, changes nothing.
    TRANSFER
        Dollars moved from a higher to a lower school, which does not overtake it, always make the measure better.
    ZERO_AT_EQUALITY, ONE_AT_EQUALITY
        The value when all schools have the same.
    """

    ANONYMITY = "anonymity"
    SCALE = "scale"
    REPLICATION = "replication"
    TRANSFER = "transfer"
    ZERO_AT_EQUALITY = "zero-at-equality"
    ONE_AT_EQUALITY = "one-at-equality"


@dataclass(frozen=True, slots=True)
class Measure:
    """One way to describe how a resource is spread over pupils.

    Parameters
    ----------
    code : str
        Kebab-case, stable; used in files and reports.
    title : str
        Name on screens, without final period.
    unit : str
        Unit of the value.
    better : Better
        Direction that counts as better; neither where that is for policy to say.
    definition : str
        One sentence, with the convention that was chosen where the literature has several.
    formula : str
        One line of text.
    misleads : str
        One sentence: where a reader would be led astray.
    axioms : frozenset of Axiom
        What the measure claims; whatever is not listed does not hold.
    source : Source
        Publication or regulation that defines it.
    of_spread : callable (values, weights) -> float, or None
        The function, for a measure of the values alone.
    of_need : callable (values, weights, need) -> float, or None
        The function, for a measure that also takes the need share of each school.
    of_wealth : callable (values, weights, wealth) -> float, or None
        The function, for a measure that also takes the local wealth per pupil of each school.
    reads : Reads
        The distribution that `of_spread` is taken on when a plan is measured.
    places : int
        Decimals with which the value is told, on pages, in workbooks and on paper alike; no more than tell plans apart.

    Raises
    ------
    InvalidValue
        Unless exactly one of the functions is given.
    """

    code: str
    title: str
    unit: str
    better: Better
    definition: str
    formula: str
    misleads: str
    axioms: frozenset[Axiom]
    source: Source
    of_spread: OfSpread | None = None
    of_need: OfNeed | None = None
    of_wealth: OfNeed | None = None
    reads: Reads = Reads.LEVEL
    places: int = 3

    def __post_init__(self) -> None:
        if [self.of_spread, self.of_need, self.of_wealth].count(None) != 2:
            raise InvalidValue(
                f"Measure {self.code} needs one function: of_spread, of_need if it takes need shares, or of_wealth."
            )

    @property
    def needs_share(self) -> bool:
        """Whether the measure takes the share of pupils in need at each school."""
        return self.of_need is not None

    @property
    def needs_wealth(self) -> bool:
        """Whether the measure takes the local wealth per pupil at each school."""
        return self.of_wealth is not None

    def rounded(self, value: float) -> str:
        """Return a value with the measure's own decimals, without its unit.

        Examples
        --------
        >>> from equity_alloc.catalogue import all_measures
        >>> [all_measures()[code].rounded(0.0) for code in ("gini", "theil-t", "range")]
        ['0.000', '0.00000', '0']
        """
        text = f"{value:,.{self.places}f}"
        return text if any(digit in text for digit in "123456789") else text.lstrip("-")

    def printed(self, value: float | None) -> str:
        """Return a value as people read it: with a dollar sign where it is in dollars.

        Examples
        --------
        >>> from equity_alloc.catalogue import all_measures
        >>> all_measures()["range"].printed(-1912.4), all_measures()["gini"].printed(0.03749)
        ('-$1,912', '0.037')
        """
        if value is None:
            return "not defined"
        text = self.rounded(value)
        if not self.unit.startswith("dollars"):
            return text
        return f"-${text[1:]}" if text.startswith("-") else f"${text}"

    def value(self, values: ArrayLike, weights: ArrayLike, along: ArrayLike | None = None) -> float:
        """Return the measure of a distribution.

        Parameters
        ----------
        values : array_like, shape (n_schools,)
            What each pupil of a school receives, for instance dollars per pupil.
        weights : array_like, shape (n_schools,), pupils
            Zero or more; schools with no pupils are left out. All ones gives the school-weighted measure.
        along : array_like, shape (n_schools,)
            Share of pupils in need, in [0, 1], or local wealth per pupil. Read only where `needs_share` or `needs_wealth`
            holds.

        Returns
        -------
        float
            In `unit`.

        Raises
        ------
        EmptyDistribution
            If no school has a pupil.
        InvalidValue
            If a number is missing, infinite or outside what the measure is defined for, or what it is measured along is
            not given.
        """
        known, pupils = np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64)
        if self.of_spread is not None:
            return self.of_spread(known, pupils)
        of_two = self.of_need or self.of_wealth
        if of_two is None or along is None:
            what = "local wealth per pupil" if self.needs_wealth else "share of pupils in need"
            raise InvalidValue(f"{self.title} needs the {what} at each school. Give it.")
        return of_two(known, pupils, np.asarray(along, dtype=np.float64))
