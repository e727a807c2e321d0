"""Whole published tables, school by school: federal Title I examples, Fayette County, Washington's districts."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.facts import DistrictFacts, SchoolFacts
from equity_alloc.formulas.templates import read_template
from equity_alloc.parameters.library import parameters
from tests.formulas.facts_for_tests import formula_of

TITLE_I_PER_CHILD = """
format = 1
name = "title-1-example-2"
[[component]]
kind = "per-pupil"
name = "allocation"
count = "low-income"
amount = 700
only_flags = ["served"]
"""
TITLE_I_POT = """
format = 1
name = "title-1-example-3"
[[component]]
kind = "share-of-pot"
name = "allocation"
pot = 2138000
count = "low-income"
only_flags = ["served"]
rounding = "half-up to 1"
"""
FAYETTE = """
format = 1
name = "fayette"
[[component]]
kind = "weighted-pupils"
name = "weighted pupils"
weights = { frpl = 0.15, lep = 0.096, iep = 1.17 }
[[component]]
kind = "share-of-pot"
name = "general"
pot = 300000000.00
count = "weighted pupils"
rounding = "largest-remainder to 0.01"
"""


def federal_example(shared: Path, number: int) -> dict[str, Any]:
    return dict(json.loads((shared / "cases" / f"title1_ed_example{number}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(("number", "text"), [(2, TITLE_I_PER_CHILD), (3, TITLE_I_POT)])
def test_federal_title_i_examples_come_out_to_the_dollar(shared: Path, number: int, text: str) -> None:
    example = federal_example(shared, number)
    schools = tuple(
        SchoolFacts(
            row["school"],
            row["school"],
            "school",
            (("low-income", row["low_income_total"]),),
            ("served",) if row["official_allocation"] is not None else (),
        )
        for row in example["schools"]
    )
    result = evaluate(formula_of(text), DistrictFacts("ED", "1995-96", schools))
    for row in example["schools"]:
        assert (row["official_allocation"] or 0) * 100 == result.dollars(row["school"]), row["school"]
    pot = example["official_totals"]["allocation"] * 100
    # Rounded school by school, the third example's printed amounts are one dollar over its own pot; that is told.
    assert (pot if number == 2 else pot + 100) == result.total_dollars
    assert ([] if number == 2 else ["pot-not-met"]) == [finding.code for finding in result.findings]


def kentucky(shared: Path) -> tuple[SchoolFacts, ...]:
    text = (shared / "data" / "ky_schools_2016_17.csv").read_text(encoding="utf-8")
    columns = ("enrollment", "frpl", "lep", "iep")
    return tuple(
        SchoolFacts(
            row["state_school_id"],
            row["school_name"],
            row["school_type"],
            # Blank LEP is zero by decision of the case, as its readme says.
            tuple((name, int(row[name] or 0)) for name in columns),
        )
        for row in csv.DictReader(text.splitlines())
    )


def test_fayette_county_comes_out_to_the_cent_at_53_schools(shared: Path) -> None:
    schools = tuple(s for s in kentucky(shared) if s.code.startswith("165") and s.kind == "A1")
    result = evaluate(formula_of(FAYETTE), DistrictFacts("Fayette County", "2016-17", schools))
    table = (shared / "cases" / "F_fayette_weighted_formula_expected.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    assert 53 == len(rows) == len(schools)
    for row in rows:
        code = row["state_school_id"]
        assert Decimal(row["allocation"]) * 100 == result.dollars(code)
        assert Fraction(row["weighted_enrollment"]) == result.amount(code, "weighted pupils")
    assert 300_000_000_00 == result.total_dollars


def test_a_pot_is_met_to_the_cent_at_all_kentucky_schools(shared: Path) -> None:
    schools = kentucky(shared)
    result = evaluate(formula_of(FAYETTE), DistrictFacts("Kentucky", "2016-17", schools))
    assert 1435 == len(schools)
    assert 300_000_000_00 == result.total_dollars


def washington_districts(shared: Path) -> tuple[dict[str, str], ...]:
    text = (shared / "data" / "wa_districts_2024_25.csv").read_text(encoding="utf-8-sig")
    return tuple(csv.DictReader(text.splitlines()))


def statute(shared: Path) -> dict[str, Any]:
    text = (shared / "data" / "wa_prototypical_school_parameters.json").read_text(encoding="utf-8")
    return dict(json.loads(text, parse_float=Decimal))


def test_the_shipped_washington_numbers_are_the_statutes(shared: Path) -> None:
    law, shipped = statute(shared), {name: history[-1].value for name, history in parameters("washington").items()}
    spans = {"k3": "k-3", "grades4_6": "4-6", "grades7_8": "7-8", "grades9_12": "9-12"}
    assert all(Decimal(size) == shipped[f"class-size-{spans[span]}"] for span, size in law["class_size"].items())
    assert all(1 + Decimal(f) == shipped[f"planning-time-{level}"] for level, f in law["planning_time"].items())
    for role, levels in law["staff_per_prototype"].items():
        for level, fte in levels.items():
            assert Decimal(fte) == shipped.get(f"{role.replace('_', '-')}-{level}", Decimal(0))
    for role, fte in law["district_wide_per_1000"].items():
        assert Decimal(fte) == shipped[f"{role}-per-thousand"]
    assert Decimal(law["central_administration_rate"]) == shipped["central-administration"]
    assert Decimal(law["msoc_per_student"]) == shipped["operating-costs"]
    assert Decimal(law["msoc_high_school_add_on"]) == shipped["operating-costs-grades-9-12"]


def units_by_statute(law: dict[str, Any], row: dict[str, str]) -> Fraction:
    """Staff units of a district straight from the statute's table, without the formula engine."""
    k3, g46, middle, high = (Fraction(row[f"fte_{name}"]) for name in ("k3", "grades46", "middle", "high"))
    size, plan = law["class_size"], law["planning_time"]
    early, late = 1 + Fraction(plan["elementary"]), 1 + Fraction(plan["secondary"])
    teachers = (k3 / Fraction(size["k3"]) + g46 / Fraction(size["grades4_6"])) * early
    teachers += (middle / Fraction(size["grades7_8"]) + high / Fraction(size["grades9_12"])) * late
    pupils = {"elementary": k3 + g46, "middle": middle, "high": high}
    others = sum(
        pupils[level] / law["prototype_size"][level] * Fraction(fte)
        for levels in law["staff_per_prototype"].values()
        for level, fte in levels.items()
    )
    wide = sum(pupils.values()) / 1000 * sum(Fraction(fte) for fte in law["district_wide_per_1000"].values())
    return (teachers + others + wide) * (1 + Fraction(law["central_administration_rate"]))


def test_washington_staff_units_of_315_districts_follow_the_statute(shared: Path) -> None:
    rows, law = washington_districts(shared), statute(shared)
    spans = {"grade K": "fte_k3", "grade 4": "fte_grades46", "grade 7": "fte_middle", "grade 9": "fte_high"}
    grades = ("grade K", *(f"grade {n}" for n in range(1, 13)))
    schools = tuple(
        SchoolFacts(
            row["district_code"],
            row["district_name"],
            "district",
            tuple((grade, Decimal(row[spans[grade]]) if grade in spans else 0) for grade in grades),
        )
        for row in rows
    )
    formula = read_template("washington-prototypical").formula
    assert formula is not None
    result = evaluate(formula, DistrictFacts("Washington", "2024-25", schools))
    assert 315 == len(rows)
    for row in rows:
        assert units_by_statute(law, row) == result.fte(row["district_code"]), row["district_name"]
        assert Fraction(row["fte_elementary"]) == Fraction(row["fte_k3"]) + Fraction(row["fte_grades46"])
