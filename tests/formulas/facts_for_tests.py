"""Facts for tests: from the tables of a case file, and at random from a seed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from equity_alloc.formulas.facts import Count, DistrictFacts, SchoolFacts
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.moved import columns_of
from equity_alloc.formulas.read import read_formula

GRADES = ("grade K", "grade 1", "grade 2")


def cents(dollars: Any) -> int:
    return int(Decimal(dollars) * 100)


def formula_of(text: str) -> Formula:
    reading = read_formula(text)
    assert reading.formula is not None, [str(finding) for finding in reading.errors]
    return reading.formula


def facts_of_case(case: Mapping[str, Any], formula: Formula) -> DistrictFacts:
    """Return the schools of a case; counts it does not list are unknown unless the case says that they are zero."""
    schools = []
    for table in case["school"]:
        counts: dict[str, Count] = dict(table.get("counts", {}))
        if "counts_not_listed" in case:
            counts = dict.fromkeys(columns_of(formula), case["counts_not_listed"]) | counts
        last_year = table.get("last_year")
        schools.append(
            SchoolFacts(
                table["code"],
                table.get("name", table["code"]),
                table.get("kind", "elementary"),
                tuple(counts.items()),
                tuple(table.get("flags", ())),
                None if last_year is None else cents(last_year),
                tuple((position, cents(cost)) for position, cost in table.get("actual_costs", {}).items()),
            )
        )
    average = tuple((position, cents(cost)) for position, cost in case.get("average_costs", {}).items())
    return DistrictFacts(case["title"], "2025-26", tuple(schools), average)


def random_facts(seed: int, n_schools: int = 12) -> DistrictFacts:
    draw = random.Random(seed)
    schools = []
    for n in range(n_schools):
        grades = {grade: draw.randint(0, 120) for grade in GRADES}
        enrolled = sum(grades.values())
        counts = {
            "enrollment": enrolled,
            "enrollment in October": max(0, enrolled + draw.randint(-9, 9)),
            "poor": draw.randint(0, enrolled),
            "learners": draw.randint(0, enrolled),
            **grades,
        }
        schools.append(
            SchoolFacts(
                f"{draw.randint(0, 99):02d}{n:02d}",
                f"School {n}",
                draw.choice(("elementary", "middle")),
                tuple(counts.items()),
                ("served",) if draw.random() < 0.4 else (),
                draw.randint(10**7, 10**9),
                (("TCH", draw.randint(7_000_000, 11_000_000)),),
            )
        )
    return DistrictFacts("Seeded", "2025-26", tuple(schools), (("TCH", 9_000_000),), ("audit",))


#: One of every kind of component, in an order that makes some rest on later ones.
EVERY_KIND = """
format = 1
name = "every-kind"
[[component]]
kind = "greater-of"
name = "greater"
of = ["floor", "per-poor"]
[[component]]
kind = "lump-sum"
name = "floor"
amount = 50000
part = true
[[component]]
kind = "per-pupil"
name = "per-poor"
count = "poor"
weight = 0.4
base = 4084.80
part = true
[[component]]
kind = "lump-sum"
name = "lump"
amount = 225000.33
only_kinds = ["elementary"]
[[component]]
kind = "per-pupil"
name = "pupils"
count = ["grade K", "grade 1", "grade 2"]
amount = 4206.953
rounding = "{dollars}"
[[component]]
kind = "weighted-pupils"
name = "weighted"
weights = {{ poor = 0.25, learners = 0.096 }}
[[component]]
kind = "share-of-pot"
name = "pot"
pot = 1000000.01
count = "weighted"
[[component]]
kind = "concentration"
name = "ramp"
group = "poor"
shape = "ramp"
start = 0.2
full = 0.6
count = "enrollment"
amount = 142
rounding = "{dollars}"
[[component]]
kind = "sliding-weight"
name = "slide"
count = "poor"
base = 1000
by = "poor"
share_of = "enrollment"
start = 0.2
start_weight = 0.47
full = 0.6
full_weight = 0.57
rounding = "{dollars}"
[[component]]
kind = "size-supplement"
name = "small"
threshold = 200
amount = 850
most = 40000
most_share = 0.15
base = ["pupils"]
[[component]]
kind = "multiplier"
name = "on-top"
of = ["lump", "pupils"]
factor = 0.053
rounding = "{dollars}"
[[component]]
kind = "cap-on-counts"
name = "learners, at most 10 %"
count = "learners"
most_share = 0.10
[[component]]
kind = "per-pupil"
name = "capped"
count = "learners, at most 10 %"
amount = 400
rounding = "{dollars}"
[[component]]
kind = "lesser-of"
name = "lesser"
of = ["floor", "per-poor"]
[[component]]
kind = "positions-per-school"
name = "principal"
position = "PRIN"
fte = 1
[[component]]
kind = "ratio-staffing"
name = "counselor"
position = "COUN"
count = "enrollment"
pupils = 250
rounding = "{fte}"
[[component]]
kind = "class-size"
name = "homerooms"
position = "TCH"
caps = {{ "grade K" = 20, "grade 1" = 25, "grade 2" = 27 }}
[[component]]
kind = "staff-per-staff"
name = "specialists"
position = "SPEC"
of = ["homerooms"]
per = 30
fte = 4
rounding = "{fte}"
[[component]]
kind = "dollars-per-position"
name = "pay"
of = ["homerooms", "counselor"]
costed_as = "TCH"
rounding = "{dollars}"
[[component]]
kind = "share-of-last-year"
name = "carry"
share = 0.031
rounding = "{dollars}"
[[component]]
kind = "manual-adjustment"
name = "by-hand"
schools = ["{school}"]
amount = -5000.25
reason = "Agreed in the hearing of 3 May."
"""
