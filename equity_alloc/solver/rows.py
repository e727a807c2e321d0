"""Columns and rows of a PuLP model, written the fast way: no name for a column, no temporary expression for a term."""

from __future__ import annotations

from dataclasses import dataclass

import pulp

Terms = list[tuple[pulp.LpVariable, float]]

#: Cents in one unit of money inside the model.
MONEY = 1_000_000


@dataclass(frozen=True, slots=True)
class LimitRow:
    """Where a limit of the problem stands in a model.

    Parameters
    ----------
    number : int
        Row of its first side: the least where it has one, else the most.
    terms : list of (variable, coefficient)
        In the model's units, over the scale.
    scale, constant : float
        The limit's sum is scale times the terms, plus the constant.
    """

    number: int
    terms: tuple[tuple[pulp.LpVariable, float], ...]
    scale: float
    constant: float


def add_column(problem: pulp.LpProblem, low: float, high: float, category: str = pulp.LpContinuous) -> pulp.LpVariable:
    """Add a column. It has no name: HiGHS knows it by its number, and PuLP takes longer to name one than to make it."""
    return problem.add_variable(None, low, high, category)


def add_row(problem: pulp.LpProblem, terms: Terms, sense: int, right: float) -> None:
    """Add a row: terms on the left, a sense of PuLP's, a number on the right; its name is PuLP's count of rows."""
    problem.addConstraint(pulp.LpConstraint(pulp.LpAffineExpression(terms), sense, None, right))
