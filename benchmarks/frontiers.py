"""A line of 25 points against one solve of the plain program, and what every corner takes."""

from __future__ import annotations

import time
from typing import Any

import highspy
import numpy as np

from benchmarks import lowest, moves
from benchmarks.clock import Row, at_most, check, report, timed
from benchmarks.instances import make_district, make_scenario
from benchmarks.moves import make_case, new_highs
from equity_alloc.planning.frontier import Axis, Tracer
from equity_alloc.problem.filling import fill

N_SCHOOLS, POINTS = 500, 25


def rows(repeats: int) -> list[Row]:
    """Return the line against moves at 500 schools: build, ends and 25 points, then every corner."""
    district, scenario = make_district(1, N_SCHOOLS, federal_apart=False), make_scenario()
    case = make_case(district, scenario)
    # The same question once: the fewest moves at a level, which is one point of this line.
    plain = 1e3 * timed(lambda: _loaded(moves.plain_arrays(case)), lambda highs: highs.run(), min(repeats, 3))
    easier = 1e3 * timed(lambda: _loaded(lowest.plain_arrays(case)), lambda highs: highs.run(), min(repeats, 3))
    traced, built, best = [], [], 0.0
    for _ in range(min(repeats, 3)):
        begun = time.process_time()
        tracer = Tracer(district, scenario, Axis.MOVES)
        start = time.process_time()
        first, last = tracer.ends()
        for share in np.linspace(0, 1, POINTS)[1:-1]:
            tracer.look(first.limit + (last.limit - first.limit) * float(share))
        traced.append(1e3 * (time.process_time() - start))
        built.append(1e3 * (start - begun))
        best = last.level
    start = time.process_time()
    line = Tracer(district, scenario, Axis.MOVES).line()
    corners = 1e3 * (time.process_time() - start)
    middle, before = float(np.median(traced)), float(np.median(built))
    filled = fill(case.cuts, case.weights).pooled + case.cuts.counted_local
    lowest_level = float((filled / case.weights).min()) / 100
    return [
        at_most(
            f"line of {POINTS} points, {N_SCHOOLS} schools: solve only",
            "one of its points, HiGHS, plain",
            middle,
            plain,
            2,
        ),
        report("  the same", middle, "ms", "lowest level without moves, HiGHS, plain", easier),
        report("  before it: district to live model", before, "ms", "one of its points, HiGHS, plain", plain),
        report(
            f"  every one of {len(line.corners)} corners, all in all",
            corners,
            "ms",
            "one of its points, HiGHS, plain",
            plain,
        ),
        check("  its end is the best lowest level of filling", abs(best - lowest_level) < 1e-3, "$0.001"),
    ]


def _loaded(program: highspy.HighsLp) -> Any:
    """Return a solver with the plain program, handed over and not yet solved."""
    highs = new_highs()
    highs.passModel(program)
    return highs
