"""Changes of the formula, one at a time: a text that can be used takes the place of the last one, any other is kept beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.formulas.use import FormulaUse, Salary, Use
from equity_alloc.scenario import LevelBasis, Scenario
from equity_alloc.ui.formula_judge import judge
from equity_alloc.ui.session import Session, Typed


def district_of(session: Session) -> District:
    """Return the district as the scenario supposes it: which funds count decides what last year was."""
    return session.scenario.apply(session.district)


def draft_text(session: Session) -> str:
    """Return the text that is being changed: the one that could not be used yet, else the formula's; blank for none."""
    if session.desk.refused:
        return session.desk.refused
    return session.formula.text if session.formula else ""


def with_formula(scenario: Scenario, formula: FormulaUse | None, own: Scenario) -> Scenario:
    """Return the scenario with another formula; without one, levels are again what they are by themselves.

    Parameters
    ----------
    scenario : Scenario
    formula : FormulaUse or None
    own : Scenario
        The district's own choices, which say what levels are where no formula sets a target.
    """
    if formula is not None and formula.use is Use.TARGET:
        return dataclasses.replace(scenario, formula=formula)
    basis = scenario.basis
    if scenario.formula is not None and scenario.formula.use is Use.TARGET:
        basis = own.basis if own.formula is None else LevelBasis.WEIGHTED_PUPIL
    return dataclasses.replace(scenario, formula=formula, basis=basis)


def take_text(session: Session, text: str) -> bool:
    """Go to a text, or keep it beside the last good formula where it cannot be used; return whether it can."""
    now = session.formula
    in_plan = session.scenario.formula is not None
    salary = now.salary if now else Salary.AS_WRITTEN
    if not judge(text, district_of(session), salary=salary, for_plan=in_plan).is_usable:
        session.lay_out(dataclasses.replace(session.desk, refused=text))
        return False
    formula = FormulaUse(text, now.use if now else Use.TARGET, salary)
    desk = dataclasses.replace(session.desk, formula=formula, refused="")
    session.lay_out(desk, with_formula(session.scenario, formula, session.own) if in_plan else None)
    return True


def forget_refused(session: Session) -> None:
    """Put the text that could not be used away."""
    session.lay_out(dataclasses.replace(session.desk, refused=""))


def edit_text(session: Session, field: str, typed: object, change: Callable[[str], str]) -> None:
    """Change the text in one place; where the new text cannot be read at all, keep what was typed and say why."""
    try:
        text = change(draft_text(session))
    except EquityAllocError as error:
        session.typed[field] = Typed(typed, str(error))
        return
    judged = judge(text, district_of(session))
    if judged.formula is None:
        first = judged.errors[0]
        session.typed[field] = Typed(typed, f"{first.what} {first.remedy}")
        return
    take_text(session, text)


def take_use(session: Session, use: Use | None) -> None:
    """Let the plan use the formula, or none; what cannot be is told beside the choice."""
    now = session.formula
    if now is None:
        return
    if use is None:
        desk = dataclasses.replace(session.desk, formula=now)
        session.lay_out(desk, with_formula(session.scenario, None, session.own))
        return
    _take(session, "formula-use", use, dataclasses.replace(now, use=use), in_plan=True)


def take_salary(session: Session, salary: Salary) -> None:
    """Price the formula's posts another way."""
    now = session.formula
    if now is not None:
        formula = dataclasses.replace(now, salary=salary)
        _take(session, "formula-salary", salary, formula, in_plan=session.scenario.formula is not None)


def _take(session: Session, field: str, typed: object, formula: FormulaUse, *, in_plan: bool) -> None:
    judged = judge(formula.text, district_of(session), salary=formula.salary, for_plan=in_plan)
    if not judged.is_usable:
        errors = [f"{finding.where}: {finding.what} {finding.remedy}" for finding in judged.errors]
        session.typed[field] = Typed(typed, judged.sentence or errors[0])
        return
    desk = dataclasses.replace(session.desk, formula=formula)
    session.lay_out(desk, with_formula(session.scenario, formula, session.own) if in_plan else None)
