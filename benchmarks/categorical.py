"""Plans and their audit with many categorical funds, each shared out by a rule of its own, as a state's aid comes."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from benchmarks.clock import Row, check, cpu_seconds, report, within
from benchmarks.instances import make_district, make_scenario
from equity_alloc.domain.district import District, Fund, Spending
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.problem.problem import build_problem

N_SCHOOLS = 60
SIZES = (5, 10, 20, 40)
#: Looking at every set of such funds takes twice as long with each; minutes beyond.
LISTED = (5, 8, 10)


def with_categorical(n_funds: int, n_schools: int = N_SCHOOLS) -> District:
    """Return a district with so many funds more, each with a line of its own and drawn positions and lines that others pay for too."""
    first, draw = make_district(3, n_schools), random.Random(n_funds)
    positions = [position.code for position in first.positions if position.code != "principal"]
    lines = [f"Program {k:02}" for k in range(n_funds)]
    funds = tuple(
        Fund(
            f"aid{k:02}",
            f"State aid {k:02}",
            60_000 * n_schools,
            counts=k % 2 == 0,
            shared_by="last-year",
            positions=tuple(draw.sample(positions, 3)),
            lines=tuple(sorted({line, draw.choice(lines), "Supplies"})),
        )
        for k, line in enumerate(lines)
    )
    spending = tuple(
        Spending(school.code, line, f"aid{k:02}", 60_000) for k, line in enumerate(lines) for school in first.schools
    )
    return replace(first, funds=first.funds + funds, spending=first.spending + spending)


def one_by_one(cells: Cells, cuts: Cuts) -> np.ndarray:
    """Return what fund sets must pay by its definition: the most over every set of own funds, each looked at."""
    found = np.zeros_like(cuts.must_pay)
    for own in range(1 << len(cells.local)):
        held = sum((cuts.used[:, f] for f in range(len(cells.local)) if own >> f & 1), np.zeros(len(cuts.used), int))
        only_own = (cells.local_mask & ~own) == 0
        for i, members in enumerate(cuts.sets):
            inside = only_own & ((cells.pooled_mask & ~members) == 0)
            found[i] = np.maximum(found[i], np.where(inside, cells.least_cents, 0).sum(1) - held)
    return found


def rows() -> list[Row]:
    """Return what the auditor's numbers, a certificate and a whole plan take as such funds grow in number."""
    found, taken = [], {}
    for n_funds in SIZES:
        name = f"{n_funds} own-rule funds"
        district, scenario = with_categorical(n_funds), make_scenario()
        cells = build_cells(build_problem(scenario.view(district)))
        ms = 1e3 * cpu_seconds(lambda c=cells: build_cuts(c), 3)  # type: ignore[misc]
        plans: list[object] = []
        planned = 1e3 * cpu_seconds(lambda d=district, s=scenario, p=plans: p.append(make_plan(d, s)), 1)  # type: ignore[misc]
        found += [report(f"{name}: fund sets' needs", ms, "ms"), report(f"{name}: plan", planned, "ms")]
        made = plans[0]
        if not isinstance(made, Plan):
            found.append(check(f"{name}: certified", False, "a plan exists"))
            continue
        taken[n_funds] = 1e3 * cpu_seconds(lambda p=made: certify(p.district, p.scenario, p.allocation), 1)  # type: ignore[misc]
        found.append(report(f"{name}: certificate", taken[n_funds], "ms"))
        found.append(
            check(f"{name}: certified", not any(rule.breaches for rule in made.certificate.rules), "no breach")
        )
    for n_funds in LISTED:
        cells = build_cells(build_problem(make_scenario().view(with_categorical(n_funds))))
        cuts, listed = build_cuts(cells), []
        ours = 1e3 * cpu_seconds(lambda c=cells: build_cuts(c), 3)  # type: ignore[misc]
        every = 1e3 * cpu_seconds(lambda c=cells, k=cuts, into=listed: into.append(one_by_one(c, k)), 1)  # type: ignore[misc]
        found.append(report(f"{n_funds} own-rule funds: needs", ours, "ms", "every set, one by one", every))
        found.append(
            check(f"{n_funds} own-rule funds: equal to every set", np.array_equal(listed[0], cuts.must_pay), "cents")
        )
    if {10, 40} <= set(taken):
        found.append(within("certificate, 40 over 10 own-rule funds", taken[40] / taken[10], 16.0, "times"))
    return found
