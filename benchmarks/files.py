"""A position export of 9,000 rows, read, reconciled and joined to its schools, against a bare sum in pandas."""

from __future__ import annotations

import io
import random

import pandas as pd

from benchmarks.clock import Row, check, cpu_seconds, within
from equity_alloc.domain.finding import Finding
from equity_alloc.sources.mapped.answers import Answers
from equity_alloc.sources.mapped.arrive import Arrived, arrive, read_all
from equity_alloc.sources.mapped.guess import make_map
from equity_alloc.sources.mapped.table_map import RowKind, TableMap
from equity_alloc.sources.mapped.take_in import TakenIn, take_in

SCHOOLS, LINES = 300, 29
HEADS = "location_code,fiscal_year,budget_category,budget_assignment,num_positions,service_type,amount\n"


def rows(repeats: int = 5) -> list[Row]:
    """Return what it takes to take the files in, and whether every cent and every printed total is found again."""
    money, schools, paid = make_files(7)
    found = taken(money, schools)
    district = found.reading.district
    tally = found.reconciled.tallies[-1]
    held = sum(fund.amount for fund in district.funds) if district else None
    name = f"files in, {tally.rows:,} rows"
    ours = cpu_seconds(lambda: taken(money, schools), repeats)
    plain = cpu_seconds(lambda: in_pandas(money), repeats)
    return [
        within(name, ours * 1e3, 3_000, peer="pandas: read, drop totals by label, sum", theirs=plain * 1e3),
        check(f"{name}: the cents of the rows", held == paid, f"{paid / 100:,.2f} to the cent"),
        check(f"{name}: printed totals that tie", not tally.differences, f"all {len(tally.checks):,}"),
    ]


def make_files(seed: int) -> tuple[bytes, bytes, int]:
    """Return an export with a printed total for each school, its schools with pupils, and what the rows add up to."""
    draw = random.Random(seed)
    money, schools, paid = [HEADS], ["School code,School name,Enrollment,Low income\n"], 0
    for number in range(SCHOOLS):
        code, total = f"M{number:03d}", 0
        for line in range(LINES):
            posts, dollars = draw.randint(1, 40), draw.randint(40_000, 900_000)
            money.append(f'{code},2022,Position {line:02d},,{posts}.0,,"$ {dollars:,}"\n')
            total += dollars
        money.append(f'{code},2022,School Site,,,,"$ {total:,}"\n')
        pupils = draw.randint(150, 1_500)
        schools.append(f"{code},School {number},{pupils},{draw.randint(0, pupils)}\n")
        paid += total * 100
    return "".join(money).encode(), "".join(schools).encode(), paid


def taken(money: bytes, schools: bytes) -> TakenIn:
    """Take both files in as the page and the command do."""
    tables = [
        table for found in (arrive("schools.csv", schools), arrive("galaxy.csv", money)) for table in opened(found)
    ]
    maps = {tables[0].key: _schools_map()}
    return take_in(read_all(tables, maps, {}), Answers(name="Invented", year="2022", who="Office"))


def opened(found: tuple[Arrived, ...] | Finding) -> tuple[Arrived, ...]:
    """Return the tables of a file that can be opened."""
    if isinstance(found, Finding):
        raise TypeError(found.what)
    return found


def _schools_map() -> TableMap:
    columns = {
        "school": "School code",
        "school_name": "School name",
        "enrollment": "Enrollment",
        "low_income": "Low income",
    }
    return make_map("schools", "Schools", RowKind.SCHOOL, columns)


def in_pandas(money: bytes) -> float:
    """Return the sum of the rows that are no totals."""
    frame = pd.read_csv(io.BytesIO(money))
    kept = frame[frame["budget_category"] != "School Site"]
    return float(
        kept["amount"].str.replace(r"[$, ]", "", regex=True).astype(float).groupby(kept["location_code"]).sum().sum()
    )
