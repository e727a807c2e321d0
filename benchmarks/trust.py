"""What must hold whatever the speed: cents, honest labels and the signs of prices."""

from __future__ import annotations

import pulp

from benchmarks.clock import Row, check
from benchmarks.instances import make_district, make_scenario
from benchmarks.moves import idiom, make_case
from equity_alloc.domain.errors import SolverFailed
from equity_alloc.solver.highs import ArrayHighs
from equity_alloc.solver.limits import Limits
from equity_alloc.solver.status import Status

BUDGET = 12_345_678_912  # $123,456,789.12 in cents
FIRST = 9_999_999_975


def rows() -> list[Row]:
    """Return checks that pass or fail."""
    ours, cbc = _cents(ArrayHighs()), _cents(pulp.PULP_CBC_CMD(msg=False))
    return [
        check("$123,456,789.12 shared to the cent", ours == BUDGET, f"{BUDGET} cents; CBC through PuLP: {cbc}"),
        check("a solve stopped by the clock is labeled", _stop_is_labeled(), "never optimal, values refused"),
        check("price of a dollar when raising is +1", _price(pulp.LpMaximize, 1.0) == 1.0, "+1"),
        check("price of a dollar when lowering is -1", _price(pulp.LpMinimize, -1.0) == -1.0, "-1"),
    ]


def _cents(solver: pulp.LpSolver) -> int:
    """Return the cents that two schools get of a budget that is used up, from values in dollars."""
    problem = pulp.LpProblem("cents", pulp.LpMaximize)
    one, other = (problem.add_variable(name, 0) for name in ("one", "other"))
    problem += one * 2 + other
    problem += one <= FIRST / 100
    problem += one + other <= BUDGET / 100
    problem.solve(solver)
    return round(one.value() * 100) + round(other.value() * 100)


def _stop_is_labeled() -> bool:
    case = make_case(make_district(1, 200, federal_apart=False), make_scenario())
    solver = ArrayHighs(Limits(seconds=0.005))
    solver.hand_over(idiom(case))
    solved = solver.run()
    try:
        solved.values  # noqa: B018 - reading must be refused
    except SolverFailed:
        return solved.status is Status.STOPPED
    return False


def _price(sense: int, coefficient: float) -> float:
    problem = pulp.LpProblem("price", sense)
    dollars = problem.add_variable("dollars", 0)
    problem += coefficient * dollars
    problem += dollars <= 7, "budget"
    problem.solve(ArrayHighs())
    return float(problem.constraints["budget"].pi)
