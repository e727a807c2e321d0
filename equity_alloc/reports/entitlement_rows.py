"""The sheet Formula trace: the formula's arithmetic for every school, and what follows from it for the plan."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from equity_alloc.formulas.entitlement import entitlements
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.formula_trace import HEADINGS, trace_rows
from equity_alloc.sources.declare import Kind, Sheet
from equity_alloc.sources.tables import TRACE
from equity_alloc.sources.write_choices import value_text
from equity_alloc.sources.write_tables import Written

_KINDS = {"School": Kind.CODE, "Depth": Kind.ANY, "Value": Kind.ANY}


def trace_table(plan: Plan) -> Written | None:
    """Return the table of a plan's formula; None where the plan rests on none.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    Written or None
        Each school's steps and sums, then what it is entitled to: core dollars, and posts in steps.
    """
    if plan.scenario.formula is None:
        return None
    kinds = tuple(_KINDS.get(heading, Kind.TEXT) for heading in HEADINGS)
    return Written(Sheet(TRACE, "", (), ()), HEADINGS, kinds, tuple(_rows(plan)))


def _rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    formula, district = plan.scenario.formula, plan.view.district
    if formula is None:
        return
    given = entitlements(formula.text, formula.salary, district)
    yield from trace_rows(given.result)
    what = f"Entitlement ({formula.use.value})"
    for code, cents in given.dollars:
        yield _row(
            code, district.school_of[code].name, what, "core dollars", value_text(Decimal(cents) / 100), "dollars"
        )
    for (code, position), fte in given.posts:
        title = district.position_of[position].title
        yield _row(code, district.school_of[code].name, what, title, value_text(Decimal(fte) / 100), "FTE")


def _row(school: str, name: str, component: str, step: str, value: str, unit: str) -> tuple[str, ...]:
    how = "dollars, and posts that no component prices" if unit == "dollars" else "up to the step and the smallest post"
    return (school, name, component, "0", step, value, unit, "", how, "", "", "no", "")
