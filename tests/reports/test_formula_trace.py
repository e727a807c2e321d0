"""The trace in exports adds up to what the formula gives, and travels with the plan."""

from __future__ import annotations

import csv
import io
from collections import Counter
from decimal import Decimal

import openpyxl
import pytest

from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.formulas.templates import template_text
from equity_alloc.formulas.use import FormulaUse, Use, formula_in
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.formula_trace import HEADINGS, trace_csv
from equity_alloc.reports.recertify import recertify
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_district
from tests.formulas.test_plan_with_formula import SMALL, small

Row = dict[str, str]


def sums_of(rows: list[Row], unit: str) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Return the sum of the results that add, by school, and what the sums of the sheet say."""
    added: Counter[str] = Counter()
    told = {}
    for row in rows:
        if row["Depth"] == "0" and row["Unit"] == unit and row["Adds to the result"] == "yes":
            added[row["School"]] += Decimal(row["Value"])  # type: ignore[assignment]
        if row["Adds to the result"] == "sum" and row["Unit"] == unit:
            told[row["School"]] = Decimal(row["Value"])
    return dict(added), told  # type: ignore[arg-type]


def test_the_trace_of_every_school_adds_up_to_its_result() -> None:
    result = evaluate(formula_in(template_text("weighted-student-funding")), facts_of(sample_district()))
    rows = list(csv.DictReader(io.StringIO(trace_csv(result).decode("utf-8-sig"))))
    added, told = sums_of(rows, "dollars")
    assert 24 == len(told)
    assert added == told
    # 574 pupils at 6,000, 34 poor at 1,500, 5 learners at 1,200, 63 with disabilities at 5,400, and 250,000.
    assert Decimal("4091200") == told["0101"]


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    result = plan(small(), Scenario(formula=FormulaUse(SMALL, Use.FLOOR)))
    assert isinstance(result, Plan)
    data = plan_workbook(result)
    assert recertify(data).is_unchanged
    return openpyxl.load_workbook(io.BytesIO(data))


def test_a_plans_workbook_holds_the_trace_and_the_entitlements(book: openpyxl.Workbook) -> None:
    lines = list(book["Formula trace"].iter_rows(values_only=True))
    assert HEADINGS == lines[0]
    rows = [
        {h: "" if cell is None else str(cell) for h, cell in zip(HEADINGS, line, strict=True)} for line in lines[1:]
    ]
    assert ({"1": 415_000, "2": 215_000},) * 2 == sums_of(rows, "dollars")
    # 1.025 counselors and 0.3 nurse; 0.5125 and 0.3.
    assert ({"1": Decimal("1.325"), "2": Decimal("0.8125")},) * 2 == sums_of(rows, "FTE")
    entitled = {
        (row["School"], row["Step"]): row["Value"] for row in rows if row["Component"].startswith("Entitlement")
    }
    assert ("575000", "315000") == (entitled["1", "core dollars"], entitled["2", "core dollars"])
    assert ("1.2", "0.5") == (entitled["1", "Counselor"], entitled["1", "Nurse"])


def test_the_certificate_says_what_the_formula_is_to_the_plan(book: openpyxl.Workbook) -> None:
    told = [row[1] for row in book["Certificate"].iter_rows(values_only=True) if row[0] == "Formula"]
    assert ["The formula 'Small formula' is the floor of every school: $890,000 at 2 schools"] == [
        words.split(" and ")[0] for words in told
    ]
