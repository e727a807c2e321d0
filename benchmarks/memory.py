"""Peak memory of building and solving, each road in a process of its own."""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pulp

from benchmarks.clock import Row, report
from benchmarks.instances import make_district, make_scenario
from benchmarks.moves import idiom, make_case, ours_to_the_end, plain_arrays, projected_arrays, solve_arrays

ROADS = {
    "ours": ours_to_the_end,
    "arrays, projected": lambda case: solve_arrays(projected_arrays(case)),
    "arrays, plain": lambda case: solve_arrays(plain_arrays(case)),
    "lpSum idiom, plain": lambda case: idiom(case).solve(pulp.PULP_CBC_CMD(msg=False, threads=1)),
}


def rows(n_schools: int = 500) -> list[Row]:
    """Return megabytes above what the loaded numbers take; CBC's own process is not counted."""
    case = make_case(make_district(1, n_schools, federal_apart=False), make_scenario())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case"
        path.write_bytes(pickle.dumps(case))
        mine, *others = (_in_a_child(road, path) for road in ROADS)
    names = list(ROADS)[1:]
    return [
        report("peak memory, build to read", mine, "MB", name, theirs)
        for name, theirs in zip(names, others, strict=True)
    ]


def _in_a_child(road: str, path: Path) -> float:
    command = [sys.executable, "-m", "benchmarks.memory", road, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])


def _peak() -> float:
    """Return this program's peak in megabytes; on Linux getrusage would begin with the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(row.split()[1]) for row in status.read_text().splitlines() if row.startswith("VmHWM")) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    loaded = pickle.loads(Path(sys.argv[2]).read_bytes())
    before = _peak()
    ROADS[sys.argv[1]](loaded)
    print(_peak() - before)
