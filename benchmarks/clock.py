"""Seconds of one thread, and one row of the table."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One claim, measured: what we do, what the named peer does, and whether the target is met.

    Parameters
    ----------
    name, peer : str
    ours, theirs : float or None
        In `unit`; None where a row is a check or has no peer.
    target : str
    is_met : bool or None
        None for rows that only report.
    """

    name: str
    peer: str
    ours: float | None
    theirs: float | None
    unit: str
    target: str
    is_met: bool | None

    @property
    def ratio(self) -> float | None:
        """Ours over theirs."""
        return self.ours / self.theirs if self.ours is not None and self.theirs else None


def cpu_seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """Return the median CPU seconds of several runs; garbage is collected before each, not in it."""
    return timed(lambda: None, lambda _: work(), repeats)


def timed(prepare: Callable[[], T], work: Callable[[T], object], repeats: int = 5) -> float:
    """Return the median CPU seconds of `work` on something freshly prepared, which is not timed."""
    taken = []
    for _ in range(repeats):
        ready = prepare()
        gc.collect()
        start = time.process_time()
        work(ready)
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def at_most(name: str, peer: str, ours: float, theirs: float, most: float, unit: str = "ms") -> Row:
    """Return a row whose ratio must not pass a number."""
    return Row(name, peer, ours, theirs, unit, f"<= {most:g}x", ours <= most * theirs)


def faster(name: str, peer: str, ours: float, theirs: float, times: float, unit: str = "ms") -> Row:
    """Return a row in which we must be so many times faster than the peer."""
    return Row(name, peer, ours, theirs, unit, f">= {times:g}x faster", theirs >= times * ours)


def within(name: str, ours: float, most: float, unit: str = "ms", peer: str = "", theirs: float | None = None) -> Row:
    """Return a row with an absolute limit."""
    return Row(name, peer, ours, theirs, unit, f"<= {most:g} {unit}", ours <= most)


def check(name: str, is_met: bool, target: str) -> Row:
    """Return a row that is kept or not."""
    return Row(name, "", None, None, "", target, is_met)


def report(name: str, ours: float, unit: str, peer: str = "", theirs: float | None = None) -> Row:
    """Return a row without a target."""
    return Row(name, peer, ours, theirs, unit, "", None)
