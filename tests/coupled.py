"""Small problems with limits that couple schools, built without a rule: one line of spending at each school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from equity_alloc.domain.district import District, Fund, School, Spending
from equity_alloc.domain.finding import Unit as OfLimit
from equity_alloc.objectives.base import RaiseEquivalent, Unit
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.base import Counted, Limit
from equity_alloc.scenario import Scenario

#: Cents that stand for one in the published examples.
ONE = 1_000_000


def one_line_district(schools: Sequence[str], *, pupils: int = 100, fund: int = 10**12) -> District:
    """Return schools of one size with one line, and one fund that holds more than any limit lets through."""
    return District(
        "Coupled",
        "2026-27",
        tuple(School(code, f"School {code}", "any", pupils, pupils) for code in schools),
        funds=(Fund("general", "General", fund),),
        spending=tuple(Spending(code, "Supplies", "general", ONE) for code in schools),
    )


def coupled(
    schools: Sequence[str], rows: Sequence[tuple[Mapping[str, int], float]], *, fund: int = 10**12
) -> tuple[Cells, Cuts]:
    """Return the problem in which each row's weighted sum of dollars is at most so many ones."""
    problem = build_problem(Scenario().view(one_line_district(schools, fund=fund)))
    for weights, most in rows:
        terms = tuple((weight, Counted(code)) for code, weight in weights.items())
        problem.require(Limit("limit", "all", terms, None, round(most * ONE), OfLimit.CENTS))
    cells = build_cells(problem)
    return cells, build_cuts(cells)


def dial(
    units: Sequence[str] | Sequence[Unit],
    aversion: Fraction | None,
    *,
    ceiling: float | None = None,
    reference: float | None = None,
) -> RaiseEquivalent:
    """Return the stage over schools (levels in ones) or over given units."""
    made = tuple(u if isinstance(u, Unit) else Unit(u, Fraction(1), ((u, Fraction(1, ONE)),)) for u in units)
    return RaiseEquivalent(
        "raise",
        made,
        "ones",
        aversion,
        None if ceiling is None else Fraction(ceiling),
        None if reference is None else Fraction(reference),
        one_a_school=False,
    )
