"""All schools of Kentucky through a weighted formula: exact and traced, against the same arithmetic in pandas."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.clock import Row, check, cpu_seconds, report, within
from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.facts import DistrictFacts, SchoolFacts
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.read import read_formula
from equity_alloc.formulas.step import re_adds

#: The state's school table of 2016-17, beside the repository.
TABLE = Path(__file__).resolve().parents[2] / "shared" / "data" / "ky_schools_2016_17.csv"
WEIGHTS = {"frpl": "0.15", "lep": "0.096", "iep": "1.17"}
POT = 3_000_000_000_00
TEXT = f"""
format = 1
name = "weighted"
[[component]]
kind = "weighted-pupils"
name = "weighted pupils"
weights = {{ {", ".join(f"{name} = {weight}" for name, weight in WEIGHTS.items())} }}
[[component]]
kind = "share-of-pot"
name = "general"
pot = {POT / 100:.2f}
count = "weighted pupils"
rounding = "largest-remainder to 0.01"
"""


def rows(repeats: int = 5) -> list[Row]:
    """Return what the formula takes and whether it gives every school what pandas gives; a report where the file lacks."""
    if not TABLE.is_file():
        return [report(f"formula: {TABLE.name} is not on this machine", 0, "schools")]
    frame = pd.read_csv(TABLE, dtype={"state_school_id": str}).fillna(dict.fromkeys(("enrollment", *WEIGHTS), 0))
    facts, formula = make_facts(), make_formula()
    result = evaluate(formula, facts)
    ours = {school.code: result.dollars(school.code) for school in facts.schools}
    name = f"formula, {len(facts.schools):,} schools of Kentucky"
    seconds = cpu_seconds(lambda: evaluate(formula, facts), repeats)
    plain = cpu_seconds(lambda: in_pandas(frame), repeats)
    return [
        within(name, seconds * 1e3, 500, peer="pandas, floats, no trace", theirs=plain * 1e3),
        check(f"{name}: the cents of pandas", ours == in_pandas(frame), f"{POT / 100:,.2f} to the cent"),
        check(
            f"{name}: every trace re-adds",
            all(line.trace and re_adds(line.trace) for line in result.lines),
            "all lines",
        ),
    ]


def make_formula() -> Formula:
    """Return the formula, read from its text."""
    formula = read_formula(TEXT).formula
    if formula is None:
        raise ValueError(TEXT)
    return formula


def make_facts() -> DistrictFacts:
    """Return every school of the table; a blank count is zero here, as in the case that the formula comes from."""
    with TABLE.open(encoding="utf-8") as file:
        schools = tuple(
            SchoolFacts(
                row["state_school_id"],
                row["school_name"],
                row["school_type"],
                tuple((name, int(row[name] or 0)) for name in ("enrollment", *WEIGHTS)),
            )
            for row in csv.DictReader(file)
        )
    return DistrictFacts("Kentucky", "2016-17", schools)


def in_pandas(frame: pd.DataFrame) -> dict[str, int]:
    """Return cents by school as a careful person would work them out in a frame: shares, floors, largest remainders."""
    weighted = frame["enrollment"] + sum(frame[name] * float(weight) for name, weight in WEIGHTS.items())
    exact = POT * (weighted / weighted.sum())
    cents = np.floor(exact).astype("int64")
    left = POT - int(cents.sum())
    order = pd.DataFrame({"rest": cents - exact, "code": frame["state_school_id"]}).sort_values(["rest", "code"]).index
    cents.loc[order[:left]] += 1
    return dict(zip(frame["state_school_id"], (int(amount) for amount in cents), strict=True))
