"""Leximin by filling as districts grow, up to a state of 100,000 schools, and one fund shared by a million."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.clock import Row, at_most, check, cpu_seconds, report, timed, within
from benchmarks.instances import make_district, make_scenario
from benchmarks.moves import Case, make_case, ours, solve
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.filling import fill
from equity_alloc.solver.leximin import leximin
from equity_alloc.solver.projected import build_projected

SIZES = (100, 1_000, 10_000, 50_000, 100_000)
TARGETS = {10_000: 200.0, 50_000: 1_000.0}


def rows(repeats: int) -> list[Row]:
    """Return filling at every size, its growth, its distance from linear programs, and one fund for a million schools."""
    case = make_case(make_district(1, 1_000, federal_apart=False), make_scenario())
    sized = {n: grown(case, n) for n in SIZES}
    taken = {n: 1e3 * cpu_seconds(lambda c=each: fill(*c), repeats) for n, each in sized.items()}  # type: ignore[misc]
    found = []
    for n, ms in taken.items():
        name = f"filling, six funds, {n:,} schools"
        found.append(within(name, ms, TARGETS[n]) if n in TARGETS else report(name, ms, "ms"))
    times = taken[100_000] / taken[10_000]
    found.append(within("filling, 100,000 over 10,000 schools", times, 12.0, "times"))
    one = 1e3 * timed(lambda: ours(case), solve, 1)
    found.append(at_most("filling, 1,000 schools", "one projected LP solve", taken[1_000], one, 0.5))
    return found + _against_programs() + _million(repeats)


def grown(case: Case, n_schools: int) -> tuple[Cuts, np.ndarray]:
    """Return a district of any size from one of 1,000: its schools over and over, each drawn 20 % up or down."""
    draw = np.random.default_rng(n_schools)
    of = np.arange(n_schools) % len(case.weights)
    size = draw.uniform(0.8, 1.2, n_schools)
    scaled = {
        name: (getattr(case.cuts, name)[..., of] * size).astype(np.int64)
        for name in ("must_pay", "others_can", "lowest", "highest", "counted_local")
    }
    share = size.sum() / len(case.weights)
    budget = tuple(int(amount * share) for amount in case.cuts.budget)
    return replace(case.cuts, budget=budget, used=case.cuts.used[of], **scaled), case.weights[of] * size


def _against_programs() -> list[Row]:
    """Leximin by linear programs, one level after the other, on the same numbers."""
    case = make_case(make_district(2, 200, federal_apart=False), make_scenario())
    mine = fill(case.cuts, case.weights).pooled
    stepwise: list[np.ndarray] = []
    taken = cpu_seconds(lambda: stepwise.append(leximin(build_projected(case.cells, case.cuts), case.weights)), 1)
    equal = bool(np.allclose(mine, stepwise[0], rtol=1e-6))
    ours_ms = 1e3 * cpu_seconds(lambda: fill(case.cuts, case.weights), 5)
    return [
        check("filling equals sequential LPs, 200 schools", equal, "1e-6 relative"),
        report("filling, six funds, 200 schools", ours_ms, "ms", "sequential LPs, projected", 1e3 * taken),
    ]


def _million(repeats: int) -> list[Row]:
    """One fund, floors and caps of 30 % binding: against sorting the breakpoints, and against reading the columns."""
    draw, n = np.random.default_rng(1), 1_000_000
    weights = draw.uniform(100, 900, n)
    low = (weights * draw.uniform(300_000, 600_000, n)).astype(np.int64)
    high, none = (low * 1.3).astype(np.int64), np.zeros(n, np.int64)
    budget = int(low.sum() * 1.12)
    cuts = Cuts((0, 1), (0, budget), np.array([none, none]), np.array([high, none]), low, high, np.zeros((n, 0)), none)
    points = np.concatenate([low / weights, high / weights])
    mine = 1e3 * cpu_seconds(lambda: fill(cuts, weights), repeats)
    sort = 1e3 * cpu_seconds(lambda: np.sort(points), repeats)
    read = 1e3 * cpu_seconds(lambda: (weights.sum(), low.sum(), high.sum()), repeats)
    filled = fill(cuts, weights)
    exact = abs(float(filled.pooled.sum()) - budget) < 0.5
    return [
        at_most("one fund, 1,000,000 schools", "np.sort of the breakpoints", mine, sort, 5),
        at_most("one fund, 1,000,000 schools", "reading its three columns", mine, read, 50),
        check("one fund, 1,000,000 schools: all of it is used", exact, "half a cent"),
    ]


def plot(found: list[Row], path: Path) -> None:
    """Write the growth of filling as a picture: schools across, milliseconds up, both by powers of ten."""
    name = "filling, six funds, "
    points = {
        int(row.name.removeprefix(name).split()[0].replace(",", "")): row.ours
        for row in found
        if row.name.startswith(name) and row.ours is not None and row.peer == ""
    }
    across, up = (lambda n: 70 + 150 * (np.log10(n) - 2)), (lambda ms: 330 - 70 * (np.log10(ms) + 1))
    grid = [
        f'<line x1="70" x2="520" y1="{up(ms):.0f}" y2="{up(ms):.0f}" stroke="#d0d5dc"/>'
        f'<text x="62" y="{up(ms) + 4:.0f}" text-anchor="end">{ms:g} ms</text>'
        for ms in (0.1, 1, 10, 100, 1000)
    ] + [f'<text x="{across(n):.0f}" y="352" text-anchor="middle">{n:,}</text>' for n in (100, 1000, 10_000, 100_000)]
    dots = [f'<circle cx="{across(n):.1f}" cy="{up(ms):.1f}" r="4" fill="#0072B2"/>' for n, ms in points.items()]
    line = " ".join(f"{across(n):.1f},{up(ms):.1f}" for n, ms in points.items())
    told = "; ".join(f"{n:,} schools {ms:.1f} ms" for n, ms in points.items())
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 380" font-family="sans-serif" font-size="12" role="img">'
        f"<title>Filling as districts grow: {told}</title>"
        f'<rect width="560" height="380" fill="#fff"/>{"".join(grid)}'
        f'<polyline points="{line}" fill="none" stroke="#0072B2" stroke-width="2"/>{"".join(dots)}'
        '<text x="295" y="374" text-anchor="middle">schools, six funds, CPU of one thread</text></svg>\n',
        encoding="utf-8",
    )
