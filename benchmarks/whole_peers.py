"""Solvers of whole numbers on the study's half posts: the projected program, written once and given to each as a file."""

from __future__ import annotations

import importlib.util
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import highspy
import numpy as np
import pulp

from equity_alloc.problem.arrays import Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts


@dataclass(frozen=True, eq=False)
class Whole:
    """The program in whole steps: shortfall from targets, less the lowest level, and a little for cost."""

    cells: Cells
    cuts: Cuts
    pupils: np.ndarray
    weights: np.ndarray
    target: np.ndarray
    price: float
    little: float

    def problem(self) -> pulp.LpProblem:
        """Write the program, money in thousands of dollars, as people write it but with fund sets instead of payers."""
        cells, (n, n_posts) = self.cells, self.cells.least.shape
        problem = pulp.LpProblem("halves", pulp.LpMinimize)
        step = cells.step_cents / 1e5
        low, high = cells.least // cells.step, cells.most // cells.step
        k = [
            [
                pulp.LpVariable(f"k{s:04d}_{p:02d}", int(low[s, p]), int(high[s, p]), pulp.LpInteger)
                for p in range(n_posts)
            ]
            for s in range(n)
        ]
        short = [pulp.LpVariable(f"d{s:04d}", 0) for s in range(n)]
        level = pulp.LpVariable("t", 0)
        costs = [[(k[s][p], float(step[p])) for p in range(n_posts)] for s in range(n)]
        paid = [pulp.LpAffineExpression(each) for each in costs]
        problem += (
            pulp.lpSum(float(self.pupils[s]) * short[s] for s in range(n))
            - self.price * level
            + self.little * pulp.lpSum(paid)
        )
        for s in range(n):
            weight = float(self.weights[s])
            problem += paid[s] / weight + short[s] >= float(self.target[s]) / 1000
            problem += paid[s] / weight - level >= 0
        for members, budget in zip(self.cuts.sets, self.cuts.budget, strict=True):
            inside = (cells.pooled_mask & ~members) == 0
            if members and inside.any():
                entries = [costs[s][p] for s, p in np.argwhere(inside).tolist()]
                problem += pulp.LpAffineExpression(entries) <= budget / 1e5
        return problem

    def posts(self, value_of: Callable[[str], float]) -> Ints:
        """Return hundredths of FTE from values by name."""
        n, n_posts = self.cells.least.shape
        steps = [[round(value_of(f"k{s:04d}_{p:02d}")) for p in range(n_posts)] for s in range(n)]
        return np.array(steps, np.int64) * self.cells.step

    def is_kept(self, posts: Ints) -> bool:
        """Whether posts keep their bounds and every fund set, in cents."""
        cost = posts * self.cells.price // 100
        drawn = (int(cost[(self.cells.pooled_mask & ~members) == 0].sum()) for members in self.cuts.sets)
        fits = all(cents <= budget for cents, budget in zip(drawn, self.cuts.budget, strict=True))
        return fits and bool(((posts >= self.cells.least) & (posts <= self.cells.most)).all())


def _highs(path: str, seconds: float) -> dict[str, float] | None:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.readModel(path)
    begun = time.process_time()

    def stop_in_time(event: highspy.highs.HighsCallbackEvent) -> None:
        if time.process_time() - begun > seconds:
            event.interrupt()

    # Its own limit is by the clock, which a machine with other work on it takes from the search.
    highs.cbMipInterrupt.subscribe(stop_in_time)
    highs.run()
    if highs.getInfo().primal_solution_status != 2:
        return None
    values = highs.getSolution().col_value
    return {highs.getColName(c)[1]: values[c] for c in range(highs.getNumCol())}


def _cbc(path: str, seconds: float) -> dict[str, float] | None:
    variables, problem = pulp.LpProblem.fromMPS(path)
    problem.solve(pulp.PULP_CBC_CMD(msg=False, threads=1, timeLimit=seconds, timeMode="cpu"))
    if problem.sol_status not in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible):
        return None
    return {name: float(each.value() or 0.0) for name, each in variables.items()}


def _scip(path: str, seconds: float) -> dict[str, float] | None:
    model = importlib.import_module("pyscipopt").Model()
    model.hideOutput()
    model.setParam("limits/time", seconds)
    model.setParam("timing/clocktype", 1)
    model.readProblem(path)
    model.optimize()
    if not model.getNSols():
        return None
    return {each.name: model.getVal(each) for each in model.getVars()}


def _searched(
    search: Callable[[str, float], dict[str, float] | None],
) -> Callable[[Whole, float], tuple[Ints | None, float]]:
    def found(whole: Whole, seconds: float) -> tuple[Ints | None, float]:
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "halves.mps")
            whole.problem().writeMPS(path)
            begun = _used()
            values = search(path, seconds)
            taken = _used() - begun
        posts = None if values is None else whole.posts(values.__getitem__)
        return (posts if posts is not None and whole.is_kept(posts) else None), taken

    return found


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


PEERS = {"HiGHS": _searched(_highs), "CBC": _searched(_cbc)}
# Installed only where requirements-benchmarks.txt is.
if importlib.util.find_spec("pyscipopt"):
    PEERS["SCIP"] = _searched(_scip)
