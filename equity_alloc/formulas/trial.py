"""Tries a changed formula against a print: first at a few schools, and at all only where it explains some of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.formulas.base import Pooled
from equity_alloc.formulas.evaluate import evaluate, evaluate_again
from equity_alloc.formulas.facts import DistrictFacts
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.printed import Difference, Printed, compare
from equity_alloc.formulas.result import FormulaResult

#: Schools at which a change is tried first, and the share of their differing amounts that it must meet to be tried at all.
#: One that explains more than half of what differs meets so few of so many, evenly drawn, less than once in a million times.
FIRST, FEWEST = 40, 0.1


class Trial:
    """A formula worked out, and what of a print it does not meet.

    Parameters
    ----------
    formula : Formula
    facts : DistrictFacts
    printed : sequence of Printed
    """

    def __init__(self, formula: Formula, facts: DistrictFacts, printed: Sequence[Printed]) -> None:
        self.formula, self.facts, self.printed = formula, facts, tuple(printed)
        self.result = evaluate(formula, facts)
        self.now = compare(self.result, self.printed)

    def under(self, changed: Formula, names: Collection[str] | None) -> tuple[Difference, ...]:
        """Return every printed amount beside a changed formula's; none where it meets hardly any of those that differ.

        Parameters
        ----------
        changed : Formula
        names : collection of str or None
            Components that differ; None where any may.
        """
        if self._misses_the_first(changed, names):
            return ()
        return compare(_worked_out(self.result, changed, names), self.printed)

    @cached_property
    def _first(self) -> tuple[FormulaResult, tuple[Printed, ...]] | None:
        """The formula's result at a few schools that differ, evenly drawn, with what was printed of them."""
        pots = any(isinstance(component, Pooled) for component in self.formula.components)
        codes = sorted({entry.printed.school for entry in self.now if not entry.is_equal})
        if pots or len(codes) <= FIRST:
            return None
        drawn = {codes[place * len(codes) // FIRST] for place in range(FIRST)}
        facts = replace(self.facts, schools=tuple(school for school in self.facts.schools if school.code in drawn))
        lines = tuple(line for line in self.result.lines if line.school in drawn)
        differing = (entry.printed for entry in self.now if not entry.is_equal and entry.printed.school in drawn)
        return FormulaResult(self.formula, facts, lines, ()), tuple(differing)

    def _misses_the_first(self, changed: Formula, names: Collection[str] | None) -> bool:
        if self._first is None:
            return False
        few, differing = self._first
        try:
            met = sum(entry.is_equal for entry in compare(_worked_out(few, changed, names), differing))
            return met <= FEWEST * len(differing)
        except EquityAllocError:  # a count that none of the few has; all of them decide
            return False


def _worked_out(result: FormulaResult, changed: Formula, names: Collection[str] | None) -> FormulaResult:
    return evaluate(changed, result.facts) if names is None else evaluate_again(result, changed, names)
