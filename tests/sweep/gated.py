"""The sweep command with workers that hold back later tasks until a file is there: no test hopes for good timing."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from functools import partial
from pathlib import Path

from equity_alloc.sweep.task import Packed, run_packed


def held(packed: Packed, *, free: int, gate: Path) -> bytes:
    """Run a task; from number `free` on only once the gate is there."""
    number = pickle.loads(packed.task)[0]
    while number >= free and not gate.exists():
        time.sleep(0.02)
    return run_packed(packed)


def die(_: object) -> bytes:
    """End the worker in the midst of its work."""
    os._exit(3)


def lack(_: object) -> bytes:
    """Fail as a worker does that has another version of the package."""
    raise ModuleNotFoundError("No module named 'equity_alloc.sweep.task'")


def main() -> None:
    """Run the command; before its own words come how many tasks are free, and the gate."""
    # A shell that runs the tests in the background has them ignore Ctrl-C, and their children with them.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Here, because workers import this module too, and need nothing of the command.
    from equity_alloc import cli_sweep
    from equity_alloc.cli import app
    from equity_alloc.sweep.run import run_on

    free, gate, *words = sys.argv[1:]
    cli_sweep.run_on = partial(run_on, work=partial(held, free=int(free), gate=Path(gate)))  # type: ignore[assignment]
    app(words)
