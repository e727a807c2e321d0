"""Holds a formula against last year's print: where they differ, and which component explains it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.domain.number import count_words
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.explain import print_value
from equity_alloc.formulas.facts import DistrictFacts
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.guess import Guess, guesses
from equity_alloc.formulas.printed import Difference, Printed, compare, unit_of
from equity_alloc.formulas.result import FormulaResult, Line

#: Below this a difference in dollars may be no more than rounding, component by component.
_ROUNDING = Fraction(1)


@dataclass(frozen=True, slots=True)
class Explained:
    """One difference and what explains it.

    Parameters
    ----------
    difference : Difference
    component : str
        The component that explains it; blank where none does.
    words : str
        One sentence.
    """

    difference: Difference
    component: str
    words: str


@dataclass(frozen=True)
class Reconciliation:
    """A formula and a print side by side.

    Parameters
    ----------
    result : FormulaResult
    differences : tuple of Difference
        Every printed amount, equal ones included.
    explained : tuple of Explained
        Those that are not equal.
    guesses : tuple of Guess
        Single changes under which more amounts are met, best first.
    findings : tuple of Finding
        Printed schools and items that nobody knows, and schools without a print.
    """

    result: FormulaResult
    differences: tuple[Difference, ...]
    explained: tuple[Explained, ...]
    guesses: tuple[Guess, ...]
    findings: tuple[Finding, ...]

    @property
    def matches(self) -> int:
        """How many printed amounts are met exactly."""
        return len(self.differences) - len(self.explained)

    @property
    def words(self) -> str:
        """One or two sentences."""
        text = f"{self.matches} of {len(self.differences)} printed amounts are met exactly."
        return f"{text} {self.guesses[0].words}" if self.guesses else text


def reconcile(
    formula: Formula,
    facts: DistrictFacts,
    printed: Sequence[Printed],
    *,
    file: str = "printed",
    told: Callable[[int, int], None] | None = None,
) -> Reconciliation:
    """Return where a formula and a print differ, and why as far as it can be told.

    Parameters
    ----------
    formula : Formula
    facts : DistrictFacts
    printed : sequence of Printed
    file : str
        Name of the print, for findings.
    told : callable (tried, of) or None
        Called while explanations are tried.

    Raises
    ------
    InvalidValue
        If the formula does not fit the district.
    """
    result = evaluate(formula, facts)
    items = {"", *formula.component_of, *formula.positions}
    findings = [_unknown(file, entry, items) for entry in printed if not _is_known(entry, facts, items)]
    usable = _once([entry for entry in printed if _is_known(entry, facts, items)], file, findings)
    without = sorted(set(facts.school_of) - {entry.school for entry in usable})
    if without:
        findings.append(
            Finding(
                "print-missing",
                Severity.WARNING,
                file,
                ", ".join(without),
                f"{len(without)} of {len(facts.schools)} schools have no printed amount.",
                "They are not part of the comparison.",
                "Add them, if they were printed.",
            )
        )
    differences = compare(result, usable)
    unequal = [entry for entry in differences if not entry.is_equal]
    explained = tuple(_explain(result, entry) for entry in unequal)
    found = guesses(formula, facts, usable, told=told) if unequal else ()
    return Reconciliation(result, differences, explained, found, tuple(findings))


def _is_known(entry: Printed, facts: DistrictFacts, items: set[str]) -> bool:
    return entry.school in facts.school_of and entry.item in items


def _once(printed: Sequence[Printed], file: str, findings: list[Finding]) -> list[Printed]:
    """Return the first amount of each school and item; those that stand there again become findings."""
    first: dict[tuple[str, str], Printed] = {}
    for entry in printed:
        before = first.setdefault((entry.school, entry.item), entry)
        if before is not entry:
            findings.append(_twice(file, entry, before))
    return list(first.values())


def _twice(file: str, entry: Printed, before: Printed) -> Finding:
    where = f" in line {before.line}" if before.line else ""
    item = f"'{entry.item}'" if entry.item else "its dollars"
    return Finding(
        "print-twice",
        Severity.ERROR,
        _place(file, entry),
        f"{entry.school} {entry.item}".strip(),
        f"School {entry.school} has an amount for {item}{where} already.",
        "It is not clear which of the two was printed, and this one is not compared.",
        "Delete one of them, or add them up to one line.",
    )


def _place(file: str, entry: Printed) -> str:
    return f"{file}:{entry.line}" if entry.line else file


def _unknown(file: str, entry: Printed, items: set[str]) -> Finding:
    named = f"the item '{entry.item}'" if entry.item not in items else f"school {entry.school}"
    return Finding(
        "print-unknown",
        Severity.ERROR,
        _place(file, entry),
        f"{entry.school} {entry.item}".strip(),
        f"The print names {named}, which is unknown here.",
        "It cannot be compared.",
        f"Use the school's code, and one of: {', '.join(sorted(items - {''}))}; blank for the school's dollars.",
    )


def _explain(result: FormulaResult, entry: Difference) -> Explained:
    school, gap = entry.printed.school, entry.difference
    label = result.facts.school_of[school].label
    if gap is None:
        reasons = [line for line in result.lines_of[school] if line.reason]
        name = reasons[0].component if reasons else entry.printed.item
        return Explained(
            entry, name, f"{label}: the formula's result is unknown. {reasons[0].reason if reasons else ''}"
        )
    size = print_value(abs(gap), unit_of(result.formula, entry.printed.item))
    shown = f"{label}: the print is {size} {'more' if gap > 0 else 'less'} than the formula"
    if entry.printed.item in result.formula.component_of:
        return Explained(entry, entry.printed.item, f"{shown} in '{entry.printed.item}'.")
    gives = Gives.FTE if entry.printed.item else Gives.DOLLARS
    lines = [line for line in result.lines_of[school] if line.adds and line.gives is gives]
    if entry.printed.item:
        lines = [line for line in lines if line.position == entry.printed.item]
    for line in lines:
        if line.value is not None and line.value != 0 and abs(gap) == abs(line.value):
            how = "is not in the print" if gap == -line.value else "is in the print twice"
            return Explained(entry, line.component, f"{shown}: exactly '{line.component}', which {how}.")
    nearest = _rounds_away(lines, gap)
    if nearest:
        return Explained(entry, nearest, f"{shown}: as much as rounding '{nearest}' another way.")
    if gives is Gives.DOLLARS and abs(gap) < _ROUNDING * max(1, len(lines)):
        return Explained(entry, "", f"{shown}: no more than rounding of {count_words(len(lines), 'component')}.")
    return Explained(entry, "", f"{shown}; no single component explains it.")


def _rounds_away(lines: Sequence[Line], gap: Fraction) -> str:
    """Return the component whose exact value, before rounding, differs from its result by the gap."""
    for line in lines:
        if line.trace is not None and line.trace.rounding is not None and line.trace.of:
            step = Fraction(line.trace.rounding.step)
            off = line.trace.of[0].value - line.trace.value
            if off != 0 and (gap == off or (abs(gap) == step and (gap > 0) == (off > 0))):
                return line.component
    return ""
