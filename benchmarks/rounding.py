"""How far plans in whole steps are from the best levels, on seeds that nothing was tuned on."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from benchmarks.clock import Row, check, report, within
from benchmarks.instances import make_district, make_scenario
from equity_alloc.domain.district import District
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.line_band import LineBand
from equity_alloc.scenario import Scenario

SIZES = (60, 200)
#: Posts alone, without lines to take up the rest.
ALONE = (8, 60, 200)
#: Target 7 of the speed study, where no tolerance is given up for fewer moves: dollars per pupil.
NEAREST = 0.50
SEEDS = range(1, 11)


def rows(sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """Return gaps in dollars per weighted pupil, with federal funds apart and with all six funds pooled."""
    found: list[Row] = []
    for n_schools in sizes:
        found += _rows(f"whole steps, {n_schools} schools", n_schools, posts_alone=False)
    for n_schools in ALONE:
        found += _rows(f"whole steps, {n_schools} schools, posts alone", n_schools, posts_alone=True)
        found += _without_tolerance(f"whole steps, {n_schools} schools, posts alone, no tolerance", n_schools)
    return found


def _without_tolerance(what: str, n_schools: int) -> list[Row]:
    """Return how near posts alone come to the best levels where nothing is given up for fewer moves."""
    scenario = replace(_scenario(posts_alone=True), tolerance=0)
    worst, lowest = [], []
    for seed in SEEDS:
        for federal_apart in (True, False):
            result = plan(without_lines(make_district(seed, n_schools, federal_apart=federal_apart)), scenario)
            proof = result.certificate.proof if isinstance(result, Plan) else None
            worst.append(gap_of(result) if isinstance(result, Plan) else float("inf"))
            lowest.append(float(proof.gap) if proof is not None else float("inf"))
    words = "worst of all; median"
    return [
        within(f"{what}: worst school", max(worst), NEAREST, "$ a pupil", words, statistics.median(worst)),
        within(f"{what}: proof of the lowest", max(lowest), NEAREST, "$ a pupil", words, statistics.median(lowest)),
    ]


def _scenario(*, posts_alone: bool) -> Scenario:
    scenario = make_scenario()
    if not posts_alone:
        return scenario
    return replace(scenario, rules=tuple(rule for rule in scenario.rules if not isinstance(rule, LineBand)))


def _rows(what: str, n_schools: int, *, posts_alone: bool) -> list[Row]:
    gaps, walls, proven = [], [], 0
    scenario = _scenario(posts_alone=posts_alone)
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
        check(proof, proven == count, f"{count} of {count}"),
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
