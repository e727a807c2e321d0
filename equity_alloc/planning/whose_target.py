"""Whose judgment a target is, in words: no measure of adequacy is better than that."""

from __future__ import annotations

from equity_alloc.formulas.use import Use
from equity_alloc.scenario import ScenarioView


def target_words(view: ScenarioView) -> str:
    """Return who says how much is enough here: the formula, the district, or nobody."""
    formula = view.scenario.formula
    if formula is not None and formula.use is Use.TARGET:
        return "Whose target: what the district's own formula gives each school."
    if any(school.target is not None for school in view.district.schools if school.enrollment):
        return "Whose target: the district's own, from the column Target of the sheet Schools."
    return (
        "Whose target: nobody has said how much is enough, so each school's part of all core money by need weights stands "
        "in. A value of 1 then means that money follows the need weights, not that it is enough."
    )
