"""Two real districts audited: Fayette County, Kentucky, and New York City's Community School District 5.

Fayette's exposures stand in a case that was computed apart from this package; the other figures are added up here from
the public files themselves, by the definition alone: what the pupils of a group meet at the schools that they attend.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from equity_alloc.domain.district import Decision, District, Fund, Position, School, Spending, Staffing, StudentGroup
from equity_alloc.inequity.audit import Audit, audit
from equity_alloc.inequity.group_gap import Area, Certainty, GroupGap
from equity_alloc.scenario import Scenario
from equity_alloc.sources.kentucky import read_kentucky

Rows = list[dict[str, str]]


def gap(found: Audit, title: str, group: str) -> GroupGap:
    [one] = [each for each in found.gaps if (each.title, each.group) == (title, group)]
    return one


def met_by(rows: Rows, has: Callable[[dict[str, str]], float], pupils: str, whole: str, *, outside: bool) -> float:
    """Return what pupils of a group, or all others, meet per pupil of their schools: sum n x / sum n."""
    counts = [float(row[whole]) - float(row[pupils] or 0) if outside else float(row[pupils] or 0) for row in rows]
    return sum(n * has(row) / float(row[whole]) for n, row in zip(counts, rows, strict=True)) / sum(counts)


@pytest.fixture(scope="module")
def kentucky(shared: Path) -> tuple[Audit, Rows, dict[str, float]]:
    data = (shared / "data" / "ky_schools_2016_17.csv").read_bytes()
    zero = Decision("A blank count of English learners means zero.", "test case", "2017-07-01")
    district = read_kentucky(data, "165", blank_means_zero=zero).district
    assert district is not None
    rows = [
        row
        for row in csv.DictReader(data.decode("utf-8").splitlines())
        if row["state_school_id"].startswith("165") and row["school_type"] == "A1"
    ]
    official = json.loads((shared / "cases" / "F_fayette_statistics.json").read_text(encoding="utf-8"))
    return audit(district, Scenario()), rows, official


def test_fayette_dollars_are_those_of_the_case(kentucky: tuple[Audit, Rows, dict[str, float]]) -> None:
    found, _, official = kentucky
    dollars = gap(found, "Core dollars", "Economically disadvantaged")
    assert official["ppe_seen_by_frpl_students"] == pytest.approx(dollars.value, rel=1e-9)
    assert official["ppe_seen_by_other_students"] == pytest.approx(dollars.other, rel=1e-9)
    assert not dollars.is_adverse and Certainty.COUNTED is dollars.certainty


@pytest.mark.parametrize(
    ("column", "group"),
    [("lep", "English learners"), ("iep", "Students with disabilities"), ("black", "Black"), ("hispanic", "Hispanic")],
)
def test_fayette_exposures_of_other_groups_add_up_from_the_file(
    kentucky: tuple[Audit, Rows, dict[str, float]], column: str, group: str
) -> None:
    found, rows, _ = kentucky
    dollars = gap(found, "Core dollars", group)
    spent = [float(row["spending_per_student"]) * float(row["enrollment"]) for row in rows]
    of = {row["state_school_id"]: dollars for row, dollars in zip(rows, spent, strict=True)}
    for outside, value in ((False, dollars.value), (True, dollars.other)):
        expected = met_by(rows, lambda row: of[row["state_school_id"]], column, "enrollment", outside=outside)
        assert expected == pytest.approx(value, rel=1e-9)
    assert sum(between for _, between, _ in dollars.places) == pytest.approx(dollars.difference, abs=1e-6)


def test_fayette_pupils_of_the_poor_meet_more_dollars_and_the_audit_claims_nothing_about_outcomes(
    kentucky: tuple[Audit, Rows, dict[str, float]],
) -> None:
    found, _, _ = kentucky
    assert (Area.ACCESS, Area.OUTCOMES) == found.unseen
    only = {each.group for each in found.gaps if each.is_audit_only}
    assert {"Black", "Hispanic"} <= only and "Economically disadvantaged" not in only


@pytest.fixture(scope="module")
def harlem(shared: Path) -> tuple[District, Rows]:
    with (shared / "data" / "nyc_csd05_schools_fy2022.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    groups = (("poor", "# Poverty"), ("el", "# English Language Learners"), ("swd", "# Students with Disabilities"))
    schools = tuple(
        School(
            row["DBN"],
            row["School Name"],
            "any",
            int(row["Total Enrollment"]),
            groups=tuple((code, int(row[column]) if row[column].isdecimal() else None) for code, column in groups),
        )
        for row in rows
    )
    posts = (("TCH", "Teacher", "teacher_positions"), ("COUN", "Counselor", "guidance_positions"))
    cost = 100_000_00
    staffing = tuple(
        Staffing(row["DBN"], code, "all", round(float(row[column]) * 100))
        for row in rows
        for code, _, column in posts
        if float(row[column] or 0)
    )
    paid = {row["DBN"]: sum(each.fte * 100_000 for each in staffing if each.school == row["DBN"]) for row in rows}
    spending = tuple(
        Spending(row["DBN"], "Everything else", "all", round(float(row["total_budget"]) * 100) - paid[row["DBN"]])
        for row in rows
    )
    district = District(
        "New York City, District 5",
        "2021-22",
        schools,
        groups=(StudentGroup("poor", "Poverty"), StudentGroup("el", "English learners"), StudentGroup("swd", "With disabilities")),
        positions=tuple(Position(code, title, cost) for code, title, _ in posts),
        funds=(Fund("all", "All funds", sum(round(float(row["total_budget"]) * 100) for row in rows)),),
        staffing=staffing,
        spending=spending,
    )  # fmt: skip
    return district, rows


@pytest.mark.parametrize(
    ("column", "group"),
    [("# Poverty", "Poverty"), ("# English Language Learners", "English learners"), ("# Students with Disabilities", "With disabilities")],
)  # fmt: skip
def test_district_five_exposures_add_up_from_the_file(harlem: tuple[District, Rows], column: str, group: str) -> None:
    district, rows = harlem
    found = audit(district, Scenario())
    # "Above 95%" is a bound and no count: such a school is left out, and said to be.
    known = [row for row in rows if row[column].isdecimal()]
    assert len(rows) - len(known) == len(gap(found, "Core dollars", group).left_out)
    for title, budget, times in (("Core dollars", "total_budget", 1), ("Teacher", "teacher_positions", 100)):
        one = gap(found, title, group)
        for outside, value in ((False, one.value), (True, one.other)):
            expected = times * met_by(
                known, lambda row, budget=budget: float(row[budget]), column, "Total Enrollment", outside=outside
            )
            assert expected == pytest.approx(value, rel=1e-7), title


def test_district_five_pupils_with_disabilities_meet_more_dollars_by_the_file_itself(
    harlem: tuple[District, Rows],
) -> None:
    district, rows = harlem
    assert 27 == len(rows) == len(district.schools)
    found = audit(district, Scenario())
    for column, group in (("# Poverty", "Poverty"), ("# Students with Disabilities", "With disabilities")):
        known = [row for row in rows if row[column].isdecimal()]
        own, other = (
            met_by(known, lambda row: float(row["total_budget"]), column, "Total Enrollment", outside=outside)
            for outside in (False, True)
        )
        assert gap(found, "Core dollars", group).is_adverse == (own < other)
