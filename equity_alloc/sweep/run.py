"""Runs the tasks of a sweep: in this process, in processes of this computer, or on a Dask cluster that is there."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.sweep.folder import RunFolder
from equity_alloc.sweep.interrupt import interrupts_wait
from equity_alloc.sweep.task import Packed, Task, pack, rows_text, run_packed, run_task

#: So many tasks for each worker are handed out ahead; the rest wait here, so that memory stays small.
AHEAD = 2

Tell = Callable[[int], None]


class WorkersLost(EquityAllocError):
    """Workers ended before their work was done; what is finished is kept."""


class WorkersUnfit(EquityAllocError):
    """A worker is there but cannot do the work, as where it has another version of the package."""


class NoCluster(EquityAllocError):
    """The cluster cannot be reached, or what is needed to talk to it is not installed."""


def run_here(tasks: Sequence[Task], folder: RunFolder, tell: Tell) -> None:
    """Run tasks one after the other in this process, keeping each when it is done.

    Parameters
    ----------
    tasks : sequence of Task
    folder : RunFolder
    tell : callable
        Told after each task how many scenarios it held.
    """
    for task in tasks:
        folder.keep(task.number, rows_text(run_task(task)))
        tell(task.size)


def run_on(
    executor: Executor,
    n_workers: int,
    tasks: Sequence[Task],
    folder: RunFolder,
    tell: Tell,
    work: Callable[[Packed], bytes] = run_packed,
) -> None:
    """Run tasks on an executor, keeping each when it is done; when it is stopped, what waits is taken back.

    Raises
    ------
    WorkersLost
        If workers end before their work is done.
    WorkersUnfit
        If a worker lacks what the work needs.
    """
    waiting, known = iter(tasks), dict[int, bytes]()
    running: dict[Future[bytes], Task] = {}
    try:
        while True:
            for task in waiting:
                packed = pack(task, known)
                with interrupts_wait():
                    running[executor.submit(work, packed)] = task
                if len(running) >= AHEAD * n_workers:
                    break
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                task = running.pop(future)
                folder.keep(task.number, _answer(future))
                tell(task.size)
    finally:
        # A pool of this computer is ended as a whole (local_pool); a future that was cancelled would break it while it ends.
        if not isinstance(executor, ProcessPoolExecutor):
            for future in running:
                future.cancel()


@contextmanager
def local_pool(n_workers: int) -> Iterator[Executor]:
    """Give processes of this computer; each starts afresh, so that it works the same on every system."""
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(n_workers, mp_context=context, initializer=_start_worker)
    others = set(multiprocessing.active_children())
    is_finished = False
    try:
        yield executor
        is_finished = True
    finally:
        if not is_finished:
            # Whoever stops a run does not wait for tasks that may take minutes; what was finished is kept already.
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def cluster(address: str, *, patience: str = "10s") -> Iterator[tuple[Executor, int]]:
    """Give the workers of a Dask scheduler that is running, and how many threads they have.

    Parameters
    ----------
    address : str
    patience : str
        How long to wait for the scheduler to answer.

    Raises
    ------
    NoCluster
    """
    if find_spec("distributed") is None:
        raise NoCluster("A Dask cluster needs the packages dask and distributed: pip install 'equity-alloc[cluster]'.")
    from distributed import Client

    try:
        connect: Any = Client
        client: Any = connect(address, timeout=patience, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(
            f"There is no Dask scheduler at {address} ({error}). Start one, or leave --scheduler out."
        ) from error
    try:
        n_threads = sum(client.nthreads().values())
        if not n_threads:
            raise NoCluster(f"The Dask scheduler at {address} has no workers yet. Start some and run this again.")
        yield client.get_executor(pure=False), n_threads
    finally:
        client.close()


def _answer(future: Future[bytes]) -> bytes:
    try:
        error = future.exception()
    except CancelledError as gone:  # what a scheduler that ended leaves behind
        raise _lost(gone) from gone
    if error is None:
        return future.result()
    if isinstance(error, ImportError):
        raise WorkersUnfit(
            f"A worker cannot do this work ({error}). Install the same version of equity-alloc on every worker, and run "
            "the same command again; what is finished is kept."
        ) from error
    # Dask has errors of its own for workers that ended; anything else is a fault of ours, and shown as it is.
    if isinstance(error, BrokenExecutor | OSError | MemoryError) or type(error).__module__.startswith("distributed"):
        raise _lost(error) from error
    raise error


def _lost(error: BaseException) -> WorkersLost:
    return WorkersLost(
        f"Workers ended before their work was done ({type(error).__name__}: {error}). What is finished is kept; run the "
        "same command again, with fewer workers if memory ran out."
    )


def _start_worker() -> None:
    """Leave Ctrl-C to the main process, and end with it even when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
