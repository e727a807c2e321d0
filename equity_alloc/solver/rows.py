"""Rows of a PuLP model, written the fast way: no temporary expression for each term."""

from __future__ import annotations

import pulp

Terms = list[tuple[pulp.LpVariable, float]]

#: Cents in one unit of money inside the model.
MONEY = 1_000_000


def add_row(problem: pulp.LpProblem, terms: Terms, sense: int, right: float) -> None:
    """Add a row: terms on the left, a sense of PuLP's, a number on the right."""
    name = f"r{len(problem._constraints):08d}"
    problem.addConstraint(pulp.LpConstraint(pulp.LpAffineExpression(terms), sense, name, right))
