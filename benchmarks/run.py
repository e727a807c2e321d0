"""Prints one table of ratios against named peers, all measured in this run: `python -m benchmarks`."""

from __future__ import annotations

import argparse
import dataclasses
import json
import platform
from pathlib import Path

from benchmarks import (
    audits,
    categorical,
    files,
    formulas,
    frontiers,
    growth,
    halves,
    laws,
    live,
    measures,
    memory,
    models,
    papers,
    promises,
    rounding,
    sweeps,
    trust,
)
from benchmarks.clock import Row


def main() -> int:
    """Run what was asked for; return 1 if a target is missed."""
    choices = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    choices.add_argument("--large", action="store_true", help="add 5,000 schools on the plain model; minutes")
    choices.add_argument("--repeats", type=int, default=5, help="runs behind each median")
    names = [
        "models",
        "live",
        "memory",
        "trust",
        "rounding",
        "files",
        "formulas",
        "frontiers",
        "growth",
        "measures",
        "laws",
        "promises",
        "sweeps",
        "papers",
        "audits",
        "halves",
        "categorical",
    ]
    choices.add_argument(
        "--only", choices=names, help="one group; laws and halves take minutes and run with --large otherwise"
    )
    choices.add_argument("--json", type=Path, help="also write the rows here")
    choices.add_argument("--plot", type=Path, help="write the growth of filling here, as SVG; needs the group growth")
    asked = choices.parse_args()
    groups = {
        "models": lambda: models.rows(asked.repeats),
        "live": lambda: live.rows(asked.repeats),
        "memory": memory.rows,
        "trust": trust.rows,
        "files": lambda: files.rows(asked.repeats),
        "formulas": lambda: formulas.rows(asked.repeats),
        "frontiers": lambda: frontiers.rows(asked.repeats),
        "growth": lambda: growth.rows(asked.repeats),
        "measures": lambda: measures.rows(asked.repeats),
        "promises": lambda: promises.rows(asked.repeats),
        "sweeps": lambda: sweeps.rows(asked.repeats),
        "papers": lambda: papers.rows(asked.repeats),
        "audits": lambda: audits.rows(asked.repeats),
        "categorical": categorical.rows,
        "rounding": lambda: rounding.rows((*rounding.SIZES, 500) if asked.large else rounding.SIZES),
    }
    found: list[Row] = []
    for name, measure in groups.items():
        if asked.only in (None, name):
            found += _print(measure())
    if asked.only == "laws" or (asked.large and asked.only is None):
        found += _print(laws.rows())
    if asked.only == "halves" or (asked.large and asked.only is None):
        found += _print(halves.rows())
    if asked.large and asked.only in (None, "models"):
        found += _print(models.large_rows())
    if asked.plot:
        growth.plot(found, asked.plot)
    if asked.json:
        rows = [{**dataclasses.asdict(row), "ratio": row.ratio} for row in found]
        about = {"python": platform.python_version(), "system": platform.system(), "rows": rows}
        asked.json.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return int(any(row.is_met is False for row in found))


def _print(rows: list[Row]) -> list[Row]:
    for row in rows:
        sign = {True: "met", False: "MISSED", None: ""}[row.is_met]
        ours = "" if row.ours is None else f"{row.ours:,.2f} {row.unit}"
        theirs = "" if row.theirs is None else f"{row.theirs:,.2f}"
        ratio = "" if row.ratio is None else f"{row.ratio:.3f}"
        print(f"{row.name:<47} {ours:>16} {theirs:>10} {ratio:>7}  {sign:<6} {row.target:<16} {row.peer}", flush=True)
    return rows
