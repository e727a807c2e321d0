"""What a formula gives: a line for each school and component, and sums of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from equity_alloc.domain.finding import Finding
from equity_alloc.domain.money import Cents
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.facts import DistrictFacts
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.step import Step


@dataclass(frozen=True, slots=True)
class Line:
    """One component's result at one school.

    Parameters
    ----------
    school, component : str
        Code and name.
    gives : Gives
    position : str
        For FTE; blank otherwise.
    adds : bool
        Whether it is part of the school's result, or only of other components.
    trace : Step or None
        How it was worked out, rounding included; None where it is unknown.
    reason : str
        Why it is unknown; blank otherwise.
    """

    school: str
    component: str
    gives: Gives
    position: str
    adds: bool
    trace: Step | None
    reason: str = ""

    @property
    def value(self) -> Fraction | None:
        """Dollars, FTE or pupils, rounded by the component's own policy; None where unknown."""
        return None if self.trace is None else self.trace.value


@dataclass(frozen=True)
class FormulaResult:
    """A formula worked out for a district.

    Parameters
    ----------
    formula : Formula
    facts : DistrictFacts
    lines : tuple of Line
        By school, then in the order of the formula; none where a component does not concern a school.
    findings : tuple of Finding
        Counts that are unknown, pots that no one can share, and what the fit of formula and district showed.
    """

    formula: Formula
    facts: DistrictFacts
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def lines_of(self) -> dict[str, tuple[Line, ...]]:
        """Lines by school code, every school included."""
        found: dict[str, list[Line]] = {school.code: [] for school in self.facts.schools}
        for line in self.lines:
            found[line.school].append(line)
        return {code: tuple(lines) for code, lines in found.items()}

    @cached_property
    def line_of(self) -> dict[tuple[str, str], Line]:
        """Lines by school code and component name."""
        return {(line.school, line.component): line for line in self.lines}

    def dollars(self, school: str) -> Cents | None:
        """Return a school's dollars, half a cent up, or None where one of its components is unknown.

        Only components that round to no cent leave anything to round here.
        """
        total = self._sum(school, Gives.DOLLARS)
        return None if total is None else math.floor(total * 100 + Fraction(1, 2))

    def fte(self, school: str, position: str = "") -> Fraction | None:
        """Return a school's FTE, of one position or of all, or None where a component is unknown."""
        return self._sum(school, Gives.FTE, position)

    def amount(self, school: str, component: str) -> Fraction | None:
        """Return one component's result at a school; zero where it does not concern it, None where unknown."""
        line = self.line_of.get((school, component))
        return Fraction(0) if line is None else line.value

    def component_total(self, component: str) -> Fraction | None:
        """Return a component's sum over schools, or None where it is unknown at one of them."""
        values = [line.value for line in self.lines if line.component == component]
        return None if None in values else sum((value for value in values if value is not None), Fraction(0))

    @property
    def total_dollars(self) -> Cents | None:
        """Dollars of all schools, or None where one is unknown."""
        amounts = [self.dollars(school.code) for school in self.facts.schools]
        return None if None in amounts else sum(amount for amount in amounts if amount is not None)

    @property
    def total_fte(self) -> Fraction | None:
        """FTE of all schools, or None where one is unknown."""
        amounts = [self.fte(school.code) for school in self.facts.schools]
        return None if None in amounts else sum((amount for amount in amounts if amount is not None), Fraction(0))

    @property
    def is_complete(self) -> bool:
        """Whether every school's result is known."""
        return all(line.trace is not None for line in self.lines)

    def _sum(self, school: str, gives: Gives, position: str = "") -> Fraction | None:
        total = Fraction(0)
        for line in self.lines_of[school]:
            if not line.adds or line.gives is not gives or (position and line.position != position):
                continue
            if line.value is None:
                return None
            total += line.value
        return total
