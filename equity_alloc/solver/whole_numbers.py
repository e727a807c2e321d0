"""Raises a sum over a program in whole numbers; what comes back is checked against every row in integers."""

from __future__ import annotations

from dataclasses import dataclass

import pulp

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.problem.program import Entries, Program, total
from equity_alloc.solver.highs import ArrayHighs
from equity_alloc.solver.limits import Limits
from equity_alloc.solver.status import Status

#: How far a value may stand from the whole number that it means.
_NEAR = 1e-5
#: Up to so many columns the best is searched for itself; beyond, to within two thousandths.
_FEW = 600
_SMALL = Limits(nodes=2_000, seconds=30.0)
_LARGE = Limits(nodes=100, seconds=30.0, relative_gap=0.002)


@dataclass(frozen=True, slots=True)
class Raised:
    """Where a sum was raised to.

    Parameters
    ----------
    values : tuple of int
        Of every column; columns that may take fractions are left at zero.
    best : float
        The sum, as the solver has it.
    is_proven : bool
        Whether the solver proved that no point beats it, by more than `tolerance`.
    bound : float
        That no point beats, by the solver's word.
    """

    values: tuple[int, ...]
    best: float
    is_proven: bool
    bound: float


def tolerance(program: Program) -> float:
    """Return how far below the best a point may stay, as a share."""
    return _limits(program).relative_gap


def raise_sum(program: Program, objective: Entries, scale: float = 1.0) -> Raised:
    """Return a point with the largest sum that was found.

    Parameters
    ----------
    program : Program
    objective : mapping of int to int
    scale : float
        Divides the objective, so that the solver works with numbers near one.

    Raises
    ------
    SolverFailed
        If no point was found, or the one found breaks a row once it is read in whole numbers.
    """
    solver = ArrayHighs(_limits(program))
    solver.hand_over(_pulp(program, objective, scale, is_whole=True)[0])
    solved = solver.run()
    if not solved.is_accepted:
        raise SolverFailed(f"The search for interventions ended without a choice: {solved.status.value}.")
    found = solved.values.tolist()
    values = tuple(0 if column in program.parts else round(value) for column, value in enumerate(found))
    far = any(abs(found[c] - values[c]) > _NEAR for c in range(len(values)) if c not in program.parts)
    if far or _broken(program, values):
        raise SolverFailed("The search for interventions gave a choice that breaks a rule once it is read exactly.")
    return Raised(values, solved.objective * scale, solved.status is Status.OPTIMAL, solved.bound * scale)


def prices_of(program: Program, objective: Entries, scale: float = 1.0) -> tuple[float, ...]:
    """Return the price of every row once fractions are allowed: what an exact bound is made of."""
    solver = ArrayHighs(Limits())
    problem, sides = _pulp(program, objective, scale, is_whole=False)
    solver.hand_over(problem)
    solved = solver.run()
    prices = [0.0] * len(program.rows)
    if solved.is_accepted:
        for (row, size), price in zip(sides, solved.duals.tolist(), strict=True):
            prices[row] += float(price) * scale / size
    return tuple(prices)


def _limits(program: Program) -> Limits:
    return _SMALL if len(program.upper) <= _FEW else _LARGE


def _pulp(
    program: Program, objective: Entries, scale: float, *, is_whole: bool
) -> tuple[pulp.LpProblem, list[tuple[int, int]]]:
    """Return the problem, and for each of its rows the row of the program and the number by which it was divided."""
    problem = pulp.LpProblem("actions", pulp.LpMaximize)
    columns = []
    for number, upper in enumerate(program.upper):
        kind = pulp.LpInteger if is_whole and number not in program.parts else pulp.LpContinuous
        columns.append(problem.add_variable(f"c{number:06d}", 0, upper, kind))
    problem += pulp.LpAffineExpression([(columns[c], value / scale) for c, value in sorted(objective.items())])
    sides: list[tuple[int, int]] = []
    for number, row in enumerate(program.rows):
        # Money is in cents and effects in ten-thousandths: each row is divided by its largest number.
        size = max((abs(value) for value in row.entries.values()), default=1)
        body = [(columns[c], value / size) for c, value in sorted(row.entries.items())]
        if row.low is not None:
            problem += pulp.LpAffineExpression(body) >= row.low / size
            sides.append((number, size))
        if row.high is not None:
            problem += pulp.LpAffineExpression(body) <= row.high / size
            sides.append((number, size))
    return problem, sides


def _broken(program: Program, values: tuple[int, ...]) -> bool:
    """Whether a row without fractions is broken, in integers."""
    for row in program.rows:
        if program.parts & set(row.entries):
            continue
        reached = total(row.entries, values)
        if (row.low is not None and reached < row.low) or (row.high is not None and reached > row.high):
            return True
    return False
