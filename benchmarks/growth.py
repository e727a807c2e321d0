"""Leximin by filling as districts grow, up to a state of 100,000 schools, and one fund shared by a million."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.clock import Row, at_most, check, cpu_seconds, report, timed, within
from benchmarks.instances import make_district, make_scenario
from benchmarks.measures import drawn
from benchmarks.moves import Case, make_case, ours, solve
from equity_alloc.measures.gini import gini
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.filling import fill
from equity_alloc.solver.leximin import leximin
from equity_alloc.solver.projected import build_projected

SIZES = (100, 1_000, 10_000, 50_000, 100_000)
#: Sequential linear programs take minutes beyond these.
PROGRAM_SIZES = (100, 200, 400)
FILLING, PROGRAMS, GINI = "filling, six funds, ", "sequential LPs, six funds, ", "Gini, weighted, "
TARGETS = {10_000: 200.0, 50_000: 1_000.0}


def rows(repeats: int) -> list[Row]:
    """Return filling at every size, its growth, its distance from linear programs, and one fund for a million schools."""
    case = make_case(make_district(1, 1_000, federal_apart=False), make_scenario())
    sized = {n: grown(case, n) for n in SIZES}
    taken = {n: 1e3 * cpu_seconds(lambda c=each: fill(*c), repeats) for n, each in sized.items()}  # type: ignore[misc]
    found = []
    for n, ms in taken.items():
        name = f"{FILLING}{n:,} schools"
        found.append(within(name, ms, TARGETS[n]) if n in TARGETS else report(name, ms, "ms"))
    times = taken[100_000] / taken[10_000]
    found.append(within("filling, 100,000 over 10,000 schools", times, 12.0, "times"))
    one = 1e3 * timed(lambda: ours(case), solve, 1)
    found.append(at_most("filling, 1,000 schools", "one projected LP solve", taken[1_000], one, 0.5))
    for n in SIZES:
        values, pupils = drawn(n, n)
        ms = 1e3 * cpu_seconds(lambda v=values, w=pupils: gini(v, w), repeats)  # type: ignore[misc]
        found.append(report(f"{GINI}{n:,} schools", ms, "ms"))
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
    found = []
    for n in PROGRAM_SIZES:
        case = make_case(make_district(2, n, federal_apart=False), make_scenario())
        mine = fill(case.cuts, case.weights).pooled
        stepwise: list[np.ndarray] = []

        def work(case: Case = case, into: list[np.ndarray] = stepwise) -> None:
            into.append(leximin(build_projected(case.cells, case.cuts), case.weights))

        taken = 1e3 * cpu_seconds(work, 1)
        equal = bool(np.allclose(mine, stepwise[0], rtol=1e-6))
        ours_ms = 1e3 * cpu_seconds(lambda c=case: fill(c.cuts, c.weights), 5)  # type: ignore[misc]
        found += [
            check(f"filling equals sequential LPs, {n} schools", equal, "1e-6 relative"),
            report(f"filling, the same district of {n} schools", ours_ms, "ms", "sequential LPs, projected", taken),
            report(f"{PROGRAMS}{n:,} schools", taken, "ms"),
        ]
    return found


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
    level = filled.rounds[0][0]
    stands = bool(np.allclose(filled.pooled, np.clip(weights * level, low, high), rtol=1e-12))
    exact = abs(float(filled.pooled.sum()) - budget) < 0.5
    return [
        at_most("one fund, 1,000,000 schools", "np.sort of the breakpoints", mine, sort, 5),
        at_most("one fund, 1,000,000 schools", "reading its three columns", mine, read, 50),
        check("one fund, 1,000,000 schools: all of it is used", exact, "half a cent"),
        check("one fund, 1,000,000 schools: at the level, floor or cap", stands, "1e-12 relative"),
    ]


def plot(found: list[Row], path: Path) -> None:
    """Write the growth as a picture (schools across, milliseconds up, both by powers of ten) and as a table beside it."""
    lines = {
        "Leximin by filling": (_points(found, FILLING), "#0072B2", ""),
        "Leximin by sequential linear programs": (_points(found, PROGRAMS), "#D55E00", "6 4"),
        "Gini of all pupils": (_points(found, GINI), "#6b7280", "2 3"),
    }
    across, up = (lambda n: 70 + 150 * (np.log10(n) - 2)), (lambda ms: 350 - 60 * (np.log10(ms) + 2))
    grid = [
        f'<line x1="70" x2="520" y1="{up(ms):.0f}" y2="{up(ms):.0f}" stroke="#d0d5dc"/>'
        f'<text x="62" y="{up(ms) + 4:.0f}" text-anchor="end">{ms:g} ms</text>'
        for ms in (0.01, 0.1, 1, 10, 100, 1000)
    ] + [f'<text x="{across(n):.0f}" y="372" text-anchor="middle">{n:,}</text>' for n in (100, 1000, 10_000, 100_000)]
    drawn_lines, told = [], []
    for place, (name, (points, color, dash)) in enumerate(lines.items()):
        way = " ".join(f"{across(n):.1f},{up(ms):.1f}" for n, ms in points.items())
        drawn_lines.append(
            f'<polyline points="{way}" fill="none" stroke="{color}" stroke-width="2" stroke-dasharray="{dash}"/>'
            + "".join(
                f'<circle cx="{across(n):.1f}" cy="{up(ms):.1f}" r="4" fill="{color}"/>' for n, ms in points.items()
            )
            + f'<line x1="300" x2="330" y1="{290 + 20 * place}" y2="{290 + 20 * place}" stroke="{color}" stroke-width="2" '
            f'stroke-dasharray="{dash}"/><text x="336" y="{294 + 20 * place}">{name}</text>'
        )
        told.append(f"{name}: " + ", ".join(f"{n:,} schools {ms:,.2f} ms" for n, ms in points.items()))
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 400" font-family="sans-serif" font-size="12" role="img">'
        f"<title>Growth with size. {'; '.join(told)}</title>"
        f'<rect width="560" height="400" fill="#fff"/>{"".join(grid)}{"".join(drawn_lines)}'
        '<text x="295" y="394" text-anchor="middle">schools, six funds, CPU of one thread</text></svg>\n',
        encoding="utf-8",
    )
    _write_table(found, path)


def _points(found: list[Row], name: str) -> dict[int, float]:
    return {
        int(row.name.removeprefix(name).split()[0].replace(",", "")): row.ours
        for row in found
        if row.name.startswith(name) and row.ours is not None
    }


def _write_table(found: list[Row], path: Path) -> None:
    """Write every row as a table, so that the picture has its numbers."""
    lines = [
        "# Growth with size",
        "",
        f"Made by `python -m benchmarks --only growth --plot {path.name}`: CPU of one thread, as last measured. Ratios hold on",
        "other machines, milliseconds do not.",
        "",
        f"![Leximin and Gini from 100 to 100,000 schools]({path.name})",
        "",
        "| what | ours | peer | peer's | ratio | target |",
        "|---|--:|---|--:|--:|---|",
    ]
    for row in found:
        ours = "" if row.ours is None else f"{row.ours:,.2f} {row.unit}"
        theirs = "" if row.theirs is None else f"{row.theirs:,.2f}"
        ratio = "" if row.ratio is None else f"{row.ratio:.3f}"
        met = {True: ", met", False: ", MISSED", None: ""}[row.is_met]
        lines.append(f"| {row.name} | {ours} | {row.peer} | {theirs} | {ratio} | {row.target}{met} |")
    path.with_suffix(".md").write_text("\n".join(lines) + "\n", encoding="utf-8")
