"""A pot too small for the schools chosen is refused with "serve fewer schools": rule, tests, command line, page, later years."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest

from equity_alloc.compliance.base import Outcome
from equity_alloc.compliance.family import comply
from equity_alloc.domain.ahead import Assumption, What
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import CannotServe
from equity_alloc.domain.federal import Band, Serving
from equity_alloc.planning.certify import certify
from equity_alloc.planning.search import plan
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.write_csv import csv_files
from equity_alloc.years.course import plan_years
from equity_alloc.years.turns import TurnKind, turns
from tests.command_line import run

ROOT = Path(__file__).resolve().parents[2]
# 4,485 low-income children of the 13 marked schools at $1,200 are $5,382,000; the pot leaves $4,305,600.
WORDS = "13 schools at the stated dollars per child take $5,382,000, and $4,305,600 is there. Serve fewer schools"


def sample(per_child: int) -> tuple[District, Scenario]:
    """Return the sample, its 13 Title I schools taken as marked, at so many dollars for each child."""
    reading = sample_reading()
    assert reading.district is not None and reading.scenario is not None
    bands = (Band(Decimal(0), per_child * 100),)
    federal = dataclasses.replace(reading.district.federal, serving=Serving.AS_MARKED, bands=bands)
    return dataclasses.replace(reading.district, federal=federal), reading.scenario


def test_planning_and_the_auditor_refuse():
    district, scenario = sample(1200)
    with pytest.raises(CannotServe) as told:
        plan(district, scenario)
    assert WORDS in str(told.value)
    with pytest.raises(CannotServe, match="It reaches the first 9 of the 13 marked schools"):
        certify(district, scenario, district.today)


def test_the_tests_fail_with_the_same_words():
    district, scenario = sample(1200)
    told = {item.test.code: item.verdict for item in comply(district, scenario, district.today)}
    for code in ("title-1-rank", "title-1-amounts", "title-1-private-schools"):
        assert Outcome.FAILED is told[code].outcome
        assert WORDS in told[code].words


def test_the_command_line_says_that_no_plan_can_exist(tmp_path):
    district, scenario = sample(1200)
    for name, data in csv_files(district, scenario).items():
        (tmp_path / name).write_bytes(data)
    for words in (
        ("plan", tmp_path, "-o", tmp_path / "p.xlsx"),
        ("comply", tmp_path),
        ("years", tmp_path),
    ):
        done = run(*words)
        assert 1 == done.returncode
        assert WORDS in done.stdout + done.stderr


def test_a_later_year_whose_award_falls_ends_the_course_there():
    # $950 for 4,485 children are $4,260,750 of $4,305,600; the award of the year after is 10 % smaller.
    district, scenario = sample(950)
    ahead = (Assumption(What.REVENUE, "T1A", Decimal("-0.1")), *scenario.ahead)
    course = plan_years(district, dataclasses.replace(scenario, ahead=ahead), 3, plan)
    assert ["2026-27", "2027-28"] == [year.year for year in course.years]
    (turn,) = [turn for turn in turns(course) if turn.kind is TurnKind.NO_PLAN]
    assert "2027-28" == turn.year
    assert "Serve fewer schools" in turn.words
