"""Checks a formula against a district: every count, position, kind and school it names must be there."""

from __future__ import annotations

from decimal import Decimal

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.formulas.base import Component
from equity_alloc.formulas.check import COMPARES
from equity_alloc.formulas.facts import DistrictFacts
from equity_alloc.formulas.field import Holds
from equity_alloc.formulas.formula import Formula, SalaryBasis
from equity_alloc.formulas.read import FormulaReading
from equity_alloc.formulas.references import Use, counts_used, gives_pupils
from equity_alloc.parameters.placed_findings import PlacedFindings, nearest


def fit(formula: Formula, facts: DistrictFacts) -> tuple[Finding, ...]:
    """Return what keeps a formula from being worked out for a district, and what looks odd.

    Parameters
    ----------
    formula : Formula
    facts : DistrictFacts

    Returns
    -------
    tuple of Finding
        Errors name a count, cost or school that is not there, or a count that is for audit only; warnings name kinds
        of school and flags that no school has.
    """
    found = PlacedFindings(formula.places)
    for number, component in enumerate(formula.components):
        for use in counts_used(component):
            _check_count(formula, facts, component, number, use, found)
        _check_twice(formula, component, number, found)
        if gives_pupils(component) and component.frame.name in facts.columns:
            found.refuse(
                "name-ambiguous",
                ("component", number, "name"),
                component.frame.name,
                what=f"'{component.frame.name}' gives pupils and has the name of a count of this district.",
                why="Which of the two is counted would depend on the order.",
                remedy="Give the component another name.",
            )
        _check_cost(formula, facts, component, number, found)
        _check_schools(facts, component, number, found)
        _warn_words(formula, facts, component, number, found)
        _note_weight(component, number, found)
    return tuple(found.found)


def misfits(reading: FormulaReading, facts: DistrictFacts) -> tuple[Finding, ...]:
    """Return what :func:`fit` says of what was read, also where an error of its own keeps a formula from being used.

    Parameters
    ----------
    reading : FormulaReading
    facts : DistrictFacts
    """
    formula = reading.formula or reading.draft
    return () if formula is None else fit(formula, facts)


def errors_of(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that stop the road."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def _check_count(
    formula: Formula, facts: DistrictFacts, component: Component, number: int, use: Use, found: PlacedFindings
) -> None:
    if gives_pupils(formula.component_of.get(use.name)):
        return
    for column in formula.words.columns_of(use.name):
        if column in facts.columns:
            continue
        meant = column if column == use.name else f"{column} (for '{use.name}')"
        if column in facts.audit_only:
            found.refuse(
                "count-audit-only",
                ("component", number, use.field),
                column,
                what=f"'{component.frame.name}' uses {meant}, which is for audit only.",
                why="A protected attribute can never drive an allocation.",
                remedy="Use a need driver, such as a count of economically disadvantaged pupils.",
            )
            continue
        divides = use.info.is_divisor
        found.refuse(
            "divisor-absent"
            if divides and use.info.label.lower().startswith(("share", "as a share"))
            else "count-unknown",
            ("component", number, use.field),
            column,
            what=(
                f"'{component.frame.name}' {'divides by' if divides else 'counts'} {meant}, "
                "which this district does not report."
            ),
            why="A count that is not there is unknown, and unknown is not zero.",
            remedy=f"{nearest(column, facts.columns)} Or say under [columns] what it stands for here.",
        )


def _check_twice(formula: Formula, component: Component, number: int, found: PlacedFindings) -> None:
    added: dict[str, list[str]] = {}
    for use in counts_used(component):
        # Caps and weights keep their counts apart, and a comparison takes one of them; the others add them up.
        if use.info.holds is Holds.COUNTS and component.kind not in COMPARES:
            added.setdefault(use.field, []).extend(formula.words.columns_of(use.name))
    for field, columns in added.items():
        twice = sorted({column for column in columns if columns.count(column) > 1})
        if twice:
            found.refuse(
                "count-twice",
                ("component", number, field),
                ", ".join(twice),
                what=f"'{component.frame.name}' counts {', '.join(twice)} twice, through names that overlap.",
                why="The same pupils would be paid for twice.",
                remedy="Name bands that do not overlap.",
            )


