"""Building, handing over and solving: projected in PuLP, against bare arrays and PuLP as people write it."""

from __future__ import annotations

import resource
import time
from types import ModuleType

import highspy
import numpy as np
import pulp

from benchmarks import lowest, moves
from benchmarks.clock import Row, at_most, check, faster, report, timed
from benchmarks.instances import make_district, make_scenario
from benchmarks.moves import Case, idiom, make_case, new_highs, solve_arrays
from equity_alloc.solver.highs import ArrayHighs
from equity_alloc.solver.projected import build_projected

SIZE = 500


def rows(repeats: int) -> list[Row]:
    """Return hand-over, whole path, equality and speed at 500 schools."""
    district = make_district(1, SIZE, federal_apart=False)
    case = make_case(district, make_scenario())
    found = _hand_over(case, repeats)
    for program in (moves, lowest):
        found += _paths(case, program, repeats)
    return found + _as_people_write_it(case)


def large_rows() -> list[Row]:
    """Return projected against plain at 5,000 schools; the plain model takes minutes."""
    case = make_case(make_district(1, 5_000, federal_apart=False), make_scenario())
    found: list[Row] = []
    for program in (moves, lowest):
        name = f"{_name(program)}, 5,000 schools"
        plain = _loaded(program.plain_arrays(case))
        theirs = timed(lambda plain=plain: plain, lambda highs: highs.run(), 1)
        optimum = float(plain.getInfo().objective_function_value)
        solve = timed(lambda program=program: program.ours(case), program.solve, 3)
        start = time.process_time()
        mine = program.ours_to_the_end(case)
        whole = time.process_time() - start
        found += [
            check(f"{name}: projected equals plain", _same(mine, optimum), "1e-9 relative"),
            faster(f"{name}: solve only", "HiGHS on the plain model", 1e3 * solve, 1e3 * theirs, 100),
            report(f"{name}: build to read", 1e3 * whole, "ms", "HiGHS on the plain model", 1e3 * theirs),
        ]
    return found


def _hand_over(case: Case, repeats: int) -> list[Row]:
    problem = build_projected(case.cells, case.cuts).problem
    mine = timed(ArrayHighs, lambda solver: solver.hand_over(problem), 3 * repeats)
    solver = ArrayHighs()
    solver.hand_over(problem)
    arrays = _Arrays(solver._highs.getLp())
    raw = timed(new_highs, arrays.hand_over, 3 * repeats)
    plain = _Arrays(moves.plain_arrays(case))
    raw_plain = timed(new_highs, plain.hand_over, 3 * repeats)
    return [
        at_most("hand over, projected", "passModel of a HighsLp, same model", 1e3 * mine, 1e3 * raw, 1.5),
        report("hand over, projected", 1e3 * mine, "ms", "passModel of a HighsLp, plain model", 1e3 * raw_plain),
    ]


def _paths(case: Case, program: ModuleType, repeats: int) -> list[Row]:
    name = _name(program)
    mine = timed(lambda: case, program.ours_to_the_end, repeats)
    same_model = timed(lambda: case, lambda c: solve_arrays(program.projected_arrays(c)), repeats)
    plain = timed(lambda: case, lambda c: solve_arrays(program.plain_arrays(c)), repeats)
    solve = timed(lambda: program.ours(case), program.solve, repeats)
    solve_plain = timed(lambda: _loaded(program.plain_arrays(case)), lambda highs: highs.run(), repeats)
    equal = _same(program.ours_to_the_end(case), solve_arrays(program.plain_arrays(case)))
    return [
        check(f"{name}: projected equals plain", equal, "1e-9 relative"),
        at_most(f"{name}: build to read", "highspy arrays, plain", 1e3 * mine, 1e3 * plain, 0.2),
        at_most(f"{name}: build to read", "highspy arrays, projected", 1e3 * mine, 1e3 * same_model, 2.0),
        faster(f"{name}: solve only", "HiGHS on the plain model", 1e3 * solve, 1e3 * solve_plain, 10),
    ]


def _name(program: ModuleType) -> str:
    return program.__name__.rpartition(".")[2]


def _as_people_write_it(case: Case) -> list[Row]:
    start = time.process_time()
    problem = idiom(case)
    built = time.process_time()
    children = _children()
    problem.solve(pulp.PULP_CBC_CMD(msg=False, threads=1))
    solved = time.process_time() - built + _children() - children
    mine = timed(lambda: case, moves.ours_to_the_end, 3)
    build = timed(lambda: case, lambda c: build_projected(c.cells, c.cuts), 3)
    return [
        report("build and hand over, projected", 1e3 * build, "ms", "lpSum idiom, build only", 1e3 * (built - start)),
        report(
            "build to read, projected", 1e3 * mine, "ms", "lpSum idiom + CBC, plain", 1e3 * (built - start + solved)
        ),
    ]


class _Arrays:
    """A model as ready arrays, as someone without a modeling language has them."""

    def __init__(self, model: highspy.HighsLp) -> None:
        self.size = (model.num_col_, model.num_row_)
        names = ("col_cost_", "col_lower_", "col_upper_", "row_lower_", "row_upper_")
        self.arrays = {name: np.array(getattr(model, name)) for name in names}
        self.matrix = {name: np.array(getattr(model.a_matrix_, name)) for name in ("start_", "index_", "value_")}
        self.format = model.a_matrix_.format_

    def hand_over(self, highs: highspy.Highs) -> None:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.size
        for name, array in self.arrays.items():
            setattr(model, name, array)
        model.a_matrix_.format_ = self.format
        for name, array in self.matrix.items():
            setattr(model.a_matrix_, name, array)
        highs.passModel(model)


def _loaded(model: highspy.HighsLp) -> highspy.Highs:
    highs = new_highs()
    highs.passModel(model)
    return highs


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return float(used.ru_utime + used.ru_stime)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))
