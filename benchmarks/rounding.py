"""How far plans in whole steps are from the best levels, on seeds that nothing was tuned on."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from benchmarks.clock import Row, check, report
from benchmarks.instances import make_district, make_scenario
from equity_alloc.domain.district import District
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.line_band import LineBand

SIZES = (60, 200)
#: Posts alone, without lines to take up the rest: where branch and bound may improve what was rounded, and beyond.
ALONE = (8, 60)
SEEDS = range(1, 11)


def rows(sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """Return gaps in dollars per weighted pupil, with federal funds apart and with all six funds pooled."""
    found: list[Row] = []
    for n_schools in sizes:
        found += _rows(f"whole steps, {n_schools} schools", n_schools, posts_alone=False)
    for n_schools in ALONE:
        found += _rows(f"whole steps, {n_schools} schools, posts alone", n_schools, posts_alone=True)
    return found


def _rows(what: str, n_schools: int, *, posts_alone: bool) -> list[Row]:
    gaps, walls, proven = [], [], 0
    scenario = make_scenario()
    if posts_alone:
        scenario = replace(scenario, rules=tuple(rule for rule in scenario.rules if not isinstance(rule, LineBand)))
    for seed in SEEDS:
        for federal_apart in (True, False):
            district = make_district(seed, n_schools, federal_apart=federal_apart)
            start = time.process_time()
            result = plan(without_lines(district) if posts_alone else district, scenario)
            walls.append(1e3 * (time.process_time() - start))
            if isinstance(result, Plan):
                proven += result.outcome is OutcomeKind.PROVEN
                gaps.append(gap_of(result))
    count = 2 * len(SEEDS)
    words = f"worst school's gap: median; worst of {count}"
    proof = f"{what}: {proven} of {count} proven within $5"
    return [
        report(proof, proven, "plans", f"of {count}")
        if posts_alone
        else check(proof, proven == count, f"{count} of {count}"),
        report(what, statistics.median(gaps), "$ a pupil", words, max(gaps)),
        report(what, statistics.median(walls), "ms a plan", f"median; slowest of {count}", max(walls)),
    ]


def without_lines(district: District, growth: float = 1.02) -> District:
    """Return the district with its posts alone, and with funds that hold what these cost and the growth."""
    bare = replace(district, spending=())
    funds = tuple(
        replace(fund, amount=int(bare.today.fund_dollars(fund.code) * (growth if fund.counts else 1.0)))
        for fund in bare.funds
    )
    return replace(bare, funds=funds)


def gap_of(result: Plan) -> float:
    """Return how far the worst school is below its best level, in dollars per weighted pupil."""
    return next(stage.value for stage in result.stages if stage.title.startswith("round"))
