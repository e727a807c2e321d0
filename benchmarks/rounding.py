"""How far plans in whole steps are from the best levels, on seeds that nothing was tuned on."""

from __future__ import annotations

import statistics
import time

from benchmarks.clock import Row, check, report
from benchmarks.instances import make_district, make_scenario
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan

SIZES = (60, 200)
SEEDS = range(1, 11)


def rows(sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """Return gaps in dollars per weighted pupil, with federal funds apart and with all six funds pooled."""
    found: list[Row] = []
    for n_schools in sizes:
        gaps, walls, proven = [], [], 0
        for seed in SEEDS:
            for federal_apart in (True, False):
                district = make_district(seed, n_schools, federal_apart=federal_apart)
                start = time.process_time()
                result = plan(district, make_scenario())
                walls.append(1e3 * (time.process_time() - start))
                if isinstance(result, Plan):
                    proven += result.outcome is OutcomeKind.PROVEN
                    gaps.append(gap_of(result))
        what = f"whole steps, {n_schools} schools"
        count = 2 * len(SEEDS)
        found.append(check(f"{what}: {proven} of {count} proven within $5", proven == count, f"{count} of {count}"))
        words = f"worst school's gap: median; worst of {count}"
        found.append(report(what, statistics.median(gaps), "$ a pupil", words, max(gaps)))
        found.append(report(what, statistics.median(walls), "ms a plan", f"median; slowest of {count}", max(walls)))
    return found


def gap_of(result: Plan) -> float:
    """Return how far the worst school is below its best level, in dollars per weighted pupil."""
    return next(stage.value for stage in result.stages if stage.title.startswith("round"))
