"""Answers of a key about rules: what cannot be kept together, which rule decides, what a formula or a door says."""

from __future__ import annotations

from fractions import Fraction

from equity_alloc.cases.opened import Opened
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import print_dollars
from equity_alloc.formulas.entitlement import entitlements
from equity_alloc.planning.causes import Cause, Causes, rule_causes
from equity_alloc.planning.conflicts import find_conflicts


def sets_that_clash(opened: Opened, about: str) -> str:
    """Return every smallest set of rules that cannot be kept together, by the basis of each rule."""
    found = find_conflicts(opened.district, opened.scenario)
    sets = [*((number,) for number in found.alone), *found.conflicts]
    return _sets(opened, sets) or "none"


def share_of_rule(opened: Opened, about: str) -> str:
    """Return what the rule on a basis does to the lowest level, as its mean over all orders of the rules."""
    found = _causes(opened)
    return _amount(_of_basis(found, about).share)


def alone_and_last(opened: Opened, about: str) -> str:
    """Return what a rule does where no other holds, and where all others hold."""
    cause = _of_basis(_causes(opened), about)
    return f"{_amount(cause.first_in)} alone, {_amount(cause.last_out)} last"


def formula_gives(opened: Opened, about: str) -> str:
    """Return what the scenario's formula gives a school.

    Raises
    ------
    InvalidValue
        If the scenario has none.
    """
    use = opened.scenario.formula
    if use is None:
        raise InvalidValue(f"The case {opened.case.name} has no formula.")
    return print_dollars(dict(entitlements(use.text, use.salary, opened.district).dollars)[about])


def refused_because(opened: Opened, about: str) -> str:
    """Return the name of the finding for which the door refuses the files, or "accepted"."""
    return ", ".join(sorted({finding.code for finding in opened.reading.errors})) or "accepted"


def _causes(opened: Opened) -> Causes:
    found = rule_causes(opened.district, opened.scenario)
    if found is None:
        raise InvalidValue(f"The rules of the case {opened.case.name} cannot all hold.")
    return found


def _of_basis(found: Causes, basis: str) -> Cause:
    return next(cause for cause in found.causes if found.rule(cause.number).basis == basis)


def _amount(value: Fraction) -> str:
    sign = "-" if value < 0 else "+"
    return f"{sign}${abs(float(value)):,.0f}"


def _sets(opened: Opened, sets: list[tuple[int, ...]]) -> str:
    rules = opened.scenario.rules
    named = sorted(tuple(sorted(rules[number - 1].basis for number in numbers)) for numbers in sets)
    return "; ".join(" + ".join(names) for names in named)
