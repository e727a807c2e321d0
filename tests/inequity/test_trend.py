"""How gaps change over the years: through the workbook's door, on the same schools, and not of too few pupils."""

from __future__ import annotations

import dataclasses
from math import hypot

import pytest

from equity_alloc.domain.district import District, School, StudentGroup
from equity_alloc.domain.outcome import ALL_PUPILS, Area, Better, Indicator, OutcomeCount
from equity_alloc.domain.shipped import DATA
from equity_alloc.inequity.audit import audit
from equity_alloc.inequity.gap_words import change_words, gap_words, years_words
from equity_alloc.inequity.outcome_gaps import outcome_gaps
from equity_alloc.measures.disproportion.base import Counts
from equity_alloc.measures.disproportion.interval import newcombe
from equity_alloc.reports.gap_rows import gap_rows
from equity_alloc.scenario import Scenario
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.write_csv import csv_files

TINY = {path.name: path.read_bytes() for path in (DATA / "tiny_district").glob("*.csv")}
INDICATORS = "Indicator,Area,Better,Year,Source\nAbsent,outcome,fewer,2025-26,Report card\n"
#: School, group, cases and pupils two years ago: 60 of 200 poor, 60 of 800 others.
THEN = (("1", "poor", 45, 150), ("2", "poor", 15, 50), ("1", ALL_PUPILS, 80, 500), ("2", ALL_PUPILS, 40, 500))


#: And now: 40 of 200 and 60 of 800.
NOW = (("1", "poor", 30, 150), ("2", "poor", 10, 50), ("1", ALL_PUPILS, 70, 500), ("2", ALL_PUPILS, 30, 500))


def over_two_years(then=THEN) -> District:
    return District(
        "Paper",
        "2026-27",
        tuple(School(code, code, "elementary", 500, groups=(("poor", n),)) for code, n in (("1", 150), ("2", 50))),
        groups=(StudentGroup("poor", "Poor"),),
        indicators=(Indicator("Suspended", Area.OUTCOME, Better.FEWER, "2025-26"),),
        outcomes=tuple(OutcomeCount("Suspended", *row) for row in NOW),
        earlier_outcomes=tuple(OutcomeCount("Suspended", *row, "2023-24") for row in then),
    )


def test_a_gap_of_22_and_a_half_points_that_is_12_and_a_half_now_is_ten_narrower():
    """Then 60/200 - 60/800 = .225; now 40/200 - 60/800 = .125."""
    [gap] = outcome_gaps(over_two_years())
    assert [0.225, 0.125] == [pytest.approx(each.difference) for each in gap.trend.years]
    assert -0.100 == pytest.approx(gap.trend.change)
    assert "10.0 points narrower since 2023-24" in change_words(gap)
    assert "2023-24 +22.5, 2025-26 +12.5" in gap_words(gap)


def test_the_interval_of_the_change_joins_the_two_intervals():
    [gap] = outcome_gaps(over_two_years())
    (l0, u0), (l1, u1) = newcombe(Counts(60, 200, 60, 800)), newcombe(Counts(40, 200, 60, 800))
    assert (-0.1 - hypot(0.125 - l1, u0 - 0.225), -0.1 + hypot(u1 - 0.125, 0.225 - l0)) == pytest.approx(
        gap.trend.interval
    )


def test_the_gap_of_this_year_does_not_move_when_earlier_counts_are_added():
    [alone] = outcome_gaps(over_two_years(()))
    [both] = outcome_gaps(over_two_years())
    assert dataclasses.replace(both, trend=None) == alone


def test_years_are_compared_on_the_schools_known_in_both():
    """School 2 is blank then, so only school 1 counts: 45/150 - 35/350 = .2 then, 30/150 - 40/350 now."""
    blank = (*THEN[:1], ("2", "poor", None, 50), *THEN[2:])
    [gap] = outcome_gaps(over_two_years(blank))
    assert [0.2, 0.2 - 40 / 350] == [pytest.approx(each.difference) for each in gap.trend.years]
    assert 0.2 == gap.value and 0.075 == gap.other


def test_a_year_of_nine_cases_is_too_few_and_said_so():
    few = (("1", "poor", 8, 150), ("2", "poor", 1, 50), *THEN[2:])
    [gap] = outcome_gaps(over_two_years(few))
    assert (None, None) == (gap.trend.change, gap.trend.interval)
    assert "not told: too few pupils" in gap_words(gap) and "2023-24" not in gap_words(gap)


def test_without_earlier_counts_the_audit_says_that_it_has_one_year():
    found = outcome_gaps(over_two_years(()))
    assert found[0].trend is None
    assert "Counts are of one year" in years_words(found)


def test_the_table_has_the_change_with_its_interval():
    headings, rows = gap_rows(audit(over_two_years(), Scenario("Paper")))
    row = next(dict(zip(headings, each, strict=True)) for each in rows if each[1] == "Suspended")
    assert ("2023-24", "-0.1") == (row["Compared since"], row["Change of the gap"])
    assert float(row["Change low"]) < -0.1 < float(row["Change high"])


def schools():
    return [row.split(",")[0] for row in TINY["schools.csv"].decode("utf-8-sig").splitlines()[1:]]


def read(rows: str):
    text = "Indicator,School,Student group,Cases,Pupils,Year\n" + rows
    return read_csv_folder(TINY | {"indicators.csv": INDICATORS.encode(), "outcomes.csv": text.encode()})


def test_rows_of_an_earlier_year_come_in_and_go_out_again():
    school = schools()[0]
    made = read(f"Absent,{school},all pupils,1,9,2025-26\nAbsent,{school},all pupils,2,9,2023-24\n").district
    assert [("", 1)] == [(count.year, count.cases) for count in made.outcomes]
    assert [("2023-24", 2)] == [(count.year, count.cases) for count in made.earlier_outcomes]
    again = read_csv_folder(csv_files(made)).district
    assert (made.outcomes, made.earlier_outcomes) == (again.outcomes, again.earlier_outcomes)


@pytest.mark.parametrize("year", ["2026-27", "last year"])
def test_a_year_that_is_not_before_the_indicators_is_refused_by_its_cell(year):
    [error] = read(f"Absent,{schools()[0]},all pupils,1,9,{year}\n").errors
    assert ("outcome-year", "outcomes.csv!F2", year) == (error.code, error.where, error.value)


def test_a_group_larger_than_its_school_is_refused_in_its_own_year_only():
    school = schools()[0]
    group = TINY["schools.csv"].decode("utf-8-sig").splitlines()[0].split("Pupils: ")[1].split(",")[0]
    fine = f"Absent,{school},all pupils,4,90,\nAbsent,{school},all pupils,20,90,2023-24\n"
    assert () == tuple(read(fine + f"Absent,{school},{group},8,20,2023-24\n").errors)
    [error] = read(fine + f"Absent,{school},{group},8,20,\n").errors
    assert "group-more-than-school" == error.code