def _check_cost(
    formula: Formula, facts: DistrictFacts, component: Component, number: int, found: PlacedFindings
) -> None:
    position = formula.words.position_of(str(getattr(component, "costed_as", "")))
    if not position:
        return
    if getattr(component, "cost", None) is None and position not in facts.average_cost_of:
        found.refuse(
            "position-unknown",
            ("component", number, "costed_as"),
            position,
            what=f"'{component.frame.name}' needs the average cost of position {position}, which is not known here.",
            why="Posts without a cost have no dollars.",
            remedy=f"{nearest(position, facts.average_cost_of)} Or give the cost in the formula.",
        )
    if formula.basis is SalaryBasis.ACTUAL:
        without = [s.code for s in facts.schools if position not in dict(s.actual_costs)]
        if without:
            found.warn(
                "actual-cost-unknown",
                ("component", number, "costed_as"),
                position,
                what=f"{len(without)} of {len(facts.schools)} schools have no actual cost of {position}.",
                why="The formula pays actual salaries, so their dollars are unknown.",
                remedy='Enter the costs, or write salary_basis = "average".',
            )


def _check_schools(facts: DistrictFacts, component: Component, number: int, found: PlacedFindings) -> None:
    for code in getattr(component, "schools", ()):
        if code not in facts.school_of:
            found.refuse(
                "school-unknown",
                ("component", number, "schools"),
                code,
                what=f"'{component.frame.name}' names school {code}, and there is none with that code.",
                why="The adjustment would go nowhere.",
                remedy=f"{nearest(code, facts.school_of)} Leading zeros belong to the code.",
            )


def _warn_words(
    formula: Formula, facts: DistrictFacts, component: Component, number: int, found: PlacedFindings
) -> None:
    frame = component.frame
    asked = (
        ("only_kinds", formula.words.kinds_of(frame.only_kinds), facts.kinds, "kind"),
        ("only_flags", formula.words.flags_of(frame.only_flags), facts.flags, "flag"),
        ("not_flags", formula.words.flags_of(frame.not_flags), facts.flags, "flag"),
    )
    for field, words, known, what in asked:
        protected = sorted(words & set(facts.audit_only)) if what == "flag" else []
        if protected:
            found.refuse(
                "flag-audit-only",
                ("component", number, field),
                ", ".join(protected),
                what=f"'{frame.name}' asks for {', '.join(protected)}, which is for audit only.",
                why="A protected attribute can never drive an allocation.",
                remedy="Use a need driver, or leave the flag out.",
            )
        elif words and not words & known:
            found.warn(
                f"{what}-unseen",
                ("component", number, field),
                ", ".join(sorted(words)),
                what=f"No school here has the {what} {' or '.join(sorted(words))}, which '{frame.name}' asks for.",
                why="The component concerns " + ("every school." if field == "not_flags" else "no school."),
                remedy=f"{nearest(min(words), known)} Or say under [{what}s] what it stands for here.",
            )


def _note_weight(component: Component, number: int, found: PlacedFindings) -> None:
    amount, weight, base = (getattr(component, name, None) for name in ("amount", "weight", "base"))
    if amount is None or weight is None or base is None:
        return
    product = weight.value * base.value
    if product.quantize(Decimal("0.01")) != amount.value.quantize(Decimal("0.01")):
        found.note(
            "weight-rounded",
            ("component", number, "weight"),
            weight.value,
            what=f"Weight {weight.value} of {base.value:,} is {product:,.2f}, and {amount.value:,} is paid per pupil.",
            why="The printed weight is rounded and does not reproduce the dollars.",
            remedy="Nothing: the amount pays, the weight is shown.",
        )
