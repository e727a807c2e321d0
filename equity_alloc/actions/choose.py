"""Chooses interventions: what lifts every outcome by the same share of what all the money could do for it alone.

Effects on different outcomes are never added. First each outcome is raised alone; then the lowest share of that is raised,
then the shares together, then the dollars are lowered, then pupils come first who add most to the gap, and last what can be spent
for the fewest schools, or only once, pays first.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.actions.certify import ActionReport, certify_choice
from equity_alloc.actions.choice import Bought, Choice, Goal
from equity_alloc.actions.menu import Menu, menu_of
from equity_alloc.actions.program import Built, build_program
from equity_alloc.actions.settings import Settings, usual
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import SolverFailed
from equity_alloc.problem.program import Program, Row, total, upper_bound
from equity_alloc.scenario import Scenario
from equity_alloc.solver.whole_numbers import Raised, prices_of, raise_sum, tolerance

#: Shares of goals are added in so many parts.
_FINE = 100


@dataclass(frozen=True)
class Chosen:
    """A choice with its menu and its certificate.

    Parameters
    ----------
    menu : Menu
    choice : Choice
    certificate : tuple of ActionReport
        What the auditor found, without a solver.
    """

    menu: Menu
    choice: Choice
    certificate: tuple[ActionReport, ...]


def choose(district: District, scenario: Scenario, settings: Settings | None = None) -> Chosen:
    """Return the interventions to buy.

    Raises
    ------
    EquityAllocError
        If the scenario does not fit the district, or the search failed.
    """
    settings = settings or usual()
    menu = menu_of(district, scenario, settings)
    built = build_program(menu, settings)
    goals = {outcome: terms for outcome, terms in sorted(built.gains.items()) if terms}
    if not goals:
        choice = Choice(settings, (), (), True, 0.0, "")
        return Chosen(menu, choice, certify_choice(district, scenario, choice))
    alone = {outcome: raise_sum(built.program, terms, _scale(terms)) for outcome, terms in goals.items()}
    best = {outcome: total(goals[outcome], alone[outcome].values) for outcome in goals}
    wanted = {outcome: goals[outcome] for outcome in goals if best[outcome] > 0}
    values, is_proven, bound = _best_for_all(built, wanted, best, all(a.is_proven for a in alone.values()))
    found = tuple(
        Goal(
            outcome,
            _unit(menu, outcome),
            total(terms, values) if values else 0,
            best[outcome],
            str(upper_bound(built.program, terms, prices_of(built.program, terms, _scale(terms)))),
        )
        for outcome, terms in goals.items()
    )
    choice = Choice(settings, _bought(menu, built, values), found, is_proven, tolerance(built.program), bound)
    certificate = certify_choice(district, scenario, choice)
    broken = [report.words for report in certificate if not report.is_kept]
    if broken:
        raise SolverFailed(f"The choice of interventions does not pass its own audit: {broken[0]}")
    return Chosen(menu, choice, certificate)


def _best_for_all(
    built: Built, wanted: dict[str, dict[int, int]], best: dict[str, int], is_proven: bool
) -> tuple[tuple[int, ...], bool, str]:
    """Return the values of all columns, whether every stage was proven, and what no choice can beat in the first stage."""
    if not wanted:
        return (), is_proven, ""
    level = built.program.column(1, whole=False)
    shares = [Row({**terms, level: -best[outcome]}, 0, None) for outcome, terms in wanted.items()]
    first = built.program.with_rows(shares)
    raised = raise_sum(first, {level: 1})
    bound = upper_bound(first, {level: 1}, prices_of(first, {level: 1}))
    lowest = min(Fraction(total(terms, raised.values), best[outcome]) for outcome, terms in wanted.items())
    rows = [Row(terms, _up(lowest * best[outcome]), None) for outcome, terms in wanted.items()]
    # Every gain counts as a share of the best that its outcome can have, in whole numbers.
    weights = {outcome: max(1, _FINE * max(best.values()) // best[outcome]) for outcome in wanted}
    sums: dict[int, int] = {}
    for outcome, terms in wanted.items():
        for column, value in terms.items():
            sums[column] = sums.get(column, 0) + value * weights[outcome]
    stages = [raised, _go_on(built.program, rows, sums, raised)]
    rows = [Row(terms, total(terms, stages[-1].values), None) for terms in wanted.values()]
    spent = {column: -cost for column, cost in built.costs.items()}
    stages.append(_go_on(built.program, rows, spent, stages[-1]))
    rows.append(Row(spent, total(spent, stages[-1].values), None))
    stages.append(_go_on(built.program, rows, built.urgency, stages[-1]))
    rows.append(Row(built.urgency, total(built.urgency, stages[-1].values), None))
    stages.append(_go_on(built.program, rows, built.held_first, stages[-1]))
    return stages[-1].values, is_proven and all(stage.is_proven for stage in stages), str(bound)


def _go_on(program: Program, rows: list[Row], objective: dict[int, int], before: Raised) -> Raised:
    """Return the next stage; where the search finds nothing better than the stage before, that one stands, unproven."""
    try:
        found = raise_sum(program.with_rows(rows), objective, _scale(objective))
    except SolverFailed:
        return dataclasses.replace(before, is_proven=False)
    if total(objective, before.values) > total(objective, found.values):
        return dataclasses.replace(found, values=before.values)
    return found


def _bought(menu: Menu, built: Built, values: tuple[int, ...]) -> tuple[Bought, ...]:
    found = []
    for place, option in enumerate(menu.options):
        pay = tuple((fund, values[built.steps[place, fund]]) for fund in option.funds) if values else ()
        if steps := sum(count for _, count in pay):
            found.append(
                Bought(
                    option.school,
                    option.standing.cause.code,
                    option.intervention.code,
                    steps,
                    tuple((fund, count * option.cost) for fund, count in pay if count),
                )
            )
    return tuple(found)


def _unit(menu: Menu, outcome: str) -> str:
    return next(o.intervention.effect.unit for o in menu.options if o.outcome == outcome and o.intervention.effect)


def _scale(terms: dict[int, int]) -> float:
    return float(max((abs(value) for value in terms.values()), default=1) or 1)


def _up(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)
