"""What to look at and to act on first: the team's marks beside the data, and no score that hides them."""

from __future__ import annotations

import dataclasses

import pytest

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.priority import GapMark
from equity_alloc.domain.shipped import DATA
from equity_alloc.inequity.audit import audit
from equity_alloc.inequity.priorities import findings, reach_of, with_mark
from equity_alloc.inequity.start_here import DOMAINS, TWELVE, coverage, seen
from equity_alloc.scenario import scenario_from_plain
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.write_csv import csv_files

READING = sample_reading()


@pytest.fixture(scope="module")
def found():
    return audit(READING.district, READING.scenario)


def marks_of(rows, *values: tuple[int, int]) -> list[GapMark]:
    return [GapMark(row.gap.title, row.gap.group, *value) for row, value in zip(rows, values, strict=False)]


def test_impact_follows_pupils_times_size_within_each_area(found):
    rows = findings(found, (), most=99)
    for area in {row.gap.area for row in rows}:
        own = sorted((row for row in rows if row.gap.area is area), key=lambda row: reach_of(row.gap))
        assert [row.impact for row in own] == sorted(row.impact for row in own)
        assert 3 == own[-1].impact
    assert not any(row.is_in_front for row in rows)


def test_a_gap_is_in_front_where_no_other_has_as_much_of_all_three(found):
    rows = findings(found, (), most=3)
    alike = [row for row in rows if row.impact == rows[0].impact][:3]
    marks = marks_of(alike, (1, 1), (2, 1), (1, 3))
    front = {row.letter for row in findings(found, marks, most=3) if row.is_in_front}
    assert {alike[1].letter, alike[2].letter} == front


def test_a_marked_gap_stays_on_the_list_however_small_it_is(found):
    last = findings(found, (), most=99)[-1]
    mark = GapMark(last.gap.title, last.gap.group, 3, 3)
    short = findings(found, (mark,), most=1)
    assert any(row.mark == mark for row in short)


def test_marks_go_through_json_and_files_unchanged_and_replace_each_other():
    scenario = with_mark(READING.scenario, GapMark("Chronically absent", "Homeless", 1, 3, "Buses come too late."))
    scenario = with_mark(scenario, GapMark("Chronically absent", "Homeless", 2, 3, "Buses, again."))
    assert 1 == len(scenario.actions.priorities)
    assert scenario == scenario_from_plain(scenario.plain)
    again = read_csv_folder(csv_files(READING.district, scenario))
    assert () == again.errors
    assert scenario.actions == again.scenario.actions
    assert "priorities" not in str(dataclasses.replace(READING.scenario).plain)


@pytest.mark.parametrize(("given", "said"), [(("x", "y", 4, 0), "from 0 to 3"), ((" ", "y", 1, 1), "student group")])
def test_a_mark_that_cannot_be_is_refused(given, said):
    with pytest.raises(InvalidValue, match=said):
        GapMark(*given)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Absent,Poor,5,1,", "Control is 5"),
        ("Absent,Poor,much,1,", "no whole number"),
        ("Absent,Poor,1,1,\nAbsent,Poor,1,1,", "stands twice"),
    ],
)
def test_a_row_that_cannot_be_is_told_by_its_cell(row, said):
    files = {path.name: path.read_bytes() for path in (DATA / "tiny_district").glob("*.csv")}
    text = f"Compared,Student group,Control,Urgency,Why\n{row}\n"
    reading = read_csv_folder(files | {"priorities.csv": text.encode()})
    assert any(said in error.what and error.where.startswith("priorities.csv!") for error in reading.errors)


def test_twelve_are_looked_at_first_and_what_is_not_counted_is_said():
    assert 12 == len(TWELVE) == len({each.title for each in TWELVE})
    assert {each.domain for each in TWELVE} <= set(DOMAINS) and 10 == len(DOMAINS)
    have = seen(READING.district)
    assert ("Core dollars",) == have["Core dollars per weighted pupil"]
    assert "Identified as gifted" in have["Gifted programs"]
    assert "Chronically absent" in have["Days at school"]
    assert () == have["Beginning teachers"] == have["Reading and mathematics"]
    parts = coverage(READING.district)
    assert () == parts["buildings"] and "Principal" in parts["leaders"]
    bare = dataclasses.replace(READING.district, indicators=(), outcomes=(), staffing=(), spending=())
    assert not any(seen(bare).values())
