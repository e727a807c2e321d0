"""What a person at a slider waits for: a certified plan, a hot re-solve, and filling."""

from __future__ import annotations

import time

import numpy as np

from benchmarks import lowest
from benchmarks.clock import Row, check, cpu_seconds, faster, report, timed, within
from benchmarks.instances import make_district, make_scenario
from benchmarks.moves import make_case, ours, solve
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.filling import fill
from equity_alloc.solver.leximin import leximin
from equity_alloc.solver.projected import build_projected

FLOORS = ("0.94", "0.945", "0.955", "0.96", "0.965")
FELT = {60: 300.0, 500: 1500.0}


def rows(repeats: int) -> list[Row]:
    """Return slider moves at 60 and 500 schools, hot re-solves, and filling."""
    found: list[Row] = []
    for n_schools, most in FELT.items():
        found += _slider(n_schools, most, repeats)
    return found + _hot(repeats) + _filling(repeats)


def _slider(n_schools: int, most: float, repeats: int) -> list[Row]:
    district = make_district(1, n_schools)
    plan(district, make_scenario())  # the first paint; moves come after it
    taken, walls, certificates = [], [], []
    for floor in FLOORS[: max(3, repeats)]:
        scenario = make_scenario(floor=floor)
        wall, start = time.perf_counter(), time.process_time()
        result = plan(district, scenario)
        taken.append(time.process_time() - start)
        walls.append(time.perf_counter() - wall)
        assert isinstance(result, Plan), result.words
        certificates.append(cpu_seconds(lambda r=result, s=scenario: certify(district, s, r.allocation), 1))
    case = make_case(make_district(1, n_schools, federal_apart=False), make_scenario())
    bare = timed(lambda: ours(case), solve, repeats)
    mine, felt, audit = (1e3 * float(np.median(values)) for values in (taken, walls, certificates))
    return [
        within(f"slider to certified plan, {n_schools} schools", felt, most, "ms felt", "bare LP solve", 1e3 * bare),
        report(f"  of which the certificate, {n_schools} schools", audit, "ms", "the whole move", mine),
    ]


def _hot(repeats: int) -> list[Row]:
    case = make_case(make_district(1, 500, federal_apart=False), make_scenario())
    cold = timed(lambda: case, lowest.ours_to_the_end, repeats)
    model = lowest.ours(case)
    model.solve()
    low, high = case.cuts.lowest / 1e6, np.maximum(case.cuts.highest, case.cuts.lowest) / 1e6
    moves = []
    for share in (1.001, 1.002, 0.999, 1.003, 0.998, 1.0, 1.004, 0.997, 1.001):
        model.solver.set_bounds(model.pooled, np.minimum(low * share, high), high)
        start = time.process_time()
        model.solve()
        moves.append(time.process_time() - start)
    hot = float(np.median(moves))
    return [
        within(
            "hot re-solve, 500 schools, floors move", 1e3 * hot, 10, "ms", "the same program from nothing", 1e3 * cold
        ),
        faster("hot re-solve, 500 schools", "the same program from nothing", 1e3 * hot, 1e3 * cold, 10),
    ]


def _filling(repeats: int) -> list[Row]:
    found = []
    for n_schools, most in ((500, 10.0), (5_000, 600.0)):
        case = make_case(make_district(1, n_schools, federal_apart=False), make_scenario())
        taken = 1e3 * cpu_seconds(lambda c=case: fill(c.cuts, c.weights), 3 * repeats)
        found.append(within(f"filling, six funds, {n_schools:,} schools", taken, most))
        if n_schools == 500:
            one = _one_fund(case.cuts)
            taken = 1e3 * cpu_seconds(lambda c=case, cuts=one: fill(cuts, c.weights), 3 * repeats)
            found.append(within("filling, one fund, 500 schools", taken, 1.0))
    small = make_case(make_district(1, 100, federal_apart=False), make_scenario())
    filled = fill(small.cuts, small.weights).pooled
    mine = 1e3 * cpu_seconds(lambda: fill(small.cuts, small.weights), 3 * repeats)
    start = time.process_time()
    stepwise = leximin(build_projected(small.cells, small.cuts), small.weights)
    theirs = 1e3 * (time.process_time() - start)
    equal = bool(np.allclose(filled, stepwise, rtol=1e-6))
    found.append(check("filling equals sequential LPs, 100 schools", equal, "1e-6 relative"))
    found.append(report("filling, six funds, 100 schools", mine, "ms", "sequential LPs, projected", theirs))
    return found


def _one_fund(cuts: Cuts) -> Cuts:
    """Return the cuts of a district with a single fund for everything: the empty set and the whole."""
    keep = [0, len(cuts.sets) - 1]
    return Cuts(
        sets=(0, 1),
        budget=tuple(cuts.budget[k] for k in keep),
        must_pay=cuts.must_pay[keep],
        others_can=cuts.others_can[keep],
        lowest=cuts.lowest,
        highest=cuts.highest,
        used=cuts.used,
        counted_local=cuts.counted_local,
    )
