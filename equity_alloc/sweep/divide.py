"""Divides a sweep into tasks: neighbors stay together, and each task is large enough that handing it out is nothing."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.sweep.task import Depth, Part, Place, Task
from equity_alloc.sweep.vary import Varied, grid

#: Fewer scenarios a task would let the handing out be felt; a plan takes so long that few are enough.
LEAST = {Depth.PLAN: 5, Depth.LEVELS: 50}

#: More scenarios a task would let the last worker be waited for.
MOST = 500

#: So many tasks for each worker even out slow and quick ones.
TASKS_A_WORKER = 4


def task_size(n_scenarios: int, n_workers: int, depth: Depth) -> int:
    """Return how many scenarios a task has.

    Examples
    --------
    >>> task_size(1_000, 2, Depth.LEVELS), task_size(200, 8, Depth.LEVELS), task_size(1_000_000, 4, Depth.LEVELS)
    (125, 50, 500)
    >>> task_size(200, 8, Depth.PLAN), task_size(20, 2, Depth.PLAN)
    (7, 5)
    """
    return min(MOST, max(LEAST[depth], -(-n_scenarios // (TASKS_A_WORKER * n_workers))))


def divide(places: Sequence[Place], varied: tuple[Varied, ...], depth: Depth, size: int) -> list[Task]:
    """Return the tasks of a sweep, in order.

    Parameters
    ----------
    places : sequence of Place
    varied : tuple of Varied
    depth : Depth
    size : int
        Scenarios in a task; the last has the rest.
    """
    values = grid(varied)
    tasks: list[Task] = []
    parts: list[Part] = []
    room, number = size, 1
    for place in places:
        done = 0
        while done < len(values):
            taken = tuple(values[done : done + room])
            parts.append(Part(place, number, taken))
            done, number, room = done + len(taken), number + len(taken), room - len(taken)
            if not room:
                tasks.append(Task(len(tasks), depth, varied, tuple(parts)))
                parts, room = [], size
    if parts:
        tasks.append(Task(len(tasks), depth, varied, tuple(parts)))
    return tasks
