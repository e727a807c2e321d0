"""The sweep command: many scenarios or many districts into one table.

Exit codes: 0 done; 1 workers were lost, the same command goes on; 2 the input is unusable; 130 stopped by hand, the same
command goes on.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from equity_alloc.cli_explain import ScenarioFile
from equity_alloc.cli_scenario import named_scenario
from equity_alloc.cli_terminal import say, stop, tell
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.number import count_words
from equity_alloc.scenario import Scenario, default_scenario
from equity_alloc.sources.many import districts_in
from equity_alloc.sweep.divide import divide, task_size
from equity_alloc.sweep.folder import RunFolder, open_folder
from equity_alloc.sweep.run import NoCluster, WorkersLost, WorkersUnfit, cluster, local_pool, run_here, run_on
from equity_alloc.sweep.table import refuse_ending, write_table
from equity_alloc.sweep.task import Depth, Place, Task
from equity_alloc.sweep.vary import Varied, grid, read_varied, with_values

LOST, UNUSABLE, STOPPED = 1, 2, 130

#: Seconds between two lines of progress.
EVERY = 2.0


def sweep(
    file: Annotated[
        Path, typer.Argument(help="A district as for plan, or a folder of many: workbooks, .zip, folders.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The table: .parquet or .csv.")],
    vary: Annotated[
        list[str] | None,
        typer.Option(
            "--vary",
            help="What is varied, and its values: hold-harmless.share=0.9:1:0.01, 5.share=..., weight.poor=0,0.25, "
            "fund.GEN=95%:105%:1%, goal.aversion=1,2, tolerance=0,5. Several make a grid.",
        ),
    ] = None,
    scenario: ScenarioFile = None,
    levels: Annotated[
        bool, typer.Option("--levels", help="Only the best lowest level, in fractions of posts: hundreds a second.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; default: one for each processor.")
    ] = None,
    scheduler: Annotated[str, typer.Option("--scheduler", help="Address of a running Dask scheduler.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Write over a table that is there already.")] = False,
) -> None:
    """Plan many scenarios or many districts, and write one table with a row for each.

    What is finished is kept beside the table until all is done: a run that was stopped, or crashed, goes on where it was
    with the same command.
    """
    try:
        refuse_ending(output)
        if output.exists() and not force:
            stop(UNUSABLE, f"{output} is there already and stays as it is. Choose another name, or add --force.")
        if output.is_dir():
            stop(UNUSABLE, f"{output} is a folder, and the table is a file. Choose another name with -o.")
        varied = tuple(read_varied(text) for text in vary or ())
        places = _places(file, named_scenario(scenario) if scenario else None)
        _refuse_unfit(places, varied)
        depth = Depth.LEVELS if levels else Depth.PLAN
        n_scenarios = len(places) * len(grid(varied))
        n_workers = workers or os.cpu_count() or 1
        folder = open_folder(
            output.with_name(f"{output.name}.run"), places, varied, depth, task_size(n_scenarios, n_workers, depth)
        )
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    except OSError as error:
        stop(UNUSABLE, f"{output} cannot be written: {error.strerror}. Choose another place with -o.")
    tasks = divide(places, varied, depth, folder.size)
    done = folder.done()
    left = [task for task in tasks if task.number not in done]
    progress = _Progress(n_scenarios, n_scenarios - sum(task.size for task in left))
    if progress.done:
        tell(f"{progress.done:,} of {n_scenarios:,} scenarios were finished before.")
    try:
        _run(left, folder, progress, n_workers=n_workers, scheduler=scheduler)
        write_table(output, folder.rows(), varied, depth)
        folder.remove()
    except OSError as error:
        # The disk is full, or the folder was taken away or finished by another run of the same command.
        why = f"{error.filename or output} cannot be written: {error.strerror or error}."
        stop(UNUSABLE, f"{why} What is finished is kept in {folder.path}; the same command goes on from there.")
    say(f"{count_words(n_scenarios, 'scenario')} written to {output}.")


@dataclass
class _Progress:
    """How much is done, told on standard error now and then.

    Parameters
    ----------
    of : int
    done : int
        Before this run.
    """

    of: int
    done: int
    began: float = field(default_factory=time.monotonic)
    last: float = field(default_factory=time.monotonic)
    now: int = 0

    def tell(self, more: int) -> None:
        """Count what was finished, and say so when enough time has passed."""
        self.now += more
        moment = time.monotonic()
        if moment - self.last >= EVERY:
            self.last = moment
            rest = self.of - self.done - self.now
            seconds = rest * (moment - self.began) / self.now
            tell(f"{self.done + self.now:,} of {count_words(self.of, 'scenario')}; about {seconds:,.0f} s left.")


def _run(tasks: Sequence[Task], folder: RunFolder, progress: _Progress, *, n_workers: int, scheduler: str) -> None:
    try:
        if scheduler:
            with cluster(scheduler) as (executor, n_threads):
                run_on(executor, n_threads, tasks, folder, progress.tell)
        elif n_workers > 1 and len(tasks) > 1:
            n_processes = min(n_workers, len(tasks))
            with local_pool(n_processes) as executor:
                run_on(executor, n_processes, tasks, folder, progress.tell)
        else:
            run_here(tasks, folder, progress.tell)
    except KeyboardInterrupt:
        kept = f"{progress.done + progress.now:,} of {progress.of:,} scenarios are finished and kept in {folder.path}"
        stop(STOPPED, f"Stopped. {kept}. The same command goes on from there.")
    except (NoCluster, WorkersUnfit) as error:
        stop(UNUSABLE, str(error))
    except WorkersLost as error:
        stop(LOST, str(error))


def _places(file: Path, chosen: Scenario | None) -> list[Place]:
    """Return the districts that a path holds, each with the scenario that was named or its own."""
    places = []
    for name, reading in districts_in(file):
        if reading.district is None:
            first = reading.errors[0]
            n = len(reading.errors)
            words = f"{n} error{'s' * (n != 1)}; the first: {first.code} {first.where}: {first.what} {first.remedy}"
            tell(f"{name}: {words}")
            places.append(Place(name, None, None, words))
        else:
            own = reading.scenario or default_scenario(reading.district)
            places.append(Place(name, reading.district, chosen or own))
    if all(place.district is None for place in places):
        stop(UNUSABLE, f"No district could be read from {file}.")
    return places


def _refuse_unfit(places: Sequence[Place], varied: tuple[Varied, ...]) -> None:
    """Raise where a value cannot be for any district, before hours of work; for some districts only it is told by row."""
    targets = [each.target for each in varied]
    firsts = [each.values[0] for each in varied]
    _refuse_everywhere(places, targets, firsts)
    for each in varied:
        for value in each.values[1:]:
            _refuse_everywhere(places, [each.target], [value])


def _refuse_everywhere(places: Sequence[Place], targets: list[str], values: list[str]) -> None:
    failed: EquityAllocError | None = None
    for place in places:
        if place.district is None or place.scenario is None:
            continue
        try:
            with_values(place.scenario, place.district, targets, values)
        except EquityAllocError as error:
            failed = failed or error
        else:
            return
    if failed is not None:
        raise failed
