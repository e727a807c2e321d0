"""Opportunity gaps by hand: posts per 100 pupils in the fifths of pupils at the schools of least and of most need."""

from __future__ import annotations

import dataclasses

import pytest

from equity_alloc.domain.district import District, Fund, Position, School, Staffing, StudentGroup
from equity_alloc.planning.opportunity import opportunity_rows
from equity_alloc.planning.search import plan
from equity_alloc.scenario import Scenario


def town(*counselors: int) -> District:
    """Return schools of 100 pupils with 10, 20, 30 ... of them poor, and so many counselors in tenths."""
    schools = tuple(
        School(f"{k}", f"School {k}", "any", 100, 100, (("poor", 10 * (k + 1)),)) for k in range(len(counselors))
    )
    return District(
        "Town",
        "2026-27",
        schools,
        (StudentGroup("poor", "Poor"),),
        (Position("counselor", "Counselor", 1_000_00, step=10), Position("nurse", "Nurse", 1_000_00)),
        (Fund("general", "General", sum(counselors) * 100_00),),
        tuple(Staffing(f"{k}", "counselor", "general", n * 10) for k, n in enumerate(counselors)),
    )


def test_the_fifths_are_the_first_and_the_last_school_of_five():
    """0.1 posts for 100 pupils at the school of least need and 0.5 at that of most: a gap of 0.4 for need."""
    made = plan(town(1, 2, 3, 4, 5), Scenario())
    [row] = opportunity_rows(made)
    assert ("counselor", "Counselor") == (row.code, row.title)
    assert (0.1, 0.5, 0.4) == pytest.approx((row.least_today, row.most_today, row.gap_today))
    assert row.gap_plan == pytest.approx(row.most_plan - row.least_plan)


def test_an_unknown_count_of_need_gives_no_row():
    district = town(1, 2, 3)
    first = dataclasses.replace(district.schools[0], groups=(("poor", None),))
    made = plan(dataclasses.replace(district, schools=(first, *district.schools[1:])), Scenario())
    assert () == opportunity_rows(made)
