"""The run folder: what is done is kept there task by task, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equity_alloc import __version__
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.record import canonical, digest
from equity_alloc.sweep.task import Depth, Place, Row
from equity_alloc.sweep.vary import Varied

FORMAT = 1
_MANIFEST = "run.json"


@dataclass(frozen=True)
class RunFolder:
    """A folder with a manifest and one file for each finished task.

    Parameters
    ----------
    path : Path
    size : int
        Scenarios in a task; a run that goes on keeps the size with which it began.
    """

    path: Path
    size: int

    def done(self) -> frozenset[int]:
        """Return the numbers of the finished tasks."""
        return frozenset(int(file.stem.removeprefix("task-")) for file in self.path.glob("task-*.json"))

    def keep(self, number: int, rows: bytes) -> None:
        """Keep the rows of a task, as text: the file is there whole or not at all."""
        write_whole(self.path / f"task-{number:06d}.json", rows)

    def rows(self) -> Iterator[Row]:
        """Yield the rows of all finished tasks, in order."""
        for file in sorted(self.path.glob("task-*.json")):
            yield from json.loads(file.read_bytes())

    def remove(self) -> None:
        """Remove the folder, once its rows stand in the table."""
        shutil.rmtree(self.path)


def open_folder(path: Path, places: Sequence[Place], varied: tuple[Varied, ...], depth: Depth, size: int) -> RunFolder:
    """Return the folder of a run: a new one, or that of the same run stopped earlier.

    Raises
    ------
    InvalidValue
        If the folder holds something else.
    """
    run = _run(places, varied, depth)
    manifest = path / _MANIFEST
    if manifest.exists():
        known = _known(manifest)
        if known.get("run") != run:
            raise InvalidValue(
                f"{path} keeps the finished part of another sweep (other data, choices or version). Finish that one with "
                "its own command, remove the folder, or choose another output."
            )
        return RunFolder(path, int(known["size"]))
    # A run that was killed at its very start leaves only the part of a manifest.
    if path.exists() and (not path.is_dir() or any(entry.name != _partial(manifest).name for entry in path.iterdir())):
        raise InvalidValue(f"{path} is in the way: finished parts of the run are kept there. Choose another output.")
    path.mkdir(parents=True, exist_ok=True)
    write_whole(manifest, canonical({"format": FORMAT, "run": run, "size": size}).encode())
    return RunFolder(path, size)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, even if the power fails."""
    partial = _partial(path)
    with partial.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)


def _partial(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _known(manifest: Path) -> dict[str, Any]:
    """Return what a manifest says; nothing where it is not one of ours."""
    try:
        known = json.loads(manifest.read_bytes())
    except ValueError:
        return {}
    return known if isinstance(known, dict) else {}


def _run(places: Sequence[Place], varied: tuple[Varied, ...], depth: Depth) -> str:
    """Return the identity of a run: the same data, choices, depth and version give the same rows."""
    parts: list[Any] = [FORMAT, __version__, depth.value]
    parts += [(each.target, *each.values) for each in varied]
    parts += [
        (
            place.name,
            place.district.digest if place.district is not None else place.words,
            place.scenario.digest if place.scenario is not None else "",
        )
        for place in places
    ]
    return digest(tuple(parts))
