"""Works a formula out for every school, exactly."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, cast

from equity_alloc.domain.errors import InvalidValue, UnknownNeed
from equity_alloc.domain.finding import Finding
from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Component, Gives, Pooled, position_of, rounding_of
from equity_alloc.formulas.facts import DistrictFacts
from equity_alloc.formulas.fit import errors_of, fit
from equity_alloc.formulas.formula import Formula, SalaryBasis
from equity_alloc.formulas.references import names_used
from equity_alloc.formulas.result import FormulaResult, Line
from equity_alloc.formulas.rounding import How
from equity_alloc.formulas.step import Step, rounded
from equity_alloc.parameters.placed_findings import PlacedFindings


def evaluate(formula: Formula, facts: DistrictFacts) -> FormulaResult:
    """Return what a formula gives every school, with its trace.

    A count that is unknown at a school makes that school's result unknown and says so; it is never taken for zero.

    Parameters
    ----------
    formula : Formula
    facts : DistrictFacts

    Returns
    -------
    FormulaResult

    Raises
    ------
    InvalidValue
        If the formula does not fit the district; `fit` lists all that is wrong.
    """
    fitting = fit(formula, facts)
    errors = errors_of(fitting)
    if errors:
        raise InvalidValue(f"{f'{len(errors)} errors, the first: ' if len(errors) > 1 else ''}{errors[0]}")
    everyone = places_of(formula, facts)
    found = PlacedFindings(formula.places)
    for component in formula.in_order:
        _work_out(component, everyone, formula, found)
    return FormulaResult(formula, facts, _lines(formula, everyone), (*fitting, *_sorted(found.found)))


def evaluate_again(result: FormulaResult, formula: Formula, changed: Collection[str]) -> FormulaResult:
    """Return what a formula gives that differs from another one in a few components, working only these out again.

    Parameters
    ----------
    result : FormulaResult
        Of the other formula, for the same district.
    formula : Formula
        With the same components by name, in the same order.
    changed : collection of str
        Components that differ; those that rest on them follow.

    Returns
    -------
    FormulaResult
        With the findings of the components that were worked out again, and of no other.
    """
    everyone = places_of(formula, result.facts)
    afresh = {name for name in changed if not _differs_in_rounding(result.formula, formula, name)}
    touched = set(changed)
    for component in formula.in_order:
        if names_used(component, {name: formula.component_of[name] for name in touched}):
            afresh.add(component.frame.name)
            touched.add(component.frame.name)
    for at in everyone:
        for line in result.lines_of[at.school.code]:
            if line.component not in afresh:
                at.done[line.component] = (
                    _rounded_again(line, result.formula, formula) if line.component in changed else _known(line)
                )
    found = PlacedFindings(formula.places)
    for component in formula.in_order:
        if component.frame.name in afresh:
            _work_out(component, everyone, formula, found)
    return FormulaResult(formula, result.facts, _lines(formula, everyone), tuple(_sorted(found.found)))


def _differs_in_rounding(one: Formula, other: Formula, name: str) -> bool:
    """Whether nothing but the rounding of a component may differ, so that its exact value stays."""
    pair = [formula.component_of[name] for formula in (one, other)]
    plain = [replace(cast(Any, each), frame=replace(each.frame, rounding=None)) for each in pair]
    return plain[0] == plain[1] and not isinstance(pair[0], Pooled)


def _known(line: Line) -> Step | str:
    return line.reason if line.trace is None else line.trace


def _rounded_again(line: Line, before: Formula, after: Formula) -> Step | str:
    """Return what is known of a component whose exact value stays, rounded as it now is."""
    if line.trace is None:
        return line.reason
    old, new = (rounding_of(formula.component_of[line.component]) for formula in (before, after))
    return rounded(line.trace if old.how is How.NONE else line.trace.of[0], new)


def places_of(formula: Formula, facts: DistrictFacts) -> list[At]:
    """Return every school, ready to be worked on."""
    pays_actual = formula.basis is SalaryBasis.ACTUAL
    return [At(school, facts, formula.words, pays_actual) for school in facts.schools]


def work_at(component: Component, at: At) -> Step | None:
    """Return one component's rounded result at a school, or None where it does not concern it.

    Raises
    ------
    UnknownNeed
        If a count it needs is unknown here.
    """
    if not at.concerns(component.frame):
        return None
    exact = component.work(at)
    return None if exact is None else rounded(exact, rounding_of(component))


def _work_out(component: Component, everyone: Sequence[At], formula: Formula, found: PlacedFindings) -> None:
    name = component.frame.name
    if isinstance(component, Pooled):
        _share_out(component, component, everyone, formula, found)
        return
    for at in everyone:
        try:
            step = work_at(component, at)
        except UnknownNeed as error:
            at.done[name] = str(error)
            _tell_unknown(found, formula, name, at.school.label, str(error))
        except InvalidValue as error:
            at.done[name] = str(error)
            _tell_impossible(found, formula, name, str(error))
        else:
            if step is not None:
                at.done[name] = step


def _share_out(
    component: Component, pooled: Pooled, everyone: Sequence[At], formula: Formula, found: PlacedFindings
) -> None:
    name, concerned = component.frame.name, list(everyone)
    try:
        concerned = [at for at in everyone if at.concerns(component.frame)]
        shares = pooled.together(concerned) if concerned else {}
    except (UnknownNeed, InvalidValue) as error:
        # One unknown count makes the share of every school unknown.
        for at in concerned:
            at.done[name] = str(error)
        _tell_impossible(found, formula, name, str(error))
        return
    for at in concerned:
        at.done[name] = shares[at.school.code]
    shared = sum((step.value for step in shares.values()), Fraction(0))
    if shared != Fraction(pooled.pot.value):
        off = shared - Fraction(pooled.pot.value)
        found.warn(
            "pot-not-met",
            formula.place_of(name),
            pooled.pot.value,
            what=f"The shares of '{name}' add up to {float(abs(off)):,.2f} {'more' if off > 0 else 'less'} than the pot.",
            why="Every school is rounded by itself, so the pot is not met.",
            remedy='Write rounding = "largest-remainder to 0.01", or carry the difference centrally.',
        )


def _lines(formula: Formula, everyone: Sequence[At]) -> tuple[Line, ...]:
    order = [component.frame.name for component in formula.components]
    found = (_line(at, formula.component_of[name]) for at in everyone for name in order)
    return tuple(line for line in found if line is not None)


def _line(at: At, component: Component) -> Line | None:
    frame = component.frame
    if frame.name not in at.done:
        return None
    known = at.done[frame.name]
    adds = not frame.is_part and component.gives is not Gives.PUPILS
    position = position_of(component)
    if isinstance(known, str):
        return Line(at.school.code, frame.name, component.gives, position, adds, None, known)
    return Line(at.school.code, frame.name, component.gives, position, adds, known)


def _tell_unknown(found: PlacedFindings, formula: Formula, name: str, school: str, said: str) -> None:
    found.warn(
        "result-unknown",
        formula.place_of(name),
        school,
        what=f"'{name}' is unknown at {school}: {said}",
        why="The school's result is unknown until then, and is not taken for zero.",
        remedy="Enter what is missing.",
    )


def _tell_impossible(found: PlacedFindings, formula: Formula, name: str, said: str) -> None:
    found.warn(
        "result-impossible",
        formula.place_of(name),
        name,
        what=f"'{name}' cannot be worked out: {said}",
        why="The results that rest on it are unknown.",
        remedy="Correct the counts, or change the component.",
    )


def _sorted(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.where, finding.value))
