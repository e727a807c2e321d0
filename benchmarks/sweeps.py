"""A thousand scenarios of 100 schools: on one core, and what handing them out to processes and to a cluster adds."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

from benchmarks.clock import Row, at_most, within
from benchmarks.instances import make_district, make_scenario
from equity_alloc.sweep.divide import divide
from equity_alloc.sweep.folder import open_folder
from equity_alloc.sweep.run import cluster, local_pool, run_here, run_on
from equity_alloc.sweep.task import Depth, Place, Task, run_task
from equity_alloc.sweep.task import Row as SweepRow
from equity_alloc.sweep.vary import read_varied

SCHOOLS, SEED, WORKERS = 100, 5, 2
#: 1,000 scenarios.
CHOICES = ("hold-harmless.share=0.801:0.9:0.001", "gain-cap.gain=0.05:0.14:0.01")
A_TASK = 125
SOONEST = 2_000.0
POOL, DASK = 1.15, 1.05
#: In a row's "number" the worker's process and its CPU seconds travel back beside its rows.
_PROCESS = "process"


def rows(repeats: int) -> list[Row]:
    """Return CPU seconds of one core, and of everything together when others do the work."""
    alone = min(_alone() for _ in range(repeats))
    name = f"1,000 scenarios, {SCHOOLS} schools, best lowest levels"
    found = [within(f"{name}: one core", 1e3 * alone, SOONEST)]
    with local_pool(WORKERS) as executor:
        pool = min(_together(executor) for _ in range(repeats))
    found.append(at_most(f"{name}: {WORKERS} processes, CPU of all", "one core", 1e3 * pool, 1e3 * alone, POOL))
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=WORKERS, threads_per_worker=1, processes=True, dashboard_address=None) as running,
        cluster(running.scheduler_address) as (executor, _),
    ):
        dask = min(_together(executor) for _ in range(repeats))
    found.append(at_most(f"{name}: Dask, CPU of all", "one core", 1e3 * dask, 1e3 * alone, DASK))
    return found


def _tasks() -> list[Task]:
    place = Place("invented", make_district(SEED, SCHOOLS), make_scenario())
    return divide([place], tuple(map(read_varied, CHOICES)), Depth.LEVELS, A_TASK)


def _alone() -> float:
    return _timed(lambda tasks, folder: run_here(tasks, folder, lambda _: None))[0]


def _together(executor: Executor) -> float:
    """Return CPU seconds of this process and of the workers, from the moment a task reaches a worker."""
    for _ in range(3):  # workers load what they need before anything is timed
        for future in [executor.submit(run_task, task) for task in _tasks()[:WORKERS]]:
            future.result()
    return sum(_timed(lambda tasks, folder: run_on(executor, WORKERS, tasks, folder, lambda _: None, measured)))


def measured(task: Task) -> list[SweepRow]:
    """Return the rows of a task, and one more with the CPU seconds that it took."""
    begun = time.process_time()
    found = run_task(task)
    return [*found, {_PROCESS: time.process_time() - begun}]


def _timed(work: Callable[[list[Task], object], None]) -> tuple[float, float]:
    """Return CPU seconds of this process, and of the workers as they told."""
    tasks = _tasks()
    with tempfile.TemporaryDirectory() as home:
        folder = open_folder(Path(home) / "run", [tasks[0].parts[0].place], tasks[0].varied, Depth.LEVELS, A_TASK)
        gc.collect()
        begun = time.process_time()
        work(tasks, folder)
        taken = time.process_time() - begun
        found = list(folder.rows())
    assert sum(1 for row in found if row.get("status") == "possible") == 1_000
    return taken, sum(float(row[_PROCESS] or 0) for row in found if _PROCESS in row)
