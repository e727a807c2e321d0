"""Fayette County, Kentucky, 2016-17: equity statistics of 53 schools, computed apart from this package."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from equity_alloc.measures.coefficient_of_variation import coefficient_of_variation
from equity_alloc.measures.federal_range_ratio import federal_range_ratio
from equity_alloc.measures.gini import gini
from equity_alloc.measures.mcloone import mcloone
from equity_alloc.measures.mean_per_pupil import mean_per_pupil
from equity_alloc.measures.need_slope import need_slope
from equity_alloc.measures.poor_to_non_poor_ratio import poor_to_non_poor_ratio
from equity_alloc.measures.quantile import weighted_quantile
from equity_alloc.measures.restricted_range import restricted_range
from equity_alloc.measures.theil_t import theil_t
from equity_alloc.measures.verstegen import verstegen

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fayette:
    """The columns of the case's schools, and what the case expects."""

    columns: dict[str, Column]
    expected: dict[str, float]

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]


@pytest.fixture(scope="module")
def fayette(shared: Path) -> Fayette:
    with (shared / "data" / "ky_schools_2016_17.csv").open(newline="", encoding="utf-8") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["state_school_id"].startswith("165") and row["school_type"] == "A1"
        ]
    names = ("enrollment", "frpl", "iep", "teacher_fte", "avg_teacher_experience_years", "spending_per_student")
    columns = {name: np.array([float(row[name]) for row in rows]) for name in names}
    columns["lep"] = np.array([float(row["lep"] or 0) for row in rows])  # the case counts a blank as zero
    return Fayette(columns, json.loads((shared / "cases" / "F_fayette_statistics.json").read_text(encoding="utf-8")))


def test_the_case_reads_the_schools_it_describes(fayette: Fayette) -> None:
    assert fayette.expected["rows"] == len(fayette["enrollment"])
    totals = {"students": "enrollment", "frpl": "frpl", "iep": "iep", "lep_missing_as_zero": "lep"}
    for name, column in {**totals, "teacher_fte": "teacher_fte"}.items():
        assert fayette.expected[name] == fayette[column].sum(), name


def test_spread_over_pupils_agrees_with_the_case(fayette: Fayette) -> None:
    spending, pupils, expected = fayette["spending_per_student"], fayette["enrollment"], fayette.expected
    mean = mean_per_pupil(spending, pupils)
    found = {
        "mean_ppe_unweighted": mean_per_pupil(spending, np.ones(len(pupils))),
        "mean_ppe_student_weighted": mean,
        "sd_population_student_weighted": coefficient_of_variation(spending, pupils) * mean,
        "cv_student_weighted": coefficient_of_variation(spending, pupils),
        "median_student_weighted": weighted_quantile(spending, pupils, 0.5),
        "p05": weighted_quantile(spending, pupils, 0.05),
        "p95": weighted_quantile(spending, pupils, 0.95),
        "federal_range_ratio": federal_range_ratio(spending, pupils),
        "mcloone_student_weighted": mcloone(spending, pupils),
        "verstegen_student_weighted": verstegen(spending, pupils),
        "gini_student_weighted": gini(spending, pupils),
        "theil_t_student_weighted": theil_t(spending, pupils),
    }
    assert {name: expected[name] for name in found} == pytest.approx(found, rel=1e-12)
    assert expected["p95"] - expected["p05"] == restricted_range(spending, pupils)


def test_spending_against_need_agrees_with_the_case(fayette: Fayette) -> None:
    spending, pupils, expected = fayette["spending_per_student"], fayette["enrollment"], fayette.expected
    need = fayette["frpl"] / pupils
    poor, others = expected["ppe_seen_by_frpl_students"], expected["ppe_seen_by_other_students"]
    assert expected["slope_ppe_per_unit_frpl_student_weighted"] == pytest.approx(
        need_slope(spending, pupils, need), rel=1e-12
    )
    assert poor == pytest.approx(mean_per_pupil(spending, fayette["frpl"]), rel=1e-12)
    assert others == pytest.approx(mean_per_pupil(spending, pupils - fayette["frpl"]), rel=1e-12)
    assert poor / others == pytest.approx(poor_to_non_poor_ratio(spending, pupils, need), rel=1e-12)


def test_teachers_seen_by_each_group_agree_with_the_case(fayette: Fayette) -> None:
    frpl, others = fayette["frpl"], fayette["enrollment"] - fayette["frpl"]
    years, load = fayette["avg_teacher_experience_years"], fayette["enrollment"] / fayette["teacher_fte"]
    found = {
        "teacher_exp_seen_by_frpl": mean_per_pupil(years, frpl),
        "teacher_exp_seen_by_other": mean_per_pupil(years, others),
        "students_per_teacher_seen_by_frpl": mean_per_pupil(load, frpl),
        "students_per_teacher_seen_by_other": mean_per_pupil(load, others),
    }
    assert {name: fayette.expected[name] for name in found} == pytest.approx(found, rel=1e-12)
