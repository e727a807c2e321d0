"""A thousand scenarios of 100 schools: on one core, and what handing them out to processes and to a cluster adds."""

from __future__ import annotations

import gc
import json
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor
from importlib.util import find_spec
from pathlib import Path

from benchmarks.clock import Row, at_most, within
from benchmarks.instances import make_district, make_scenario
from equity_alloc.sweep.divide import divide
from equity_alloc.sweep.folder import RunFolder, open_folder
from equity_alloc.sweep.run import cluster, local_pool, run_here, run_on
from equity_alloc.sweep.task import Depth, Packed, Place, Task, pack, run_packed
from equity_alloc.sweep.vary import read_varied

SCHOOLS, SEED, WORKERS = 100, 5, 2
#: 1,000 scenarios.
CHOICES = ("hold-harmless.share=0.801:0.9:0.001", "gain-cap.gain=0.05:0.14:0.01")
A_TASK = 125
SOONEST = 2_000.0
POOL, DASK = 1.15, 1.05
#: One row more brings back the CPU seconds that the worker's process took.
_PROCESS = "process"


def rows(repeats: int) -> list[Row]:
    """Return CPU seconds of one core, and of everything together when others do the work."""
    alone = min(_alone() for _ in range(repeats))
    name = f"1,000 scenarios, {SCHOOLS} schools, best lowest levels"
    found = [within(f"{name}: one core", 1e3 * alone, SOONEST)]
    with local_pool(WORKERS) as executor:
        found.append(_handing_out(f"{name}: {WORKERS} processes", executor, repeats, POOL))
    if find_spec("distributed") is None:
        return found
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=WORKERS, threads_per_worker=1, processes=True, dashboard_address=None) as running,
        cluster(running.scheduler_address) as (executor, _),
    ):
        found.append(_handing_out(f"{name}: Dask", executor, repeats, DASK, idle=_idle()))
    return found


def _handing_out(name: str, executor: Executor, repeats: int, most: float, *, idle: float = 0.0) -> Row:
    """Return CPU of all against that of the workers for their scenarios, both of one run: the run with the middle ratio."""
    runs = sorted((_together(executor, idle) for _ in range(repeats)), key=lambda run: run[0] / run[1])
    handing, working = runs[len(runs) // 2]
    return at_most(f"{name}, CPU of all", "the scenarios alone", 1e3 * (handing + working), 1e3 * working, most)


def _tasks() -> list[Task]:
    place = Place("invented", make_district(SEED, SCHOOLS), make_scenario())
    return divide([place], tuple(map(read_varied, CHOICES)), Depth.LEVELS, A_TASK)


def _alone() -> float:
    return _timed(lambda tasks, folder: run_here(tasks, folder, lambda _: None))[0]


def _together(executor: Executor, idle: float) -> tuple[float, float]:
    """Return CPU seconds of this process, less what it takes when idle, and of the workers for their tasks."""
    for _ in range(3):  # workers load what they need before anything is timed
        for future in [executor.submit(run_packed, pack(task, {})) for task in _tasks()[:WORKERS]]:
            future.result()
    return _timed(lambda tasks, folder: run_on(executor, WORKERS, tasks, folder, lambda _: None, measured), idle)


def measured(packed: Packed) -> bytes:
    """Return the rows of a task, and one more with the CPU seconds that it took."""
    begun = time.process_time()
    found = json.loads(run_packed(packed))
    return json.dumps([*found, {_PROCESS: time.process_time() - begun}]).encode()


def _idle() -> float:
    """Return the CPU seconds that this process takes in a second while the cluster has nothing to do."""
    begun, moment = time.process_time(), time.monotonic()
    time.sleep(2)
    return (time.process_time() - begun) / (time.monotonic() - moment)


def _timed(work: Callable[[list[Task], RunFolder], None], idle: float = 0.0) -> tuple[float, float]:
    """Return CPU seconds of this process, less what it takes when idle, and of the workers as they told."""
    tasks = _tasks()
    with tempfile.TemporaryDirectory() as home:
        folder = open_folder(Path(home) / "run", [tasks[0].parts[0].place], tasks[0].varied, Depth.LEVELS, A_TASK)
        gc.collect()
        begun, moment = time.process_time(), time.monotonic()
        work(tasks, folder)
        taken = time.process_time() - begun - idle * (time.monotonic() - moment)
        found = list(folder.rows())
    assert sum(1 for row in found if row.get("status") == "possible") == 1_000
    return taken, sum(float(row[_PROCESS] or 0) for row in found if _PROCESS in row)
